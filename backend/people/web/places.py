"""The 20 groups and the organisations."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core import clock
from backend.core.errors import Invalid, NotFound
from backend.core.permissions import require
from backend.people import services
from backend.people.enums import OrganisationKind
from backend.people.errors import NameTaken
from backend.people.forms import FormerNameForm, OrganisationForm, OversightForm, RenameForm
from backend.people.forms.words import BODIES, KINDS, LEGAL_FORMS
from backend.people.models import Group, Office, Organisation
from backend.people.permissions import (
    may_keep_group,
    may_record_organisations,
    may_rename,
    may_see_officers,
    may_set_oversight,
)
from backend.people.selectors import members_of, officers_of, organisation_of, organisations_found
from backend.ui.acting import acting, signed_in
from backend.ui.downloads import workbook_download
from backend.ui.registry import panels_of, workbook

PER_PAGE = 50
SHOWN = 12  # members on the group's own page; all of them are one click away


@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """The 20 groups, public."""
    found = Group.objects.visible_to(acting(request)).select_related("lead_school")
    live = Count("memberships", filter=Q(memberships__ended_on=None))
    counted = found.annotate(members=live)
    if request.GET.get("format") == "xlsx":
        columns = [(_("No."), 8), (_("Group"), 40), (_("Lead school"), 32), (_("Member organisations"), 20)]
        rows = [(each.code, each.name, each.lead_school.name, each.members) for each in counted]
        return workbook_download(workbook(_("Groups"), columns, rows), "groups.xlsx")
    return render(request, "people/groups.html", {"groups": counted})


@require_GET
def group(request: HttpRequest, code: str) -> HttpResponse:
    """One group: what is public for everybody, people's names for its officers and member units."""
    actor = acting(request)
    found = Group.objects.visible_to(actor).select_related("lead_school").filter(code=code).first()
    if found is None:
        raise NotFound
    own = organisation_of(actor)
    offices = Office.objects.visible_to(actor).filter(group=found, committee=None).on(clock.today())
    page = {
        "group": found,
        "legal_form": LEGAL_FORMS[found.legal_form],
        "members": members_of(found)[:SHOWN],
        "member_count": members_of(found).count(),
        "committees": found.committees.filter(ended_on=None),
        "offices": offices.select_related("organisation"),
        "bodies": BODIES,
        "keeps": may_keep_group(actor, found),
        "may_join": own is not None and not own.memberships.filter(group=found, ended_on=None).exists(),
        "officers": officers_of(found) if may_see_officers(actor, found) else None,
        "panels": panels_of("group", actor, found),
    }
    return render(request, "people/group.html", page)


@require_http_methods(["GET", "POST"])
def organisations(request: HttpRequest) -> HttpResponse:
    """Organisations by name; also as a workbook. Officers record one that is missing."""
    actor = signed_in(request)
    may_record = may_record_organisations(actor)
    form = OrganisationForm(request.POST or None)
    if request.method == "POST":
        require(may_record)
        if form.is_valid():
            made = services.record_organisation(actor=actor, **form.cleaned_data)
            return redirect("people:organisation", uid=made.uid)
    words = request.GET.get("q", "")
    found = organisations_found(actor, words)
    if request.GET.get("format") == "xlsx":
        return _as_workbook(list(found.prefetch_related("names")))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "words": words, "form": form if may_record else None}
    return render(request, "people/organisations.html", shown, status=422 if form.errors else 200)


def _as_workbook(found: list[Organisation]) -> HttpResponse:
    columns = [
        (_("Full name of the organisation"), 36),
        (_("Kind"), 12),
        (_("Unified social credit code"), 22),
        (_("Former names"), 40),
    ]
    rows = [
        (each.name, str(KINDS[each.kind]), each.uscc, "；".join(former.name for former in each.names.all()))
        for each in found
    ]
    return workbook_download(workbook(_("Organisations"), columns, rows), "organisations.xlsx")


def _organisation(request: HttpRequest, uid: UUID) -> Organisation:
    found: Organisation | None = Organisation.objects.visible_to(signed_in(request)).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


@require_GET
def organisation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One organisation, its names and groups."""
    found = _organisation(request, uid)
    page = {
        "organisation": found,
        "names": found.names.order_by("name"),
        "memberships": found.memberships.filter(ended_on=None).select_related("group"),
        "form": FormerNameForm() if may_record_organisations(signed_in(request)) else None,
        "renaming": RenameForm(initial={"on": clock.today()}) if may_rename(signed_in(request)) else None,
        "oversight": _oversight_form(found) if may_set_oversight(signed_in(request)) else None,
    }
    return render(request, "people/organisation.html", page)


def _oversight_form(found: Organisation) -> OversightForm | None:
    if found.kind != OrganisationKind.SCHOOL:
        return None
    return OversightForm(initial={"name": found.overseen_by.name if found.overseen_by else ""})


@require_POST
def former_name(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let an organisation be found under another name too."""
    found, form = _organisation(request, uid), FormerNameForm(request.POST)
    if form.is_valid():
        try:
            services.record_former_name(actor=signed_in(request), organisation=found, **form.cleaned_data)
        except NameTaken as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("Sheets with this name are now matched."))
    return redirect("people:organisation", uid=found.uid)


@require_POST
def rename(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Record a new name from a day."""
    found, form = _organisation(request, uid), RenameForm(request.POST)
    require(may_rename(signed_in(request)))
    if not form.is_valid():
        raise Invalid({name: "".join(map(str, texts)) for name, texts in form.errors.items()})
    services.rename_organisation(actor=signed_in(request), organisation=found, **form.cleaned_data)
    messages.success(request, _("The new name is recorded; sheets with the former one still find the organisation."))
    return redirect("people:organisation", uid=found.uid)


@require_POST
def oversight(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say through which bureau a school reports."""
    found, form = _organisation(request, uid), OversightForm(request.POST)
    require(may_set_oversight(signed_in(request)))
    if not form.is_valid():
        raise Invalid({"name": "".join(map(str, form.errors["name"]))})
    services.set_oversight(actor=signed_in(request), organisation=found, bureau=form.cleaned_data["bureau"])
    messages.success(request, _("The way through which this school reports is recorded."))
    return redirect("people:organisation", uid=found.uid)
