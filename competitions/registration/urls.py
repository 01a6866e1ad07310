"""Addresses of registration."""

from django.urls import path

from competitions.registration.web import (
    approved,
    conditions,
    entries,
    form,
    imports,
    inviting,
    many_papers,
    own_accounts,
    papers,
    quotas,
    requests,
    reviewing,
    teams,
    workspace,
)

app_name = "registration"
urlpatterns = [
    path("school/", workspace.workspace, name="workspace"),
    path("my-data/<str:token>/", inviting.own_data, name="own_data"),
    path("my-data/<str:token>/account/", own_accounts.own_account, name="own_account"),
    path("entries/<uuid:uid>/links/", inviting.invite, name="invite"),
    path("entries/<uuid:uid>/links/end/", inviting.end_links, name="end_links"),
    path("entries/", entries.own, name="own"),
    path("events/<str:event_code>/entries/", entries.entries, name="entries"),
    path("events/<str:event_code>/entries/new/", form.new_entry, name="new_entry"),
    path("events/<str:event_code>/entries/teams/", teams.edit_teams, name="edit_teams"),
    path("events/<str:event_code>/entries/submit/", entries.submit_all, name="submit_all"),
    path("entries/<uuid:uid>/", entries.entry, name="entry"),
    path("entries/<uuid:uid>/eligibility/", conditions.eligibility, name="eligibility"),
    path("events/<str:event_code>/holding/", conditions.holding, name="holding"),
    path("events/<str:event_code>/quotas/", quotas.event_quotas, name="event_quotas"),
    path("editions/<uuid:uid>/quotas/", quotas.edition_quotas, name="edition_quotas"),
    path("quotas/<uuid:uid>/end/", quotas.end_adjustment, name="end_adjustment"),
    path("entries/<uuid:uid>/edit/", form.edit_entry, name="edit_entry"),
    *(
        path(f"entries/<uuid:uid>/{verb}/", entries.step, {"verb": verb}, name=f"{verb}_entry")
        for verb in ("submit", "reopen", "withdraw", "delete")
    ),
    path("entry-reviews/", reviewing.reviews, name="reviews"),
    path("entry-reviews/approve/", reviewing.approve_many, name="approve_many"),
    path("entry-reviews/return/", reviewing.return_many, name="return_many"),
    path("entries/<uuid:uid>/review/", reviewing.review, name="review"),
    path("entries/<uuid:uid>/papers/", papers.papers, name="papers"),
    path("events/<str:event_code>/papers/", many_papers.papers_of_many, name="papers_of_many"),
    path("entries/<uuid:uid>/roster/", approved.confirm, name="confirm_roster"),
    path("entries/<uuid:uid>/replace/", requests.replace, name="replace_member"),
    path("replacements/<uuid:uid>/<str:verb>/", requests.decide_replacement, name="decide_replacement"),
    path("entries/<uuid:uid>/ask-withdrawal/", requests.ask_withdrawal, name="ask_withdrawal"),
    path("withdrawals/<uuid:uid>/<str:verb>/", requests.decide_withdrawal, name="decide_withdrawal"),
    path("entry-requests/", requests.waiting, name="requests"),
    path("events/<str:event_code>/review-plan/", reviewing.plan, name="review_plan"),
    path("events/<str:event_code>/replacements/", requests.of_event, name="replacements"),
    path("events/<str:event_code>/cards/", approved.cards, name="cards"),
    path("events/<str:event_code>/cards/print/", approved.cards_pdf, name="cards_pdf"),
    path("events/<str:event_code>/rosters/confirm/", approved.confirm_signed, name="confirm_signed"),
    path("events/<str:event_code>/roster/print/", approved.roster_pdf, name="roster_pdf"),
    path("cards/<uuid:uid>/replace/", approved.replace_card, name="replace_card"),
    path("events/<str:event_code>/objections/", approved.objections, name="objections"),
    path("entry-objections/<uuid:uid>/answer/", approved.answer, name="answer_objection"),
    path("events/<str:event_code>/import/", imports.upload, name="import"),
    path("events/<str:event_code>/import/template/", imports.template, name="template"),
    path("events/<str:event_code>/import/filled/", imports.filled, name="filled"),
    path("imports/<uuid:uid>/", imports.page, name="import_page"),
    path("imports/<uuid:uid>/school/", imports.take_name, name="take_name"),
    path("imports/<uuid:uid>/marked/", imports.marked, name="marked"),
    *(
        path(f"imports/<uuid:uid>/{verb}/", imports.step, {"verb": verb}, name=f"{verb}_import")
        for verb in ("confirm", "discard", "recheck")
    ),
]
