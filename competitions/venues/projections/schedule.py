"""Kinds and audiences in words; days with their lines; what a version changes; what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.notify.models import Note
from competitions.venues.enums import Audience, ItemKind
from competitions.venues.models import Programme
from competitions.venues.rulebook import Change, Clash, changes
from competitions.venues.selectors.calendars import links_of, path_of

KINDS: Mapping[str, Any] = {
    ItemKind.CHECK_IN: gettext_lazy("Arrival and registration"),
    ItemKind.LEADER_MEETING: gettext_lazy("Team leaders' meeting"),
    ItemKind.JUDGE_MEETING: gettext_lazy("Judges' meeting"),
    ItemKind.VENUE_TOUR: gettext_lazy("Tour of the venue"),
    ItemKind.DRAW: gettext_lazy("Drawing of lots"),
    ItemKind.CALL_ROOM: gettext_lazy("Call room"),
    ItemKind.MODULE: gettext_lazy("Contest time"),
    ItemKind.SCORING: gettext_lazy("Judging of works"),
    ItemKind.APPEAL_WINDOW: gettext_lazy("Appeals are received"),
    ItemKind.DECRYPT: gettext_lazy("Decoding"),
    ItemKind.ANNOUNCE: gettext_lazy("Announcement of results"),
    ItemKind.CLOSING: gettext_lazy("Closing ceremony"),
}
AUDIENCES: Mapping[str, Any] = {
    Audience.TEAMS: gettext_lazy("Contestants and instructors"),
    Audience.LEADERS: gettext_lazy("Team leaders"),
    Audience.JUDGES: gettext_lazy("Judges"),
    Audience.PUBLIC: gettext_lazy("Everyone, the public too"),
}
FIELDS: Mapping[str, Any] = {
    "kind": gettext_lazy("Kind"),
    "title": gettext_lazy("Title"),
    "starts_at": gettext_lazy("Begins"),
    "ends_at": gettext_lazy("Ends"),
    "place": gettext_lazy("Where"),
    "audience": gettext_lazy("For whom"),
    "responsible": gettext_lazy("In charge"),
}


@dataclass(slots=True)
class Line:
    """One line as it is shown. change: `added`, `changed` or `` against the version before; told: what is other."""

    uid: str
    starts: datetime
    ends: datetime
    what: str
    place: str
    audience: str
    responsible: str
    session: bool
    change: str = ""
    told: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Day:
    date: date
    lines: list[Line] = field(default_factory=list)

    @property
    def title(self) -> str:
        return date_format(self.date, "Y-m-d l")


def line_of(line: Mapping[str, str]) -> Line:
    """A published line in the reader's language."""
    kind = str(KINDS.get(line["kind"], line["kind"]))
    return Line(
        uid=line["uid"],
        starts=datetime.fromisoformat(line["starts_at"]),
        ends=datetime.fromisoformat(line["ends_at"]),
        what=f"{kind} · {line['title']}" if line["title"] else kind,
        place=line["place"],
        audience=audience_words(line["audience"]),
        responsible=line["responsible"],
        session=bool(line["session"]),
    )


def audience_words(audience: str) -> str:
    return "、".join(str(AUDIENCES[a]) for a in audience.split() if a in AUDIENCES)


def days_of(lines: Iterable[Mapping[str, str]], news: Sequence[Change] = ()) -> list[Day]:
    """Lines day by day, with what is new or other marked."""
    marked = {change.line["uid"]: change for change in news if change.kind != "removed"}
    days: dict[date, Day] = {}
    for raw in lines:
        line = line_of(raw)
        if line.uid in marked:
            line.change, line.told = marked[line.uid].kind, change_words(marked[line.uid])
        days.setdefault(line.starts.date(), Day(line.starts.date())).lines.append(line)
    return [days[day] for day in sorted(days)]


def change_words(change: Change) -> list[str]:
    """What is other, field by field: before and after."""
    told = ((FIELDS[name], _value(name, before), _value(name, after)) for name, before, after in change.fields)
    return [str(word) + _(": ") + f"{before} → {after}" for word, before, after in told]


def _value(name: str, text: str) -> str:
    if name in ("starts_at", "ends_at") and text:
        return datetime.fromisoformat(text).strftime("%m-%d %H:%M")
    if name == "kind":
        return str(KINDS.get(text, text))
    return audience_words(text) if name == "audience" else text or "–"


def news_of(before: Programme | None, lines: Sequence[Mapping[str, str]]) -> list[Change]:
    """What lines change against a published version; the first version has no news."""
    return changes(before.lines, lines) if before is not None else []


def clash_words(found: Sequence[Clash], lines: Sequence[Mapping[str, str]]) -> list[str]:
    """What stands in each other's way, as sentences."""
    named = {line["uid"]: line_of(line) for line in lines}
    told = []
    for clash in found:
        first, second = _named(named, clash.first), _named(named, clash.second)
        subject = str(AUDIENCES.get(clash.subject, clash.subject))
        told.append(_SENTENCES[clash.kind] % {"subject": subject} + _(": ") + first + _("; ") + second)
    return told


_SENTENCES: Mapping[str, Any] = {
    "place": gettext_lazy("Two things in %(subject)s at once"),
    "audience": gettext_lazy("%(subject)s would have to be in two places"),
    "person": gettext_lazy("A contestant has two sessions at once (%(subject)s)"),
    "judge": gettext_lazy("A judge sits in two places at once (%(subject)s)"),
}


def _named(named: Mapping[str, Line], uid: str) -> str:
    if uid not in named:
        return _("a session of another event")
    return f"{named[uid].what} {named[uid].starts:%m-%d %H:%M}–{named[uid].ends:%H:%M}"


def calendar_in_letter(note: Note) -> str:
    """What a notice puts in the place of the calendar: the reader's secret links; without any the public programme."""
    if lines := calendar_lines(note):
        return "\n".join(lines)
    code = str(note.params.get("event_code", ""))
    return f"{settings.PUBLIC_URL}{reverse('venues:programme', args=[code])}" if code else ""


def calendar_lines(note: Note) -> list[str]:
    """The reader's secret calendar links, for a letter."""
    words = _("For your calendar (%(what)s): %(url)s")
    return [
        words % {"what": link.grant.scope_label, "url": f"{settings.PUBLIC_URL}{path_of(link)}"}
        for link in links_of(note.recipient_id or 0)
    ]
