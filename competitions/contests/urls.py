"""Addresses of events."""

from django.urls import path, re_path

from competitions.contests import api, web

app_name = "contests"
urlpatterns = [
    path("events/", web.events, name="events"),
    path("events/new/", web.new_event, name="new_event"),
    path("events/editions/new/", web.new_edition, name="new_edition"),
    path("events/<str:event_code>/", web.event, name="event"),
    path("events/<str:event_code>/edit/", web.edit_event, name="edit_event"),
    path("events/<str:event_code>/rules/", web.rules, name="rules"),
    re_path(r"^events/(?P<event_code>[^/]+)/registration/(?P<verb>sign-off|open|close)/$", web.step, name="step"),
]
api_patterns = [
    path("events", api.EventList.as_view(), name="events"),
    path("events/<str:event_code>", api.EventDetail.as_view(), name="event"),
]
