"""Addresses of the inbox, of notices and templates."""

from django.urls import path

from backend.notify.web import inbox, notices, preferences, templates

app_name = "notify"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_all, name="read_all"),
    path("inbox/preferences/", preferences.preferences, name="preferences"),
    path("inbox/address/", preferences.address, name="address"),
    path("inbox/confirm/<str:token>/", preferences.confirm, name="confirm"),
    path("inbox/leave/<str:token>/", preferences.leave, name="leave"),
    path("inbox/<uuid:uid>/", inbox.read, name="read"),
    path("notices/", notices.notices, name="notices"),
    path("notices/templates/", templates.templates, name="templates"),
    path("notices/templates/new/", templates.new, name="new_template"),
    path("notices/templates/<uuid:uid>/", templates.edit, name="template"),
    path("notices/templates/<uuid:uid>/end/", templates.end, name="end_template"),
    path("notices/to/<str:audience>/", notices.new, name="new_notice"),
    path("notices/<uuid:uid>/", notices.notice, name="notice"),
    path("notices/<uuid:uid>/edit/", notices.edit, name="edit_notice"),
    *(
        path(f"notices/<uuid:uid>/{verb}/", notices.step, {"verb": verb}, name=f"{verb}_notice")
        for verb in ("send", "delete", "retry")
    ),
]
