"""Addresses of certificates; /verify/<token> never changes."""

from django.urls import path, re_path

from certificates.credentials import api, web

app_name = "credentials"
urlpatterns = [
    path("verify/", web.about, name="about"),
    re_path(r"^verify/(?P<token>[A-Za-z0-9_-]{1,64})$", web.verify, name="verify"),
    path("certificates/", web.certificates, name="certificates"),
    path("certificates/end/", web.end_many, name="end_many"),
    path("certificates/<uuid:uid>.pdf", web.download, name="download"),
    path("certificates/<uuid:uid>/revoke/", web.end, {"verb": "revoke"}, name="revoke"),
    path("certificates/<uuid:uid>/reissue/", web.end, {"verb": "reissue"}, name="reissue"),
]
api_patterns = [path("verify/<str:token>", api.VerifyView.as_view(), name="verify")]
