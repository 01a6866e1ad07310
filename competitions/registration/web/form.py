"""The online entry form: a new team, or the whole roster of a draft."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.core.actor import Actor
from backend.core.errors import NotAllowed
from backend.people.models import Organisation
from backend.ui.acting import acting
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.contests.selectors import event_of, rules_of
from competitions.registration import services
from competitions.registration.enums import EDITABLE
from competitions.registration.errors import EntriesRefused, EntryFixed
from competitions.registration.forms import MembersFormSet, TeamForm, initial_of
from competitions.registration.models import Entry
from competitions.registration.permissions import may_change, may_import
from competitions.registration.rulebook import ROLES
from competitions.registration.selectors import entry_of, own_school, roster

APPROVED = ("approved", "confirmed")


@require_http_methods(["GET", "POST"])
def new_entry(request: HttpRequest, event_code: str) -> HttpResponse:
    """A new team; a coordinator's school is known, an organiser chooses one."""
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_import(actor, event):
        raise NotAllowed(_("Schools and the organisers of this event enter teams."))
    services.require_open(actor, event)
    return _form(request, actor, event, None, own_school(actor))


@require_http_methods(["GET", "POST"])
def edit_entry(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole roster of a team that is not under review; an approved one keeps its people."""
    actor = acting(request)
    entry = entry_of(actor, uid)
    if not may_change(actor, entry):
        raise NotAllowed(_("Only the entering school and the organisers change this entry."))
    if entry.state in EDITABLE:
        services.require_changeable(actor, entry)
    elif entry.state not in APPROVED:
        raise EntryFixed
    return _form(request, actor, entry.event, entry, entry.school)


def _form(
    request: HttpRequest, actor: Actor, event: Event, entry: Entry | None, school: Organisation | None
) -> HttpResponse:
    adding = request.POST.get("add", "")
    data = _with_one_more(request.POST, adding) if adding in ROLES else request.POST or None
    members = roster(entry) if entry else []
    start = initial_of(members) if entry else _empty_team(event)
    team_start = {key: getattr(entry, key) for key in ("tech_platform", "topic", "topic_class")} if entry else {}
    team = TeamForm(data, event=event, choose_school=school is None, initial=team_start, prefix="t")
    people: Any = MembersFormSet(data, initial=start, prefix="m")
    if request.method == "POST" and adding not in ROLES and all([team.is_valid(), people.is_valid()]):
        saved = _save(actor, event, entry, school or team.cleaned_data["school"], team, people)
        if saved is not None:
            messages.success(request, _said(saved))
            return redirect("registration:entry", saved.uid)
    context = {
        "event": event,
        "entry": entry,
        "school": school,
        "team": team,
        "people": people,
        "wrong": request.method == "POST" and adding not in ROLES,
        "limits": rules_of(event).team,
        "organising": may_organise(actor, event),
    }
    return render(request, "registration/entry_form.html", context)


def _save(
    actor: Actor, event: Event, entry: Entry | None, school: Organisation, team: TeamForm, people: Any
) -> Entry | None:
    """The saved entry, or None with every problem put at its field."""
    draft = people.draft(entry, school, team.cleaned_data)
    if not draft.members:
        team.add_error(None, _("Enter at least one person."))
        return None
    try:
        if entry is not None and entry.state in APPROVED:
            return services.amend_entry(actor=actor, entry=entry, draft=draft)
        return services.enter_many(actor=actor, event=event, drafts=[draft])[0]
    except EntriesRefused as refused:
        people.add_problems(team, refused.problems)
        return None


def _said(saved: Entry) -> str:
    if saved.state in APPROVED:
        return _("Saved. The entry stays approved.")
    if saved.state == "submitted":
        return _("Saved. A reviewed field has changed, so the entry is reviewed again.")
    return _("Saved as a draft. Check it and submit it before the deadline.")


def _with_one_more(posted: QueryDict, role: str) -> QueryDict:
    """The same form with one more empty part of that role."""
    data = posted.copy()
    total = int(data.get("m-TOTAL_FORMS") or 0)
    data["m-TOTAL_FORMS"] = str(min(total + 1, 100))
    data[f"m-{total}-role"] = role
    data[f"m-{total}-id_type"] = "resident"
    return data


def _empty_team(event: Event) -> list[dict[str, str]]:
    """Parts for a full team, one instructor and one leader, as far as the rules know them."""
    team = rules_of(event).team
    roles = ["contestant"] * team.contestants + ["instructor"] * min(team.instructors_max, 1)
    return [{"role": role} for role in roles + ["leader"] * min(team.leaders_max, 1)]
