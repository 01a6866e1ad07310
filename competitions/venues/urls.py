"""Addresses of venues and check-in."""

from django.urls import path

from competitions.venues import api
from competitions.venues.web import arrivals, bookings, checkin, places, programme, schedule

app_name = "venues"
urlpatterns = [
    path("events/<str:event_code>/venues/", places.venues, name="venues"),
    path("events/<str:event_code>/equipment/", bookings.equipment, name="equipment"),
    path("events/<str:event_code>/bookings/", bookings.bookings, name="bookings"),
    path("events/<str:event_code>/sessions/", places.sessions, name="sessions"),
    path("events/<str:event_code>/sessions/<uuid:uid>/", places.session, name="session"),
    path("events/<str:event_code>/sessions/<uuid:uid>/remove/", places.remove_session, name="remove_session"),
    path("events/<str:event_code>/schedule/", schedule.schedule, name="schedule"),
    path("events/<str:event_code>/schedule/<uuid:item_uid>/", schedule.item, name="item"),
    path("events/<str:event_code>/programme/", programme.programme, name="programme"),
    path("events/<str:event_code>/programme.ics", programme.programme_ics, name="programme_ics"),
    path("events/<str:event_code>/programme.pdf", programme.programme_pdf, name="programme_pdf"),
    path("calendar/", programme.calendar, name="calendar"),
    path("calendar/link/", programme.calendar_link, name="calendar_link"),
    path("calendar/<str:calendar_word>.ics", programme.calendar_by_link, name="calendar_by_link"),
    path("calendar.ics", programme.calendar_ics, name="calendar_ics"),
    path("events/<str:event_code>/check-in/", checkin.check_in, name="check_in"),
    path("events/<str:event_code>/check-in/desks/", arrivals.desks, name="desks"),
    path("events/<str:event_code>/check-in/desks/card/", arrivals.desk_card, name="desk_card"),
    path("events/<str:event_code>/arrivals/", arrivals.arrivals, name="arrivals"),
    path("events/<str:event_code>/arrivals/screen/", arrivals.arrivals_screen, name="arrivals_screen"),
    path("events/<str:event_code>/arrivals/rule/", arrivals.rule, name="rule"),
]
api_patterns = [
    path("events/<str:event_code>/checkin/list", api.DoorsView.as_view(), name="checkin_list"),
    path("events/<str:event_code>/checkin/scans", api.ScansView.as_view(), name="checkin_scans"),
]
