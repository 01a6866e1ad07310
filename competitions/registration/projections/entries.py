"""Entries and imports as their pages show them: words for what is missing, masked numbers, the sheet as a grid."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from backend.people.rulebook import mask_id_number, mask_phone
from backend.spreadsheets.columns import Fix
from competitions.contests.models import Event
from competitions.contests.selectors import rules_of
from competitions.registration.enums import FIELD_WORDS, ROLE_WORDS, SEX_WORDS
from competitions.registration.errors.texts import finding_text
from competitions.registration.imports import SHOWN
from competitions.registration.models import Entry, EntryImport, ImportRow, Member
from competitions.registration.rulebook import Finding, gaps_of
from competitions.registration.selectors import counts_of, roster

ROLE_ORDER = ("contestant", "instructor", "leader")


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member on a page; the number only masked."""

    member: Member
    role: Any
    name: str
    id_number: str
    phone: str
    study_number: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    entry: Entry
    people: dict[str, list[str]]
    missing: list[str]


def member_lines(members: Iterable[Member]) -> list[MemberLine]:
    ordered = sorted(members, key=lambda m: (ROLE_ORDER.index(m.role), m.position, m.pk))
    return [
        MemberLine(
            member=m,
            role=ROLE_WORDS[m.role],
            name=m.reveal("name"),
            id_number=mask_id_number(m.person.reveal("id_number")),
            phone=mask_phone(m.reveal("phone")),
            study_number=m.reveal("study_number"),
        )
        for m in ordered
    ]


def entry_lines(entries: Iterable[Entry], event: Event) -> list[EntryLine]:
    """Entries with the names of their people and what each still lacks."""
    lines = []
    for entry in entries:
        people: dict[str, list[str]] = {role: [] for role in ROLE_ORDER}
        for member in roster(entry):
            people[member.role].append(member.reveal("name"))
        lines.append(EntryLine(entry, people, missing_words(entry, event)))
    return lines


def missing_words(entry: Entry, event: Event) -> list[str]:
    """What keeps a team from being submitted, in words; [] when nothing does."""
    if entry.state not in ("draft", "incomplete"):
        return []
    words = {
        "contestant": _("contestants missing: %(n)s"),
        "instructor": _("instructors missing: %(n)s"),
        "leader": _("leaders missing: %(n)s"),
    }
    found = [words[role] % {"n": n} for role, n in gaps_of(counts_of(entry), rules_of(event).team)]
    if not found and entry.state == "incomplete":
        found = [_("a row of its list was refused: mend it there, or save this entry as it is")]
    return found


@dataclass(frozen=True, slots=True)
class GridCell:
    at: str
    text: str
    tone: str = ""  # "bad", "tidied" or "changed"


@dataclass(frozen=True, slots=True)
class GridRow:
    row: ImportRow
    cells: list[GridCell]
    others: list[str] = field(default_factory=list)  # problems at cells the grid does not show


def grid_columns(entry_import: EntryImport) -> list[tuple[str, str, Any]]:
    """(key, letter, title) of the columns shown, in the order of the sheet."""
    found = [(key, entry_import.headers[key], FIELD_WORDS[key]) for key in SHOWN if key in entry_import.headers]
    return sorted(found, key=lambda c: (len(c[1]), c[1]))


def grid_rows(entry_import: EntryImport, rows: Iterable[ImportRow]) -> list[GridRow]:
    columns = grid_columns(entry_import)
    return [_grid_row(row, columns) for row in rows]


def _grid_row(row: ImportRow, columns: list[tuple[str, str, Any]]) -> GridRow:
    payload = json.loads(row.reveal("payload"))
    shown = {**payload["member"], **payload}
    bad = {p["cell"]: p for p in row.problems}
    tidied = {f["cell"] for f in row.fixes}
    cells = []
    for key, letter, _title in columns:
        at = f"{letter}{row.number}"
        tone = "bad" if at in bad else "changed" if key in row.changes else "tidied" if at in tidied else ""
        cells.append(GridCell(at, _shown(key, shown.get(key)), tone))
    letters = {letter for _key, letter, _title in columns}
    return GridRow(row, cells, [at for at in bad if at.rstrip("0123456789") not in letters])


def _shown(key: str, value: Any) -> str:
    text = str(value or "")
    if key == "id_number":
        return mask_id_number(text)
    if key == "phone":
        return mask_phone(text)
    if key == "role":
        return str(ROLE_WORDS.get(text, text))
    if key == "sex":
        return str(SEX_WORDS.get(text, text))
    return text


def problem_lines(row: ImportRow) -> list[dict[str, Any]]:
    """The row's problems, said in the reader's language where they can be."""
    lines = []
    for problem in row.problems:
        params = problem.get("params")
        if params is not None:
            finding = Finding(problem["code"], "", row.number, params, problem["other_row"])
            problem = {**problem, "message": finding_text(finding)}
        lines.append(problem)
    return lines


def fix_words(row: ImportRow) -> list[tuple[str, str]]:
    return [(f["cell"], Fix(f["cell"], f["code"]).message) for f in row.fixes]
