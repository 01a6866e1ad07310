"""Addresses of people, groups and organisations."""

from django.urls import path

from backend.people.web import places, roles

app_name = "people"
urlpatterns = [
    path("role/", roles.role, name="role"),
    path("people/", roles.holders, name="holders"),
    path("people/new/", roles.appoint, name="appoint"),
    path("people/<uuid:uid>/end/", roles.end, name="end"),
    path("people/<uuid:uid>/card/", roles.password_card, name="password_card"),
    path("groups/", places.groups, name="groups"),
    path("groups/<str:code>/", places.group, name="group"),
    path("organisations/", places.organisations, name="organisations"),
    path("organisations/<uuid:uid>/", places.organisation, name="organisation"),
    path("organisations/<uuid:uid>/names/", places.former_name, name="former_name"),
    path("organisations/<uuid:uid>/oversight/", places.oversight, name="oversight"),
]
