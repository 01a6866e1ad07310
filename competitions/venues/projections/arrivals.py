"""The arrival board: counts by school without any name, and lines for those who may read names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from backend.core import clock
from backend.people.rulebook import mask_phone
from competitions.contests.models import Event
from competitions.venues.models import CheckIn, Session
from competitions.venues.projections.doors import METHOD_WORDS, PAPER_WORDS, REASON_WORDS, VERDICT_WORDS
from competitions.venues.selectors import Arrival, arrivals_of, sessions_of

MOST_SCHOOLS = 120


def standing_session(event: Event) -> Session | None:
    """The session a board shows first: the one that is next to end, else the last; None where there is none."""
    sessions = list(sessions_of(event))
    coming = [s for s in sessions if s.ends_at > clock.now()]
    return coming[0] if coming else (sessions[-1] if sessions else None)


def counts_of(arrivals: Iterable[Arrival]) -> dict[str, int]:
    """expected, inside, late, refused, missing: the refused are not inside and not missing."""
    found = {"expected": 0, "inside": 0, "late": 0, "refused": 0, "missing": 0}
    for arrival in arrivals:
        found["expected"] += 1
        found["inside"] += arrival.state in ("admitted", "late_admitted")
        found["late"] += arrival.state == "late_admitted"
        found["refused"] += arrival.state == "refused"
        found["missing"] += arrival.state == "missing"
    return found


def by_school(arrivals: Sequence[Arrival]) -> list[dict[str, Any]]:
    """A line per school, those with the most people missing first."""
    found: dict[int, list[Arrival]] = {}
    for arrival in arrivals:
        found.setdefault(arrival.member.entry.school_id, []).append(arrival)
    lines = [{"school": lot[0].member.entry.school.name, **counts_of(lot)} for lot in found.values()]
    return sorted(lines, key=lambda line: (-line["missing"], -line["refused"], line["school"]))


def arrivals_state(event_code: str, parts: set[str]) -> dict[str, Any]:
    """The state of `arrivals:<event code>`: figures of each session and of the schools in the present one."""
    event = Event.objects.select_related("edition").get(code=event_code)
    present = standing_session(event)
    now = arrivals_of(event, present)
    waiting = CheckIn.objects.filter(event=event, conflicts_with__isnull=False, ruling=None).count()
    return {
        "session": present.name if present else "",
        "counts": counts_of(now),
        "schools": by_school(now)[:MOST_SCHOOLS],
        "conflicts": waiting,
        "taken": CheckIn.objects.filter(event=event).count(),
    }


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who is not inside, with the masked phone that the school wrote down."""

    name: str
    school: str
    team: int
    phone: str
    reasons: str


def missing_lines(arrivals: Iterable[Arrival], limit: int | None = None) -> list[Missing]:
    """Who is not inside yet; those who were refused say why."""
    absent = [a for a in arrivals if a.state in ("missing", "refused")]
    return [
        Missing(
            a.member.reveal("name"),
            a.member.entry.school.name,
            a.member.entry.team_number,
            mask_phone(a.member.reveal("phone")) if a.member.phone_sealed else "",
            reasons_of(a.last) if a.last else "",
        )
        for a in absent[:limit]
    ]


def reasons_of(row: CheckIn) -> str:
    return _(", ").join(str(REASON_WORDS.get(code, code)) for code in row.reasons.split(",") if code)


def papers_of(row: CheckIn) -> str:
    return _(", ").join(str(PAPER_WORDS.get(code, code)) for code in row.papers.split(",") if code)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two admissions of one person: which desk said it when."""

    row: CheckIn
    name: str
    reason: str = ""

    @property
    def open(self) -> bool:
        return not hasattr(self.row, "ruling")


def conflict_lines(rows: Iterable[CheckIn]) -> list[Conflict]:
    return [
        Conflict(
            row,
            row.member.reveal("name") if row.member else "",
            row.ruling.reveal("reason") if hasattr(row, "ruling") else "",
        )
        for row in rows
    ]


def arrival_rows(arrivals: Iterable[Arrival]) -> list[list[Any]]:
    """The workbook's lines: school, team, name, phone (masked), state, when, desk, how, papers, reasons, note."""
    words = {**{k: str(v) for k, v in VERDICT_WORDS.items()}, "missing": _("missing")}
    return [[*_person(a), words[a.state], *_said(a.last)] for a in arrivals]


def _person(arrival: Arrival) -> list[Any]:
    member = arrival.member
    phone = mask_phone(member.reveal("phone")) if member.phone_sealed else ""
    return [member.entry.school.name, member.entry.team_number, member.reveal("name"), phone]


def _said(row: CheckIn | None) -> list[Any]:
    if row is None:
        return ["", "", "", "", "", ""]
    at = f"{localtime(row.scanned_at):%Y-%m-%d %H:%M:%S}"
    method = str(METHOD_WORDS.get(row.method, row.method))
    return [at, row.desk, method, papers_of(row), reasons_of(row), row.reveal("note")]
