"""Lists of entries, one entry, and what may be done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from backend.audit.selectors import timeline_of
from backend.core.actor import Actor
from backend.core.errors import NotAllowed
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from backend.ui.registry import act_name
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.contests.projections import remaining_words
from competitions.contests.selectors import event_of, rules_of
from competitions.registration import services
from competitions.registration.enums import EDITABLE, ENTRY_STATES, SEX_WORDS
from competitions.registration.models import Entry, Member, Substitution, Withdrawal
from competitions.registration.permissions import leads, may_change, may_import, may_review, way_out
from competitions.registration.projections import entry_lines, member_lines, missing_words
from competitions.registration.projections.approved import request_lines
from competitions.registration.projections.inviting import own_lines
from competitions.registration.projections.reviewing import history
from competitions.registration.projections.workspace import place_line
from competitions.registration.selectors import (
    entries_entered_by,
    entries_of,
    entry_of,
    filtered,
    imports_of,
    own_school,
    roster,
    state_counts,
    teams_of,
)
from competitions.registration.selectors.eligibility import points_of
from competitions.registration.selectors.inviting import consent_open
from competitions.registration.selectors.papers import lacking_papers
from competitions.registration.selectors.quota_lines import places_in
from competitions.registration.selectors.reviewing import plan_of

A_PAGE = 30
STATS = ("submitted", "approved", "confirmed", "returned", "rejected", "draft", "incomplete")
ALWAYS = ("submitted", "draft", "incomplete")


@require_GET
def entries(request: HttpRequest, event_code: str) -> HttpResponse:
    """The entries of an event: a coordinator's own teams with quota and deadline, an organiser's all of them."""
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_import(actor, event):
        raise NotAllowed(_("Entries are shown to the entering schools and the organisers of the event."))
    chosen = {key: request.GET.get(key, "").strip() for key in ("state", "school")}
    found = filtered(entries_of(actor, event), **chosen)
    if request.GET.get("format") == "xlsx":
        return workbook_download(_entries_xlsx(found), f"{event.code}-entries.xlsx")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    counts, plan = state_counts(actor, event), plan_of(event)
    context = {
        "event": event,
        "page": page,
        "lines": entry_lines(page, event),
        "chosen": chosen,
        "states": {k: v[0] for k, v in ENTRY_STATES.items()},
        "stats": [(ENTRY_STATES[k][0], counts.get(k, 0)) for k in STATS if counts.get(k) or k in ALWAYS],
        "submittable": counts.get("draft", 0) if event.state == "registering" else 0,
        "organising": may_organise(actor, event),
        "remaining": remaining_words(event),
        "open": event.state == "registering",
        "imports": imports_of(actor, event)[:5],
        "has_quota": rules_of(event).quota is not None,
        "unsigned": counts.get("approved", 0) if plan.roster_confirmed else 0,
        "papers_asked": bool(plan.papers),
        **_places(actor, event),
    }
    return render(request, "registration/entries.html", context)


def _places(actor: Actor, event: Event) -> dict[str, Any]:
    """What still lets the coordinator's school in, the binding line first; nothing for whoever has no school."""
    school = own_school(actor)
    if school is None:
        return {"own": None}
    lines = places_in([event], school, {event.pk: teams_of(event, school).count()})[event.pk]
    return {
        "own": school,
        "places": [place_line(line) for line in lines],
        "quota_lines": [line for line in lines if line.over_what != "teams"],
    }


def _entries_xlsx(found: Any) -> bytes:
    """One row a person, with the number masked."""
    titles = (
        _("School"), _("Team"), _("State"), _("Platform"), _("Role"), _("Full name"), _("Sex"), _("ID number"),
        _("Phone"), _("Study number"), _("Major"), _("Grade"), _("Remark"),
    )  # fmt: skip
    widths = (26, 6, 10, 12, 10, 12, 6, 22, 16, 18, 20, 10, 20)
    rows = (
        (
            entry.school.name, entry.team_number, str(ENTRY_STATES[entry.state][0]), entry.tech_platform,
            str(line.role), line.name, str(SEX_WORDS.get(line.member.sex, "")), line.id_number, line.phone,
            line.study_number, line.member.major_name, line.member.grade, line.member.remark,
        )
        for entry in found
        for line in member_lines(roster(entry))
    )  # fmt: skip
    columns = [OutColumn(title, width) for title, width in zip(titles, widths, strict=True)]
    return write_xlsx(columns, rows, title=_("Entries"))


@require_GET
def entry(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One team: who, what is missing, what happened, what can be done now."""
    actor = acting(request)
    found = entry_of(actor, uid)
    members = roster(found)
    if found.state == "withdrawn":
        members = list(Member.objects.filter(entry=found).select_related("person"))
    lines_own, plan, handed_in = own_lines(members), plan_of(found.event), found.submitted_at is not None
    context = {
        "entry": found,
        "event": found.event,
        "lines": member_lines(members),
        "missing": missing_words(found, found.event),
        "papers": len(lacking_papers([found], {found.event_id: plan})[found.pk]) if found.state in EDITABLE else 0,
        "remaining": remaining_words(found.event),
        "points": points_of(found) if may_change(actor, found) and found.state != "withdrawn" else None,
        "may_change": may_change(actor, found),
        "organising": may_organise(actor, found.event),
        "may_review": may_review(actor, found),
        "history": history(found) if handed_in else [],
        "asked": request_lines(_requests(actor, found)) if handed_in else [],
        "way_out": way_out(actor, found),
        "asked_out": handed_in and Withdrawal.objects.filter(entry=found, state="asked").exists(),
        "leads": leads(actor, found),
        "own_lines": lines_own,
        "links_live": may_change(actor, found) and sum(line.live for line in lines_own) > 1,
        "may_invite": may_change(actor, found) and found.state in EDITABLE,
        "late": may_change(actor, found) and consent_open(found),
        "plan": plan,
        "timeline": [(line, act_name(line.action)) for line in timeline_of(actor, found.ref)],
    }
    return render(request, "registration/entry.html", context)


def _requests(actor: Actor, found: Entry) -> list[Any]:
    """What is asked about a team that was handed in; the team itself has been read, with event and school."""
    swaps = Substitution.objects.visible_to(actor).filter(entry=found).select_related("leaving")
    goings = Withdrawal.objects.visible_to(actor).filter(entry=found)
    asked: list[Any] = [*swaps, *goings]
    for each in asked:
        each.entry = found
    return asked


@require_POST
def step(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """Submit, reopen, withdraw or delete one entry."""
    actor = acting(request)
    found = entry_of(actor, uid)
    said = {
        "submit": _("Submitted. You can reopen it until the deadline."),
        "reopen": _("Reopened. Submit it again when it is right."),
        "withdraw": _("Withdrawn. The entry stays on record."),
        "delete": _("Deleted."),
    }
    _move(actor, found, verb, request.POST.get("reason", ""))
    messages.success(request, said[verb])
    if verb == "delete":
        return redirect("registration:entries", found.event.code)
    return redirect("registration:entry", found.uid)


def _move(actor: Actor, found: Entry, verb: str, reason: str) -> None:
    if verb == "withdraw":
        services.withdraw_entry(actor=actor, entry=found, reason=reason)
    elif verb == "delete":
        services.delete_draft(actor=actor, entry=found)
    elif verb == "reopen":
        services.reopen_entry(actor=actor, entry=found)
    else:
        services.submit_entry(actor=actor, entry=found)


@require_POST
def submit_all(request: HttpRequest, event_code: str) -> HttpResponse:
    """Submit every complete draft that the actor may change."""
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_import(actor, event):
        raise NotAllowed
    count = services.submit_complete(actor=actor, event=event)
    text = ngettext("%(n)s team submitted.", "%(n)s teams submitted.", count) % {"n": count}
    messages.success(request, text)
    left = entries_of(actor, event).filter(state="draft").count()
    if left:
        text = ngettext(
            "%(n)s team was not submitted: a document, a guardian's consent or a condition is missing.",
            "%(n)s teams were not submitted: a document, a guardian's consent or a condition is missing.",
            left,
        )
        messages.warning(request, text % {"n": left})
    return redirect("registration:entries", event.code)


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Am I registered, what is missing, where do I go: a contestant's own entries, or a school's across events."""
    actor = acting(request)
    if actor.anonymous:
        return redirect_to_login(request.get_full_path())
    page = Paginator(entries_entered_by(actor).select_related("event__rule_set"), A_PAGE).get_page(
        request.GET.get("page")
    )
    rows = [{"entry": e, "missing": missing_words(e, e.event), "remaining": remaining_words(e.event)} for e in page]
    return render(request, "registration/own.html", {"page": page, "rows": rows})
