"""Addresses of people, groups and organisations."""

from django.urls import path

from backend.people.web import catalogues, governance, memberships, merges, places, registers, roles, statistics

app_name = "people"
urlpatterns = [
    path("role/", roles.role, name="role"),
    path("people/", roles.holders, name="holders"),
    path("people/new/", roles.appoint, name="appoint"),
    path("people/<uuid:uid>/end/", roles.end, name="end"),
    path("people/<uuid:uid>/card/", roles.password_card, name="password_card"),
    path("people/<uuid:uid>/second-factor/", roles.second_factor, name="second_factor"),
    path("groups/", places.groups, name="groups"),
    path("groups/<str:code>/", places.group, name="group"),
    path("groups/<str:code>/keep/", governance.keep, name="keep_group"),
    path("groups/<str:code>/members/", governance.members, name="members"),
    path("groups/<str:code>/members/import/", registers.import_members, name="import_members"),
    path("groups/<str:code>/members/template/", registers.template, name="members_template"),
    path("groups/<str:code>/offices/", governance.new_office, name="new_office"),
    path("groups/<str:code>/committees/", governance.new_committee, name="new_committee"),
    path("groups/<str:code>/applications/<str:purpose>/", memberships.apply, name="apply"),
    path("offices/<uuid:uid>/end/", governance.end_office, name="end_office"),
    path("committees/<uuid:uid>/", governance.committee, name="committee"),
    path("committees/<uuid:uid>/end/", governance.end_committee, name="end_committee"),
    path("members/<uuid:uid>/", registers.member, name="member"),
    path("members/<uuid:uid>/end/", governance.end_membership, name="end_membership"),
    path("memberships/", memberships.applications, name="applications"),
    path("memberships/<uuid:uid>/", memberships.application, name="application"),
    path("memberships/<uuid:uid>/edit/", memberships.edit_application, name="edit_application"),
    path("memberships/<uuid:uid>/decision/", memberships.decide_application, name="decide_application"),
    path("memberships/<uuid:uid>/step/<str:verb>/", memberships.move_application, name="move_application"),
    path("groups/<str:code>/statistics/", statistics.statistics, name="statistics"),
    path("statistics/<int:year>/<str:sheet>/", statistics.statistic_columns, name="statistic_columns"),
    path("sheets/<str:kept>/", registers.marked, name="marked"),
    path("organisations/<uuid:uid>/rename/", places.rename, name="rename"),
    path("persons/merges/", merges.merges, name="merges"),
    path("persons/merges/<uuid:uid>/", merges.merge, name="merge"),
    path("persons/merges/<uuid:uid>/<str:verb>/", merges.decide_merge, name="decide_merge"),
    path("catalogues/", catalogues.catalogues, name="catalogues"),
    path("catalogues/new/", catalogues.new_catalogue, name="new_catalogue"),
    path("catalogues/<uuid:uid>/", catalogues.catalogue, name="catalogue"),
    path("organisations/", places.organisations, name="organisations"),
    path("organisations/<uuid:uid>/", places.organisation, name="organisation"),
    path("organisations/<uuid:uid>/names/", places.former_name, name="former_name"),
    path("organisations/<uuid:uid>/oversight/", places.oversight, name="oversight"),
]
