"""Addresses of selections."""

from django.urls import path

from backend.selection.web import applying, calls, experts, judging, notices

app_name = "selection"
urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", calls.new_call, name="new_call"),
    path("calls/<uuid:uid>/", calls.call, name="call"),
    path("calls/<uuid:uid>/edit/", calls.edit_call, name="edit_call"),
    path("calls/<uuid:uid>/offers/", calls.offers, name="offers"),
    path("calls/<uuid:uid>/step/<str:verb>/", calls.step, name="step"),
    path("calls/<uuid:uid>/apply/", applying.apply, name="apply"),
    path("calls/<uuid:uid>/applications/", judging.applications, name="applications"),
    path("calls/<uuid:uid>/recommend/", judging.recommend, name="recommend"),
    path("calls/<uuid:uid>/experts/", experts.experts, name="experts"),
    path("calls/<uuid:uid>/scores/", judging.scores, name="scores"),
    path("calls/<uuid:uid>/object/", notices.object_to, name="object"),
    path("calls/<uuid:uid>/objections/", notices.objections, name="objections"),
    path("applications/<uuid:uid>/", applying.application, name="application"),
    path("applications/<uuid:uid>/step/<str:verb>/", applying.step, name="application_step"),
    path("applications/<uuid:uid>/return/", judging.return_application, name="return"),
    path("reviews/", experts.reviews, name="reviews"),
    path("experts/<uuid:uid>/", experts.expert, name="expert"),
    path("experts/<uuid:uid>/recuse/", experts.recuse, name="recuse"),
    path("experts/<uuid:uid>/score/<uuid:choice_uid>/", experts.score, name="score"),
    path("objections/<uuid:uid>/", notices.objection, name="objection"),
    path("objections/<uuid:uid>/answer/", notices.answer, name="answer"),
    path("decisions/<uuid:uid>.pdf", notices.decision, name="decision"),
]
