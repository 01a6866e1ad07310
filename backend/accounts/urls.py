"""Addresses of signing in and of one's own account."""

from django.urls import path

from backend.accounts.web import entering, keeping

app_name = "accounts"
urlpatterns = [
    path("sign-in/", entering.sign_in, name="sign_in"),
    path("sign-in/code/", entering.code, name="code"),
    path("sign-out/", entering.sign_out, name="sign_out"),
    path("card/", entering.card, name="card"),
    path("account/", keeping.account, name="account"),
    path("account/sessions/<uuid:uid>/end/", keeping.end_session, name="end_session"),
    path("password/", keeping.password, name="password"),
    path("second-factor/", keeping.second_factor, name="second_factor"),
]
