"""Address of the draw."""

from django.urls import path

from competitions.draw import web

app_name = "draw"
urlpatterns = [
    path("events/<str:event_code>/draw/", web.draw, name="draw"),
    path("events/<str:event_code>/draw/<int:number>/slips/", web.slips, name="slips"),
]
