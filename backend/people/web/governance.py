"""A group's own affairs: charter, bodies, committees and the register of members, kept by its secretariat."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.core import clock
from backend.core.errors import NotFound
from backend.core.permissions import require
from backend.people import services
from backend.people.forms import CommitteeForm, DayForm, EndForm, GroupForm, MemberForm, OfficeForm
from backend.people.forms.words import MEMBER_KINDS
from backend.people.models import Committee, Group, Membership, Office
from backend.people.permissions import may_keep_group
from backend.people.selectors import former_members_of, members_of
from backend.ui.acting import acting, signed_in
from backend.ui.downloads import workbook_download
from backend.ui.registry import workbook

PER_PAGE = 50


def group_of(request: HttpRequest, code: str) -> Group:
    """The group of an address."""
    found: Group | None = Group.objects.visible_to(acting(request)).filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def kept_group(request: HttpRequest, code: str) -> Group:
    """A group that the actor keeps; of another group's pages there is nothing to see."""
    found = group_of(request, code)
    if not may_keep_group(signed_in(request), found):
        raise NotFound
    return found


@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """Founding, legal form and charter."""
    found = kept_group(request, code)
    form = GroupForm(request.POST or None, initial={name: getattr(found, name) for name in GroupForm.base_fields})
    if request.method == "POST" and form.is_valid():
        services.keep_group(actor=signed_in(request), group=found, **form.cleaned_data)
        return redirect("people:group", code)
    page = {"form": form, "group": found, "heading": _("Charter and legal form"), "verb": _("Save")}
    return render(request, "people/group_form.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def new_office(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody takes an office in the council or the secretariat."""
    found, form = kept_group(request, code), OfficeForm(request.POST or None, initial={"begins_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        services.fill_office(actor=signed_in(request), group=found, **form.cleaned_data)
        return redirect("people:group", code)
    page = {"form": form, "group": found, "heading": _("Fill an office"), "verb": _("Record it")}
    return render(request, "people/group_form.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def end_office(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The last day of an office."""
    actor = signed_in(request)
    found = Office.objects.visible_to(actor).select_related("group", "committee").filter(uid=uid).first()
    if found is None or not may_keep_group(actor, found.group):
        raise NotFound
    form = DayForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        services.end_office(actor=actor, office=found, **form.cleaned_data)
        if found.committee is not None:
            return redirect("people:committee", found.committee.uid)
        return redirect("people:group", found.group.code)
    heading = _("End the office: %(title)s") % {"title": found.title}
    page = {"form": form, "group": found.group, "heading": heading, "verb": _("End it")}
    return render(request, "people/group_form.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def new_committee(request: HttpRequest, code: str) -> HttpResponse:
    """A specialty committee for one class of majors."""
    found = kept_group(request, code)
    form = CommitteeForm(request.POST or None, category=found.major_category)
    if request.method == "POST" and form.is_valid():
        made = services.found_committee(actor=signed_in(request), group=found, **form.cleaned_data)
        return redirect("people:committee", made.uid)
    page = {"form": form, "group": found, "heading": _("Found a specialty committee"), "verb": _("Record it")}
    return render(request, "people/group_form.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def committee(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One committee; its people for those who may know them, and the form for the secretariat."""
    actor = acting(request)
    found = _committee(request, uid)
    keeps = may_keep_group(actor, found.group) and found.ended_on is None
    form = OfficeForm(request.POST or None, in_committee=True, initial={"begins_on": clock.today()})
    if request.method == "POST":
        require(keeps)
        if form.is_valid():
            told = {**form.cleaned_data, "body": "committee", "committee": found}
            services.fill_office(actor=actor, group=found.group, **told)
            return redirect("people:committee", uid)
    offices = Office.objects.visible_to(actor).filter(committee=found).on(clock.today()).select_related("organisation")
    page = {"committee": found, "offices": offices, "form": form if keeps else None, "keeps": keeps}
    return render(request, "people/committee.html", page, status=422 if form.errors else 200)


def _committee(request: HttpRequest, uid: UUID) -> Committee:
    actor = acting(request)
    found: Committee | None = Committee.objects.visible_to(actor).select_related("group").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


@require_POST
def end_committee(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Dissolve a committee today."""
    actor, found = signed_in(request), _committee(request, uid)
    if not may_keep_group(actor, found.group):
        raise NotFound
    services.end_committee(actor=actor, committee=found, on=clock.today())
    messages.success(request, _("The committee is dissolved; the offices in it end today."))
    return redirect("people:group", found.group.code)


@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, code: str) -> HttpResponse:
    """The register of members, public; the secretariat enters those that joined on paper."""
    found = group_of(request, code)
    keeps = may_keep_group(acting(request), found)
    form = MemberForm(request.POST or None)
    if request.method == "POST":
        require(keeps)
        if form.is_valid():
            services.record_member(actor=signed_in(request), group=found, **form.cleaned_data)
            return redirect("people:members", code)
    words = request.GET.get("q", "")
    rows = members_of(found, words)
    if request.GET.get("format") == "xlsx":
        return _as_workbook(list(rows), found)
    page = {
        "group": found,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "former": former_members_of(found)[:PER_PAGE] if keeps else None,
        "words": words,
        "kinds": MEMBER_KINDS,
        "form": form if keeps else None,
    }
    return render(request, "people/members.html", page, status=422 if form.errors else 200)


def _as_workbook(rows: list[Membership], group: Group) -> HttpResponse:
    columns = [
        (_("Full name of the organisation"), 36),
        (_("Kind of member"), 18),
        (_("Role in the council"), 18),
        (_("Unified social credit code"), 22),
        (_("Member since"), 14),
    ]
    lines = [
        (m.organisation.name, str(MEMBER_KINDS[m.kind]), m.council_role, m.organisation.uscc, m.joined_on) for m in rows
    ]
    return workbook_download(workbook(_("Members"), columns, lines), f"members-{group.code}.xlsx")


@require_http_methods(["GET", "POST"])
def end_membership(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The secretariat ends a membership with its reason."""
    actor = signed_in(request)
    found = Membership.objects.select_related("group", "organisation").filter(uid=uid).first()
    if found is None or not may_keep_group(actor, found.group):
        raise NotFound
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        services.end_membership(actor=actor, membership=found, **form.cleaned_data)
        return redirect("people:members", found.group.code)
    heading = _("End the membership of %(name)s") % {"name": found.organisation.name}
    page = {"form": form, "group": found.group, "heading": heading, "verb": _("End it")}
    return render(request, "people/group_form.html", page, status=422 if form.errors else 200)
