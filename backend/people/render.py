"""Workbooks to be filled in."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from backend.people.imports import COLUMNS, KIND_WORDS
from backend.people.models import Membership
from backend.spreadsheets.columns import Value
from backend.spreadsheets.template import write_template
from backend.spreadsheets.writer import OutColumn

WIDTHS = {"name": 36, "kind": 14, "council_role": 18, "contact": 12, "phone": 18, "uscc": 24}


def members_template(title: str, members: Iterable[Membership] = ()) -> bytes:
    """The list of members to fill in; members: those that stand already, with whom to ask there."""
    columns = [OutColumn(column.headers[0], WIDTHS.get(column.key, 12), column.kind) for column in COLUMNS]
    titles = {column.key: column.headers[0] for column in COLUMNS}
    lists = {titles["kind"]: list(KIND_WORDS.values()), titles["fresh"]: ["是"]}
    notes = _("One organisation a row, by its full name; former names are found too. Do not change the header.")
    return write_template(columns, title=title, notes=notes, lists=lists, filled=[_row(m) for m in members])


def _row(member: Membership) -> list[Value]:
    values: dict[str, Value] = {
        "name": member.organisation.name,
        "kind": KIND_WORDS[member.kind],  # type: ignore[index]
        "joined_on": member.joined_on,
        "council_role": member.council_role,
        "contact": member.told("contact"),
        "phone": member.told("phone"),
        "uscc": member.organisation.uscc,
    }
    return [values.get(column.key) for column in COLUMNS]
