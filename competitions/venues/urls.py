"""Addresses of venues."""

from django.urls import path

from competitions.venues import web

app_name = "venues"
urlpatterns = [path("events/<str:event_code>/venues/", web.venues, name="venues")]
