"""Applications to join and leave a group, from both sides, and the register of members."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.core.permissions import require
from backend.people import services
from backend.people.enums import Purpose, ScopeKind
from backend.people.forms import ApplicationForm, DecisionForm
from backend.people.forms.words import APPLICATION_STATES, MEMBER_KINDS, PURPOSES, STEPS
from backend.people.models import ApplicationStep, Group, MembershipApplication
from backend.people.permissions import may_apply, may_decide, may_keep_group, may_see_applications
from backend.people.rulebook import likely_member_kind
from backend.people.selectors import applications_of, organisation_of
from backend.ui.acting import signed_in
from backend.ui.downloads import workbook_download
from backend.ui.registry import workbook

PER_PAGE = 50


@require_GET
def applications(request: HttpRequest) -> HttpResponse:
    """A unit's own memberships and applications, or what was sent to a group; also as a workbook."""
    actor = signed_in(request)
    require(may_see_applications(actor))
    found, state = applications_of(actor), request.GET.get("state", "")
    if state in APPLICATION_STATES:
        found = found.filter(state=state)
    if request.GET.get("format") == "xlsx":
        return _as_workbook(list(found))
    own = organisation_of(actor)
    page = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "own": own,
        "memberships": own.memberships.on(clock.today()).select_related("group") if own else None,
        "groups": Group.objects.visible_to(actor) if own else None,
        "kept": _kept(actor),
        "states": APPLICATION_STATES,
        "state": state,
        "purposes": PURPOSES,
    }
    return render(request, "people/applications.html", page)


def _kept(actor: Actor) -> Group | None:
    """The group into which the actor may invite."""
    found: Group | None = Group.objects.filter(code=actor.scope_key(ScopeKind.GROUP) or "").first()
    return found if found is not None and may_keep_group(actor, found) else None


def _as_workbook(found: list[MembershipApplication]) -> HttpResponse:
    columns = [(_("Group"), 32), (_("Organisation"), 36), (_("Asks to"), 10), (_("Kind of member"), 16)]
    columns += [(_("From which day"), 14), (_("State"), 14)]
    rows = [
        (
            each.group.name,
            each.organisation.name,
            str(PURPOSES[each.purpose]),
            str(MEMBER_KINDS[each.kind]),
            each.effective_on,
            str(APPLICATION_STATES[each.state][0]),
        )
        for each in found
    ]
    return workbook_download(workbook(_("Membership applications"), columns, rows), "applications.xlsx")


@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, code: str, purpose: str) -> HttpResponse:
    """A unit begins an application to join or to leave a group."""
    actor = signed_in(request)
    group, own = Group.objects.visible_to(actor).filter(code=code).first(), organisation_of(actor)
    if group is None or purpose not in PURPOSES:
        raise NotFound
    require(own is not None, _("Only somebody who acts for an organisation applies for it."))
    assert own is not None
    kind = likely_member_kind(own.kind)
    form = ApplicationForm(request.POST or None, initial={"effective_on": clock.today(), "kind": kind})
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "purpose": purpose}
        made = services.begin_application(actor=actor, group=group, organisation=own, **told)
        return redirect("people:application", made.uid)
    page = {"form": form, "group": group, "own": own, "leaving": purpose == Purpose.LEAVE}
    return render(request, "people/application_form.html", page, status=422 if form.errors else 200)


def _application(request: HttpRequest, uid: UUID) -> MembershipApplication:
    found = applications_of(signed_in(request)).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


@require_http_methods(["GET", "POST"])
def edit_application(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mend a draft, or what was returned."""
    actor, found = signed_in(request), _application(request, uid)
    require(may_apply(actor, found.organisation))
    before = {"kind": found.kind, "effective_on": found.effective_on, "statement": found.statement}
    last = found.steps.last() if found.state == "returned" else None
    asked = last if last is not None and last.verb == "return" else None
    form = ApplicationForm(request.POST or None, initial=before, remarks=asked.remarks if asked else None)
    if request.method == "POST" and form.is_valid():
        services.edit_application(actor=actor, application=found, **form.cleaned_data)
        return redirect("people:application", found.uid)
    page = {
        "form": form,
        "group": found.group,
        "own": found.organisation,
        "leaving": found.purpose == Purpose.LEAVE,
        "application": found,
        "asked": asked,
    }
    return render(request, "people/application_form.html", page, status=422 if form.errors else 200)


@require_GET
def application(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One application with what was decided, and what this reader can do next."""
    found = _application(request, uid)
    return _page(request, found, DecisionForm(initial={"on": found.effective_on}))


def _page(request: HttpRequest, found: MembershipApplication, form: DecisionForm) -> HttpResponse:
    actor = signed_in(request)
    page: dict[str, Any] = {
        "application": found,
        "kind": MEMBER_KINDS[found.kind],
        "purpose": PURPOSES[found.purpose],
        "steps": [_step_line(step) for step in found.steps.select_related("by")],
        "own": may_apply(actor, found.organisation),
        "form": form if found.state == "submitted" and may_decide(actor, found) else None,
    }
    return render(request, "people/application.html", page, status=422 if form.errors else 200)


def _step_line(step: ApplicationStep) -> dict[str, Any]:
    """What happened, with the places that were to be mended."""
    fields = ApplicationForm.base_fields
    marked = [(fields[name].label, text) for name, text in step.remarks.items() if name in fields]
    return {"step": step, "said": STEPS.get(step.verb, step.verb), "marked": marked}


@require_POST
def move_application(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """The unit submits, withdraws or gives up its own application."""
    actor, found = signed_in(request), _application(request, uid)
    if verb == "delete":
        services.delete_draft(actor=actor, application=found)
        messages.success(request, _("The draft is deleted."))
        return redirect("people:applications")
    if verb == "submit":
        services.submit_application(actor=actor, application=found)
        messages.success(request, _("Submitted. The secretariat of the group decides; you find its answer here."))
    elif verb == "withdraw":
        services.withdraw_application(actor=actor, application=found)
        messages.success(request, _("The application is withdrawn."))
    else:
        raise NotFound
    return redirect("people:application", found.uid)


@require_POST
def decide_application(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The secretary's decision."""
    actor, found = signed_in(request), _application(request, uid)
    require(may_decide(actor, found))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    services.decide_application(actor=actor, application=found, **form.cleaned_data)
    messages.success(request, _("The decision is recorded; the unit sees it."))
    return redirect("people:application", found.uid)
