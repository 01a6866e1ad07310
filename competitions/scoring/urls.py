"""Addresses of scoring."""

from django.urls import path

from competitions.scoring import api
from competitions.scoring.web import seats
from competitions.scoring.web.judge import judge
from competitions.scoring.web.prepare import inbox, scheme

app_name = "scoring"
urlpatterns = [
    path("judge/", judge, name="judge"),
    path("events/<str:event_code>/scheme/", scheme, name="scheme"),
    path("events/<str:event_code>/scoring/", inbox, name="inbox"),
    path("events/<str:event_code>/scoring/open/", seats.waiting, name="waiting"),
    path("events/<str:event_code>/scoring/sheets/<uuid:uid>/", seats.sheet, name="watched_sheet"),
    path("events/<str:event_code>/scoring/seats/<uuid:uid>/", seats.seat, name="seat"),
]
api_patterns = [
    path("judge/desk", api.DeskView.as_view(), name="desk"),
    path("judge/sheets/<uuid:uid>", api.SheetView.as_view(), name="sheet"),
    path("judge/marks", api.MarksView.as_view(), name="marks"),
    path("judge/sheets/<uuid:uid>/submit", api.SubmitView.as_view(), name="submit"),
]
