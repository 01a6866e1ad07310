"""The rows of a checked workbook, kept encrypted until it is confirmed and for some days more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from backend.people.services import id_number_index
from competitions.registration.models import EntryImport, ImportRow
from competitions.registration.services.checking import CheckedRow, CheckReport
from competitions.registration.services.judging import Place

BATCH = 500


def keep_rows(entry_import: EntryImport, report: CheckReport) -> None:
    """Write every row with its problems, in the caller's transaction."""
    lost, topics = report.lost_by_place(), report.topics_by_place()
    for start in range(0, len(report.rows), BATCH):
        batch = report.rows[start : start + BATCH]
        ImportRow.objects.bulk_create([_row(entry_import, row, lost, topics) for row in batch])


def _row(
    entry_import: EntryImport, row: CheckedRow, lost: Mapping[Place, int], topics: Mapping[Place, dict[str, str]]
) -> ImportRow:
    line = row.line
    made = ImportRow(
        entry_import=entry_import,
        school=row.school,
        person_index=id_number_index(row.read.member.id_number) if row.ok and row.kind == "new" else "",
        number=row.number,
        ok=row.ok,
        kind=row.kind,
        problems=[asdict(problem) for problem in row.problems],
        fixes=[{"cell": fix.cell, "code": fix.code} for fix in row.fixes],
        changes=line.changes if line else [],
    )
    payload: dict[str, Any] = {
        "school": row.read.school,
        "team_number": row.read.team_number,
        "tech_platform": row.read.tech_platform,
        "place": row.place,
        **row.read.topics,
        "lost": lost.get(row.place, 0) if row.place else 0,
        "team": topics.get(row.place, {}) if row.place else {},
        "member": asdict(row.read.member),
    }
    made.put("payload", json.dumps(payload, ensure_ascii=False))
    return made
