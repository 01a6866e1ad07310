"""Addresses of events."""

from django.urls import path, re_path

from competitions.contests import api
from competitions.contests.web import editions, events, hosting, officers, rules

app_name = "contests"
urlpatterns = [
    path("events/", events.events, name="events"),
    path("events/new/", events.new_event, name="new_event"),
    path("events/editions/new/", editions.new_edition, name="new_edition"),
    path("contests/", editions.contests, name="contests"),
    path("editions/<uuid:uid>/", editions.edition, name="edition"),
    path("editions/<uuid:uid>/copy/", editions.copy, name="copy_edition"),
    path("editions/<uuid:uid>/postpone/", editions.postpone_edition, name="postpone_edition"),
    path("editions/<uuid:uid>/tracks/", editions.tracks, name="tracks"),
    path("editions/<uuid:uid>/rules/", rules.edition_rules, name="edition_rules"),
    path("editions/<uuid:uid>/rules/sign-off/", rules.sign_off_edition, name="sign_off_edition"),
    path("events/<str:event_code>/postpone/", events.postpone, name="postpone"),
    path("events/<str:event_code>/", events.event, name="event"),
    path("events/<str:event_code>/edit/", events.edit_event, name="edit_event"),
    path("events/<str:event_code>/hosts/", hosting.hosts, name="hosts"),
    path("events/<str:event_code>/organisers/", officers.organisers, name="organisers"),
    path("events/<str:event_code>/organisers/<uuid:organiser_uid>/end/", officers.end, name="end_organising"),
    path("events/<str:event_code>/rules/", rules.rules, name="rules"),
    re_path(r"^events/(?P<event_code>[^/]+)/registration/(?P<verb>sign-off|open|close)/$", events.step, name="step"),
]
api_patterns = [
    path("events", api.EventList.as_view(), name="events"),
    path("events/<str:event_code>", api.EventDetail.as_view(), name="event"),
]
