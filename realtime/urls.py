"""Addresses of the noticeboard: the service worker, and topics below /api/v1/."""

from django.urls import URLPattern, path

from realtime import api, web

app_name = "realtime"
urlpatterns: list[URLPattern] = [path("worker.js", web.worker, name="worker")]
api_patterns = [path("notices/<str:topic>", api.notice, name="notice")]
