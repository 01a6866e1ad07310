"""Addresses of documents."""

from django.urls import path

from backend.documents import web

app_name = "documents"
urlpatterns = [
    path("documents/", web.mine, name="mine"),
    path("documents/of/<str:holder_kind>/<uuid:holder_uid>/<str:kind>/", web.slot, name="slot"),
    path("documents/of/<str:holder_kind>/<uuid:holder_uid>/<str:kind>/reuse/", web.reuse, name="reuse"),
    path("documents/accept/", web.accept_many, name="accept_many"),
    path("documents/<uuid:uid>/", web.download, name="download"),
    path("documents/<uuid:uid>/preview/", web.preview, name="preview"),
    path("documents/<uuid:uid>/replace/", web.replace, name="replace"),
    path("documents/<uuid:uid>/remove/", web.remove, name="remove"),
    path("documents/<uuid:uid>/verdict/", web.verdict, name="verdict"),
]
