"""A checked list on its way into the event: some schools at a time, in the one transaction of its confirmation."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from sys import intern
from typing import Any

from django.db.models import Count

from backend.core.actor import Actor
from backend.people.services import ensure_persons
from competitions.registration.errors import ImportMoved
from competitions.registration.models import EntryImport, ImportRow
from competitions.registration.rulebook import EntryDraft, MemberDraft
from competitions.registration.services.entering import enter_many, person_of
from competitions.registration.services.judging import Place
from competitions.registration.services.opening import lock_schools
from competitions.registration.services.quotas import lock_quotas

AT_ONCE = 500  # rows whose people are made at once, and about as many whose teams are entered at once
READ = ("uid", "entry_import", "payload_sealed")  # the import too: what is left out of a row would be asked for again
OFTEN = frozenset(("role", "id_type", "sex", "major_code", "major_name", "grade"))


def take_rows(*, actor: Actor, entry_import: EntryImport) -> int:
    """Enter the good rows in the caller's transaction, never more of them in memory than a few schools' own.

    Everything that two lists may wait for is locked or made first, each in its one order: in batches two lists would
    meet it in any order and wait for each other in a circle. Returns how many teams. Raises what `enter_many` raises,
    and ImportMoved for rows of which no school was kept.
    """
    per_school = _rows_per_school(entry_import)
    if sum(per_school.values()) != entry_import.rows_ok:
        raise ImportMoved
    schools = lock_schools(per_school)
    lock_quotas(entry_import.event, schools.values())
    _make_people(entry_import)
    return sum(
        len(enter_many(actor=actor, event=entry_import.event, drafts=_drafts_of(entry_import, some)))
        for some in _some_schools(per_school)
    )


def _rows_per_school(entry_import: EntryImport) -> dict[str, int]:
    """Good rows by school uid."""
    named = entry_import.rows.filter(ok=True).exclude(school=None).order_by("school")
    counted = named.values("school").annotate(n=Count("pk")).values_list("school__uid", "n")
    return {str(uid): n for uid, n in counted}


def _some_schools(per_school: dict[str, int]) -> Iterator[list[str]]:
    """The schools in groups of about AT_ONCE rows; one school's teams are counted together, so it is never parted."""
    some: list[str] = []
    rows = 0
    for uid, n in per_school.items():
        if some and rows + n > AT_ONCE:
            yield some
            some, rows = [], 0
        some.append(uid)
        rows += n
    yield some


def _make_people(entry_import: EntryImport) -> None:
    """Everybody whom the list brings into the system, in the order of their indexes."""
    new = entry_import.rows.filter(ok=True).exclude(person_index="").order_by("person_index")
    rows = new.only(*READ).iterator(AT_ONCE)
    while some := [person_of(MemberDraft(**_payload(row)["member"])) for row in islice(rows, AT_ONCE)]:
        ensure_persons(some)


def _drafts_of(entry_import: EntryImport, schools: list[str]) -> list[EntryDraft]:
    """The good rows of some schools as teams, in the order of the sheet."""
    members: dict[Place, list[MemberDraft]] = defaultdict(list)
    facts: dict[Place, dict[str, Any]] = {}
    rows = entry_import.rows.filter(ok=True, school__uid__in=schools).only(*READ)
    for row in rows.iterator(AT_ONCE):
        payload = _payload(row)
        place = (payload["place"][0], payload["place"][1])
        if place not in facts:
            own = {"tech_platform": payload["tech_platform"], "lost_rows": payload["lost"]}
            facts[place] = {**own, **payload.get("team", {})}
        members[place].append(MemberDraft(**_shared(payload["member"])))
    return [
        EntryDraft(school=place[0], team_number=place[1], members=tuple(people), **facts[place])
        for place, people in members.items()
    ]


def _payload(row: ImportRow) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row.reveal("payload"))
    return found


def _shared(member: dict[str, Any]) -> dict[str, Any]:
    """Words that many rows say (roles, majors, grades) are held once."""
    return {key: intern(value) if isinstance(value, str) and key in OFTEN else value for key, value in member.items()}
