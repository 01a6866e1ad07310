"""Stored totals of works, so that a board never adds up an event's marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.tabulation import compute_entry, read_scheme, value_text
from competitions.contests.models import Round
from competitions.draw.models import Work
from competitions.scoring.models import Scheme, Sheet, WorkTotal
from competitions.scoring.selectors import marks_of, sheets_of_works


@dataclass(frozen=True, slots=True)
class Plan:
    """A locked scheme, read. leaves: criterion -> its aspects' codes."""

    scheme: Any
    leaves: dict[str, list[str]]


@lru_cache(maxsize=64)
def _plan(uid: UUID) -> Plan:
    """A locked scheme never changes: read once per process."""
    scheme = Scheme.objects.get(uid=uid)
    aspects = [n["code"] for n in scheme.nodes["nodes"] if n["kind"] in ("measurement", "judgement")]
    leaves = {c["id"]: [code for code in aspects if code.startswith(c["id"])] for c in scheme.criteria}
    return Plan(read_scheme(scheme.nodes), leaves)


@transaction.atomic
def renew_totals(round: Round, work_uids: Iterable[str] = ()) -> list[WorkTotal]:
    """Recompute the named works (none named: all of the round) from their official marks.

    Called by the source of totals, under its topic's row lock: whoever writes a total later has read the marks later.
    """
    locked = Scheme.objects.filter(round=round, state="locked").values_list("uid", flat=True).first()
    if locked is None:
        return []
    plan = _plan(locked)
    works = Work.objects.filter(round=round)
    named = [u for u in work_uids if u]
    found = list(works.filter(uid__in=named) if named else works)
    sheets: dict[int, list[Sheet]] = {}
    for sheet in sheets_of_works(found):
        sheets.setdefault(sheet.work_id, []).append(sheet)
    totals = [_total(work, plan, sheets.get(work.pk, [])) for work in found]
    WorkTotal.objects.bulk_create(
        totals,
        update_conflicts=True,
        unique_fields=["work"],
        update_fields=["total", "by_criterion", "sheets_done", "sheets_all", "unresolved", "partial"],
    )
    return totals


def _total(work: Work, plan: Plan, sheets: list[Sheet]) -> WorkTotal:
    parsed = plan.scheme
    leaves: dict[str, list[Decimal]] = {}
    for row in marks_of(sheets, {work.pk: work.code}):
        leaves.setdefault(row["node"], []).append(Decimal(row["value"]))
    values = compute_entry(parsed, leaves, work.status)
    by_criterion = {id_: str(_so_far(codes, values.values)) for id_, codes in plan.leaves.items()}
    total = values.total
    return WorkTotal(
        work=work,
        total=None if total is None else value_text(parsed.by_code[parsed.total], total),
        partial=sum((Decimal(v) for v in by_criterion.values()), Decimal(0)),
        by_criterion=by_criterion,
        sheets_done=sum(s.state == "submitted" for s in sheets),
        sheets_all=len(sheets),
        unresolved=sorted(values.unresolved),
    )


def _so_far(aspects: list[str], values: Any) -> Decimal:
    """The points of a criterion's aspects that have a value already, to two digits: a picture, not a result."""
    mine = [value for code in aspects if (value := values.get(code)) is not None]
    exact = sum(mine, start=0)
    return round(Decimal(exact.numerator) / Decimal(exact.denominator), 2) if mine else Decimal("0.00")
