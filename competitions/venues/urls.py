"""Addresses of venues."""

from django.urls import path

from competitions.venues import web

app_name = "venues"
urlpatterns = [
    path("events/<str:event_code>/venues/", web.venues, name="venues"),
    path("events/<str:event_code>/sessions/", web.sessions, name="sessions"),
    path("events/<str:event_code>/sessions/<uuid:uid>/", web.session, name="session"),
    path("events/<str:event_code>/sessions/<uuid:uid>/remove/", web.remove_session, name="remove_session"),
]
