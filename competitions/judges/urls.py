"""Addresses of judges."""

from django.urls import path

from competitions.judges import web

app_name = "judges"
urlpatterns = [
    path("events/<str:event_code>/judges/", web.judges, name="judges"),
    path("events/<str:event_code>/judges/cards/", web.cards, name="cards"),
]
