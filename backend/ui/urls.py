"""Addresses of the first page and the language switch."""

from django.urls import path

from backend.ui import web

app_name = "ui"
urlpatterns = [
    path("", web.home, name="home"),
    path("language/", web.language, name="language"),
]
