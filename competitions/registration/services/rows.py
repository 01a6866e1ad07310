"""The rows of a checked workbook, kept encrypted until it is confirmed and for some days more."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from itertools import islice
from typing import Any

from backend.people.services import id_number_index
from competitions.registration.models import EntryImport, ImportRow
from competitions.registration.services.checked import CheckedRow

BATCH = 500


def keep_rows(entry_import: EntryImport, rows: Iterable[CheckedRow]) -> None:
    """Write every row with its problems, in the caller's transaction."""
    waiting = iter(rows)
    while batch := [_row(entry_import, row) for row in islice(waiting, BATCH)]:
        ImportRow.objects.bulk_create(batch)


def _row(entry_import: EntryImport, row: CheckedRow) -> ImportRow:
    made = ImportRow(
        entry_import=entry_import,
        school_id=row.school,
        person_index=id_number_index(row.read.member.id_number) if row.ok and row.kind == "new" else "",
        number=row.number,
        ok=row.ok,
        kind=row.kind,
        problems=[asdict(problem) for problem in row.problems],
        fixes=[{"cell": fix.cell, "code": fix.code} for fix in row.fixes],
        changes=row.changes,
    )
    payload: dict[str, Any] = {
        "school": row.read.school,
        "team_number": row.read.team_number,
        "tech_platform": row.read.tech_platform,
        "place": row.place,
        **row.read.topics,
        "lost": row.lost,
        "team": row.team,
        "member": asdict(row.read.member),
    }
    made.put("payload", json.dumps(payload, ensure_ascii=False))
    return made
