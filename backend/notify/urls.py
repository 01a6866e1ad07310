"""Addresses of the inbox."""

from django.urls import path

from backend.notify import web

app_name = "notify"
urlpatterns = [
    path("inbox/", web.inbox, name="inbox"),
    path("inbox/read/", web.read_all, name="read_all"),
    path("inbox/<uuid:uid>/", web.read, name="read"),
]
