"""The registration workbook that schools fill in: empty, or with the teams that stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from backend.people.models import Organisation
from backend.spreadsheets.columns import Column, Value
from backend.spreadsheets.template import write_template
from backend.spreadsheets.writer import OutColumn, Sheet
from competitions.contests.models import Event
from competitions.registration.imports import DIVISION_WORDS, ID_TYPE_WORDS, ROLE_WORDS, SEX_WORDS, columns_for
from competitions.registration.models import Entry, Member
from competitions.registration.rulebook.topics import TOPICS
from competitions.registration.selectors import roster
from competitions.registration.selectors.known import words_of_school
from competitions.registration.selectors.topics import topic_fields

WIDE = ("school", "id_number", "event_name", "topic")


# What is known of a person, in the order of the sheet to copy from.
KNOWN = ("role", "name", "sex", "id_type", "id_number", "study_number", "major_code", "major_name", "grade", "phone")


def template_workbook(
    event: Event,
    entries: Iterable[Entry] = (),
    *,
    school: Organisation | None = None,
    people: Sequence[Member] | None = None,
) -> bytes:
    """The event's workbook with its lists; entries read with `live_members()` come first, as they stand.

    school: whose name each empty row begins with, and whose majors and grades are offered. people: whom it has entered
    elsewhere, on a sheet to copy from.
    """
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
    words = words_of_school(school) if school else {}
    offers = {titles[key]: known for key, known in words.items()}
    if school:
        lists[titles["school"]] = [school.name]
    notes = _("One person a row. Set the ID number column to text. Do not change the header.")
    filled = [_in_order(layout, row) for entry in entries for row in _rows(event, entry)]
    prefill = _in_order(layout, {**_of_event(event), "school": school.name if school else None})
    aside = [_people_sheet(layout, people)] if people else []
    return write_template(
        columns, title="报名表", notes=notes, lists=lists, filled=filled, prefill=prefill, offers=offers, aside=aside
    )


def _people_sheet(layout: Iterable[Column], people: Iterable[Member]) -> Sheet:
    """Without the columns of event and team: never taken for the list itself."""
    columns = [column for column in layout if column.key in KNOWN]
    out = [OutColumn(column.headers[0], 20 if column.key in WIDE else 12) for column in columns]
    return _("People of our school"), out, [_in_order(columns, _of_person(member)) for member in people]


def _of_event(event: Event) -> dict[str, Value]:
    division = DIVISION_WORDS.get(event.division)
    return {"event_code": event.code, "event_name": event.name, "division": division}


def _rows(event: Event, entry: Entry) -> list[dict[str, Value]]:
    """A team as the rows of its members."""
    team = {**_of_event(event), "school": entry.school.name, "team_number": entry.team_number}
    team |= {key: getattr(entry, key) for key in ("tech_platform", *TOPICS)}
    return [{**team, **_of_person(member), "remark": member.remark} for member in roster(entry)]


def _of_person(member: Member) -> dict[str, Value]:
    return {
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
    }


def _in_order(layout: Iterable[Column], values: dict[str, Value]) -> list[Value]:
    return [values.get(column.key) for column in layout]
