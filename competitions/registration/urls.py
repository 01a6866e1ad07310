"""Addresses of registration."""

from django.urls import path

from competitions.registration.web import entries, form, imports

app_name = "registration"
urlpatterns = [
    path("entries/", entries.own, name="own"),
    path("events/<str:event_code>/entries/", entries.entries, name="entries"),
    path("events/<str:event_code>/entries/new/", form.new_entry, name="new_entry"),
    path("events/<str:event_code>/entries/submit/", entries.submit_all, name="submit_all"),
    path("entries/<uuid:uid>/", entries.entry, name="entry"),
    path("entries/<uuid:uid>/edit/", form.edit_entry, name="edit_entry"),
    *(
        path(f"entries/<uuid:uid>/{verb}/", entries.step, {"verb": verb}, name=f"{verb}_entry")
        for verb in ("submit", "reopen", "withdraw", "delete")
    ),
    path("events/<str:event_code>/import/", imports.upload, name="import"),
    path("events/<str:event_code>/import/template/", imports.template, name="template"),
    path("imports/<uuid:uid>/", imports.page, name="import_page"),
    path("imports/<uuid:uid>/school/", imports.take_name, name="take_name"),
    path("imports/<uuid:uid>/marked/", imports.marked, name="marked"),
    *(
        path(f"imports/<uuid:uid>/{verb}/", imports.step, {"verb": verb}, name=f"{verb}_import")
        for verb in ("confirm", "discard", "recheck")
    ),
]
