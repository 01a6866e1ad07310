"""Addresses of signing in."""

from django.urls import path

from backend.accounts import web

app_name = "accounts"
urlpatterns = [
    path("sign-in/", web.sign_in, name="sign_in"),
    path("sign-out/", web.sign_out, name="sign_out"),
    path("card/", web.card, name="card"),
    path("password/", web.password, name="password"),
]
