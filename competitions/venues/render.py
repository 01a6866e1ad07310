"""The programme on paper and in calendars."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from certificates.credentials.render import fonts
from competitions.contests.models import Event
from competitions.venues.models import Programme
from competitions.venues.projections.schedule import days_of, line_of

TEMPLATE = Path(__file__).parent / "templates" / "venues" / "programme.typ"


def programme_pdf(event: Event, programme: Programme, *, words: Mapping[str, str]) -> bytes:
    """A published version as PDF, with its number and the hash of what it shows. words: the headings."""
    days = [
        {
            "title": day.title,
            "lines": [
                {
                    "time": f"{line.starts:%H:%M}–{line.ends:%H:%M}",
                    "what": line.what,
                    "place": line.place,
                    "audience": line.audience,
                    "responsible": line.responsible,
                }
                for line in day.lines
            ],
        }
        for day in days_of(programme.lines)
    ]
    data = {"event": f"{event.code} {event.name}", "edition": event.edition.name, "days": days, "words": dict(words)}
    data["hash"] = programme.sha256[:16]
    compiler: Any = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts(), ignore_system_fonts=True)
    made: bytes = compiler.compile(format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)})
    return made


def calendar_file(parts: Iterable[tuple[Event, Iterable[Mapping[str, str]]]], *, name: str, stamp: datetime) -> bytes:
    """Lines of events as an iCalendar file; a line keeps its identity over versions, so calendars update it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Saixunzheng//schedule//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for event, lines in parts:
        for raw in lines:
            line = line_of(raw)
            entry = CalendarEvent()
            entry.add("uid", f"{line.uid}@saixunzheng")
            entry.add("dtstamp", stamp)
            entry.add("dtstart", line.starts.astimezone(UTC))  # a zone by name would need its rules in the file
            entry.add("dtend", line.ends.astimezone(UTC))
            entry.add("summary", event.name + _(": ") + line.what)
            entry.add("location", line.place)
            calendar.add_component(entry)
    made: bytes = calendar.to_ical()
    return made
