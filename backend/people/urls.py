"""Addresses of people."""

from django.urls import path

from backend.people import web

app_name = "people"
urlpatterns = [path("role/", web.role, name="role")]
