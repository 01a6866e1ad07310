"""The school's workspace in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backend.ui.words import joined
from competitions.contests.projections import remaining_words
from competitions.registration.enums import ENTRY_STATES, FIELD_WORDS, GUARDIAN
from competitions.registration.models import Entry
from competitions.registration.selectors.quota_lines import QuotaLine
from competitions.registration.selectors.workspace import EventWork

WHOSE = {
    "school": gettext_lazy("Our school"),
    "city": gettext_lazy("Our city, all schools together"),
    "group": gettext_lazy("Our group, all schools together"),
    "province": gettext_lazy("The province, all schools together"),
}
# What a school may look at alone: key of the address, name of the figure.
KINDS = {
    "unsent": gettext_lazy("Not submitted yet"),
    "back": gettext_lazy("Returned"),
    "lacking": gettext_lazy("People missing"),
    "conditions": gettext_lazy("Conditions in the way"),
    "papers": gettext_lazy("Documents missing"),
    "consents": gettext_lazy("Guardians' consents missing"),
}


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One limit: whose it is, over what, how much of it is used, what is left or too much."""

    whose: Any
    over_what: str
    used: int
    allowed: int
    left: str
    tone: str


@dataclass(frozen=True, slots=True)
class Group:
    """Teams of one event with which the same is to be done. rows: (team, what exactly)."""

    kind: str
    title: Any
    tone: str
    rows: list[tuple[Entry, str]]


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One event. states: (words, tone, number) of the teams; groups: what waits, the most pressing first.

    ends_at: the moment when the next deadline is over; blocking: without the consents nothing is submitted.
    """

    work: EventWork
    remaining: str
    ends_at: datetime | None
    places: list[PlaceLine]
    states: list[tuple[Any, str, int]]
    groups: list[Group]
    blocking: bool

    def rows(self, kind: str) -> list[tuple[Entry, str]]:
        return [row for group in self.groups if group.kind == kind for row in group.rows]

    def count(self, kind: str) -> int:
        """How many teams (documents and consents: pieces) of one of KINDS wait here and can still be mended."""
        if kind == "consents":  # open until the event begins, whatever became of the data
            return len(self.rows(kind))
        if not self.work.open and not self.work.mendable:
            return 0
        if kind == "unsent":
            return self.work.unsent
        if kind == "papers":
            return sum(n for _entry, n in self.work.papers)
        return len(self.rows(kind))


def work_lines(works: Iterable[EventWork]) -> list[WorkLine]:
    return [_line(work) for work in works]


def only(line: WorkLine, kind: str) -> WorkLine:
    """The same event with what belongs to one of KINDS."""
    kinds = ("back", "complete", "lacking", "conditions") if kind == "unsent" else (kind,)
    return replace(line, groups=[group for group in line.groups if group.kind in kinds])


def _line(work: EventWork) -> WorkLine:
    return WorkLine(
        work=work,
        remaining=remaining_words(work.event),
        ends_at=_end_of(work.due),
        places=[place_line(line) for line in work.places],
        states=[(words, tone, work.counts[s]) for s, (words, tone) in ENTRY_STATES.items() if work.counts[s]],
        groups=[group for group in _groups(work) if group.rows],
        blocking=GUARDIAN in work.plan.papers,
    )


def _groups(work: EventWork) -> list[Group]:
    short = [(entry, joined(gap_words(role, n) for role, n in gaps)) for entry, gaps in work.lacking]
    conditions = [(entry, condition_words(broken, unknown)) for entry, broken, unknown in work.conditions]
    papers = [(e, ngettext("%(n)s document missing", "%(n)s documents missing", n) % {"n": n}) for e, n in work.papers]
    return [
        Group("back", KINDS["back"], "danger", [(r.entry, _reason(r.reason, r.fields)) for r in work.returned]),
        Group("complete", _("Ready to submit"), "warning", [(entry, "") for entry in work.complete]),
        Group("lacking", KINDS["lacking"], "warning", short),
        Group("conditions", KINDS["conditions"], "warning", conditions),
        Group("papers", KINDS["papers"], "warning", papers),
        Group("consents", KINDS["consents"], "warning", [(e, m.reveal("name")) for e, ms in work.consents for m in ms]),
    ]


def _end_of(due: datetime | None) -> datetime | None:
    """A deadline lasts to the end of its minute."""
    return None if due is None else due.replace(second=0, microsecond=0) + timedelta(minutes=1)


def place_line(line: QuotaLine) -> PlaceLine:
    over_what = {
        "event": _("this event"),
        "edition": _("all events of %(edition)s") % {"edition": line.title},
        "teams": _("this event, most teams of a school"),
    }
    tone = "danger" if line.over else "warning" if not line.left else "good"
    return PlaceLine(WHOSE[line.rule.scope], over_what[line.over_what], line.used, line.allowed, _left(line), tone)


def _left(line: QuotaLine) -> str:
    persons, n = line.rule.unit == "persons", line.over or line.left
    if line.over:
        words = ngettext("%(n)s over", "%(n)s over", n)
    elif not n:
        words = _("no place left")
    elif persons:
        words = ngettext("%(n)s contestant left", "%(n)s contestants left", n)
    else:
        words = ngettext("%(n)s team left", "%(n)s teams left", n)
    return words % {"n": n}


def gap_words(role: str, n: int) -> str:
    words = {
        "contestant": _("contestants missing: %(n)s"),
        "instructor": _("instructors missing: %(n)s"),
        "leader": _("leaders missing: %(n)s"),
    }
    return words[role] % {"n": n}


def condition_words(broken: int, unknown: int) -> str:
    """Rules that are not met and conditions still to be stated, counted over a team's people."""
    said = [
        ngettext("%(n)s rule not met", "%(n)s rules not met", broken) % {"n": broken} if broken else "",
        ngettext("%(n)s condition to prove", "%(n)s conditions to prove", unknown) % {"n": unknown} if unknown else "",
    ]
    return joined(said)


def _reason(reason: str, fields: Sequence[tuple[str, str]]) -> str:
    said = [str(FIELD_WORDS.get(name, name)) + _(": ") + text for name, text in fields]
    return joined([reason, *said])
