"""Addresses of results."""

from django.urls import path

from competitions.results import api, web

app_name = "results"
urlpatterns = [
    path("events/<str:event_code>/sign-off/", web.sign_off, name="sign_off"),
    path("events/<str:event_code>/promotion/", web.promotion, name="promotion"),
    path("events/<str:event_code>/results/", web.results, name="results"),
]
api_patterns = [path("events/<str:event_code>/results", api.ResultsView.as_view(), name="results")]
