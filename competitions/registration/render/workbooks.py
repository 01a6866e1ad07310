"""The registration workbook that schools fill in: empty, or with the teams that stand."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from backend.spreadsheets.columns import Column, Value
from backend.spreadsheets.template import write_template
from backend.spreadsheets.writer import OutColumn
from competitions.contests.models import Event
from competitions.registration.imports import DIVISION_WORDS, ID_TYPE_WORDS, ROLE_WORDS, SEX_WORDS, columns_for
from competitions.registration.models import Entry
from competitions.registration.rulebook.topics import TOPICS
from competitions.registration.selectors import roster
from competitions.registration.selectors.topics import topic_fields

WIDE = ("school", "id_number", "event_name", "topic")


def template_workbook(event: Event, entries: Iterable[Entry] = ()) -> bytes:
    """The event's workbook with its lists; entries read with `live_members()` come first, as they stand."""
    layout = columns_for(topic_fields(event))
    titles = {column.key: column.headers[0] for column in layout}
    columns = [OutColumn(column.headers[0], 20 if column.key in WIDE else 12) for column in layout]
    lists = {
        titles["event_code"]: [event.code],
        titles["role"]: list(ROLE_WORDS.values()),
        titles["sex"]: list(SEX_WORDS.values()),
        titles["id_type"]: list(ID_TYPE_WORDS.values()),
    }
    if event.tech_platforms:
        lists[titles["tech_platform"]] = list(event.tech_platforms)
    notes = _("One person a row. Set the ID number column to text. Do not change the header.")
    filled = [_in_order(layout, row) for entry in entries for row in _rows(event, entry)]
    prefill = _in_order(layout, _of_event(event))
    return write_template(columns, title="报名表", notes=notes, lists=lists, filled=filled, prefill=prefill)


def _of_event(event: Event) -> dict[str, Value]:
    division = DIVISION_WORDS.get(event.division)
    return {"event_code": event.code, "event_name": event.name, "division": division}


def _rows(event: Event, entry: Entry) -> list[dict[str, Value]]:
    """A team as the rows of its members."""
    team = {**_of_event(event), "school": entry.school.name, "team_number": entry.team_number}
    team |= {key: getattr(entry, key) for key in ("tech_platform", *TOPICS)}
    return [
        {
            **team,
            "role": ROLE_WORDS[member.role],
            "name": member.reveal("name"),
            "sex": SEX_WORDS.get(member.sex),
            "id_type": ID_TYPE_WORDS.get(member.person.id_type),
            "id_number": member.person.reveal("id_number"),
            "study_number": member.reveal("study_number"),
            "major_code": member.major_code,
            "major_name": member.major_name,
            "grade": member.grade,
            "phone": member.reveal("phone"),
            "remark": member.remark,
        }
        for member in roster(entry)
    ]


def _in_order(layout: Iterable[Column], values: dict[str, Value]) -> list[Value]:
    return [values.get(column.key) for column in layout]
