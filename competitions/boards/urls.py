"""Addresses of the boards."""

from django.urls import path

from competitions.boards import api, web

app_name = "boards"
urlpatterns = [
    path("events/<str:event_code>/board/", web.board, name="board"),
    path("events/<str:event_code>/board/screen/", web.screen, name="screen"),
    path("events/<str:event_code>/board/freeze/", web.freeze, name="freeze"),
    path("events/<str:event_code>/jury-board/", web.jury_board, name="jury_board"),
    path("events/<str:event_code>/workbench/", web.workbench, name="workbench"),
]
api_patterns = [path("events/<str:event_code>/board", api.EventBoard.as_view(), name="event_board")]
