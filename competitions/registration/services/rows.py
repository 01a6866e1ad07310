"""The rows of a checked workbook: kept encrypted, read back as teams."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from sys import intern
from typing import Any

from competitions.registration.models import EntryImport, ImportRow
from competitions.registration.rulebook import EntryDraft, MemberDraft
from competitions.registration.services.checking import CheckedRow, CheckReport
from competitions.registration.services.judging import Place

BATCH = 500
OFTEN = frozenset(("role", "id_type", "sex", "major_code", "major_name", "grade"))


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


def drafts_of(entry_import: EntryImport) -> list[EntryDraft]:
    """The good rows as teams, in the order of the sheet."""
    members: dict[Place, list[MemberDraft]] = defaultdict(list)
    facts: dict[Place, dict[str, Any]] = {}
    for row in entry_import.rows.filter(ok=True).iterator(BATCH):
        payload = json.loads(row.reveal("payload"))
        place = (payload["place"][0], payload["place"][1])
        if place not in facts:  # not the payload itself: ten thousand of them would be held
            own = {"tech_platform": payload["tech_platform"], "lost_rows": payload["lost"]}
            facts[place] = {**own, **payload.get("team", {})}
        members[place].append(MemberDraft(**_shared(payload["member"])))
    return [
        EntryDraft(school=place[0], team_number=place[1], members=tuple(people), **facts[place])
        for place, people in members.items()
    ]


def _shared(member: dict[str, Any]) -> dict[str, Any]:
    """Words that many rows say (roles, majors, grades) are held once."""
    return {key: intern(value) if isinstance(value, str) and key in OFTEN else value for key, value in member.items()}
