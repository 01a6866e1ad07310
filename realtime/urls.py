"""Addresses of the noticeboard below /api/v1/."""

from django.urls import URLPattern, path

from realtime import api

app_name = "realtime"
urlpatterns: list[URLPattern] = []
api_patterns = [path("notices/<str:topic>", api.notice, name="notice")]
