"""Several teams of an event in one form: all problems at once, nothing lost, all saved or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from backend.core.errors import NotAllowed
from backend.ui.acting import signed_in
from competitions.contests.models import Event
from competitions.contests.selectors import event_of
from competitions.registration import services
from competitions.registration.enums import EDITABLE
from competitions.registration.errors import EntriesRefused
from competitions.registration.forms import MembersFormSet, TeamForm, initial_of
from competitions.registration.models import Entry
from competitions.registration.rulebook import EntryDraft
from competitions.registration.selectors import entries_of, own_school, roster

A_PAGE = 30
FEW = 3  # that many teams are all unfolded; of more only those that need it
ROWS_OF_A_TEAM = 1000  # rows of the first team begin at 1, of the second at 1001, …


@dataclass(slots=True)
class TeamPart:
    """One team's part of the form."""

    entry: Entry
    team: TeamForm
    people: Any

    @property
    def wrong(self) -> int:
        """How many of its parts are refused."""
        return sum(bool(form.errors) for form in (self.team, *self.people.forms))

    def is_valid(self) -> bool:
        return all([self.team.is_valid(), self.people.is_valid()])

    def draft(self, first: int) -> EntryDraft:
        draft: EntryDraft = self.people.draft(self.entry, self.entry.school, self.team.cleaned_data)
        return replace(draft, members=tuple(replace(m, row=m.row + first) for m in draft.members))


@require_http_methods(["GET", "POST"])
def edit_teams(request: HttpRequest, event_code: str) -> HttpResponse:
    """All of a school's teams in an event that are not handed in yet."""
    actor = signed_in(request)
    event = event_of(actor, event_code)
    if own_school(actor) is None:
        raise NotAllowed(_("Here a school's coordinator edits the school's own teams."))
    services.require_open(actor, event)
    page = Paginator(entries_of(actor, event).filter(state__in=EDITABLE), A_PAGE).get_page(request.GET.get("page"))
    parts = [_part(request, event, entry) for entry in page]
    wrong = request.method == "POST"
    if wrong and parts and all([part.is_valid() for part in parts]):
        drafts = [part.draft(n * ROWS_OF_A_TEAM) for n, part in enumerate(parts)]
        try:
            n = len(services.enter_many(actor=actor, event=event, drafts=drafts))
        except EntriesRefused as refused:
            _show(parts, refused.problems)
        else:
            messages.success(request, ngettext("%(n)s team is saved.", "%(n)s teams are saved.", n) % {"n": n})
            return redirect("registration:entries", event.code)
    context = {"event": event, "page": page, "parts": parts, "wrong": wrong, "few": len(parts) <= FEW}
    return render(request, "registration/teams_form.html", context)


def _part(request: HttpRequest, event: Event, entry: Entry) -> TeamPart:
    """The part of one team; a page that was opened before somebody else added a team posts nothing for that one."""
    name = entry.uid.hex
    posted = request.POST if f"{name}-m-TOTAL_FORMS" in request.POST else None
    start = [*initial_of(roster(entry)), {"role": "contestant"}]
    own = {key: getattr(entry, key) for key in ("tech_platform", "topic", "topic_class")}
    team = TeamForm(posted, event=event, choose_school=False, initial=own, prefix=f"{name}-t")
    return TeamPart(entry, team, MembersFormSet(posted, initial=start, prefix=f"{name}-m"))


def _show(parts: Sequence[TeamPart], problems: dict[str, Any]) -> None:
    """Each problem at its team, part and field."""
    by_part: dict[int, dict[str, Any]] = {}
    for key, texts in problems.items():
        row, _dot, name = key.partition(".")
        number = int(row) if row.isdigit() else 1
        place, at = divmod(number - 1, ROWS_OF_A_TEAM)
        by_part.setdefault(min(place, len(parts) - 1), {})[f"{at + 1}.{name}"] = texts
    for place, found in by_part.items():
        parts[place].people.add_problems(parts[place].team, found)
