"""Marking schemes: taken only when they add up, locked before the first mark."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from competitions.contests.models import Round
from competitions.contests.selectors import rules_of
from competitions.contests.services import move_event
from competitions.draw.models import Work
from competitions.judges.models import Seat
from competitions.scoring import imports
from competitions.scoring.errors import NotReadyToScore, SchemeDoesNotAddUp, SchemeLocked
from competitions.scoring.models import SCHEME, Aspect, Scheme, Sheet, SubCriterion, WorkTotal
from competitions.scoring.permissions import may_prepare


@transaction.atomic
def import_scheme(*, actor: Actor, round: Round, content: bytes, file_name: str) -> Scheme:
    """Take a CIS workbook as the round's draft scheme; it replaces the former draft.

    Raises SchemeDoesNotAddUp with every cell, SchemeLocked, NotAllowed.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("event__rule_set").get(pk=round.pk)
    require(may_prepare(actor, round.event))
    if round.schemes.filter(state="locked").exists():
        raise SchemeLocked
    read, problems = imports.read_cis_scheme(content, file_name)
    if read is None or problems:
        raise SchemeDoesNotAddUp({p.cell or "A1": p.message for p in problems})
    agreed = rules_of(round.event).scheme_total
    if read.marks != agreed:
        text = _("The scheme gives %(sum)s marks; the rules of the event say %(total)s.")
        raise SchemeDoesNotAddUp({read.total_cell or "A1": text % {"sum": read.marks, "total": agreed}})
    round.schemes.filter(state="draft").update(state=SCHEME.after("draft", "replace"))
    scheme = _write(round, read, hashlib.sha256(content).hexdigest())
    audit.record(
        actor=actor,
        action="scheme.import",
        subject=scheme.ref,
        event_code=round.event.code,
        aspects=len(read.aspects),
        total=str(scheme.total),
    )
    return scheme


def _write(round: Round, read: imports.Scheme, sha256: str) -> Scheme:
    rules = rules_of(round.event)
    rounding = imports.Rounding(judgement=rules.judgement_round, total=rules.result_round)
    nodes: dict[str, Any] = imports.tabulation_nodes(read, rounding=rounding)
    for node in nodes["nodes"]:
        if node["kind"] == "judgement":
            node["max_spread"] = rules.max_spread
    version = (round.schemes.aggregate(last=Max("version"))["last"] or 0) + 1
    scheme = Scheme.objects.create(
        round=round,
        version=version,
        title=read.title[:120],
        total=read.marks,
        nodes=nodes,
        sections=[{"number": s.number, "name": s.name, "marks": str(s.marks)} for s in read.sections],
        criteria=[{"id": c.id, "name": c.name, "mark": str(c.mark)} for c in read.criteria if c.mark],
        file_sha256=sha256,
    )
    for position, sub in enumerate(read.sub_criteria, 1):
        row = SubCriterion.objects.create(
            scheme=scheme,
            position=position,
            code=sub.code,
            criterion=sub.criterion,
            name=sub.name[:200],
            day=sub.day[:20],
            max=sum(a.max for a in sub.aspects if a.max),
        )
        Aspect.objects.bulk_create(
            Aspect(
                sub_criterion=row,
                position=n,
                code=a.code,
                kind=a.type,
                name=a.description[:400],
                extra=a.extra,
                requirement=a.requirement,
                section=a.section,
                max=a.max or 0,
                levels=list(a.levels),
            )
            for n, a in enumerate(sub.aspects, 1)
        )
    return scheme


@transaction.atomic
def lock_scheme(*, actor: Actor, scheme: Scheme) -> Scheme:
    """From here on nothing of the scheme changes."""
    Round.objects.select_for_update(of=("self",)).get(pk=scheme.round_id)  # no import replaces the draft meanwhile
    scheme = Scheme.objects.select_for_update(of=("self",)).select_related("round__event").get(pk=scheme.pk)
    require(may_prepare(actor, scheme.round.event))
    scheme.state, scheme.locked_at = SCHEME.after(scheme.state, "lock"), clock.now()
    scheme.save(update_fields=["state", "locked_at"])
    audit.record(actor=actor, action="scheme.lock", subject=scheme.ref, event_code=scheme.round.event.code)
    return scheme


@transaction.atomic
def open_scoring(*, actor: Actor, round: Round) -> int:
    """Lay out every judge's sheets, in code order, and start. Returns how many sheets there are."""
    round = Round.objects.select_for_update(of=("self",)).select_related("event").get(pk=round.pk)
    require(may_prepare(actor, round.event))
    scheme = round.schemes.filter(state="locked").first()
    works = list(Work.objects.filter(round=round).order_by("code"))
    seats: dict[int, list[Seat]] = {}
    for seat in Seat.objects.filter(panel__round=round, duty="judge", ended_at=None).order_by("number"):
        seats.setdefault(seat.panel_id, []).append(seat)
    ready = [w for w in works if w.panel_id in seats and any(s.records for s in seats[w.panel_id])]
    if scheme is None or not works or len(ready) < len(works):
        raise NotReadyToScore
    subs = list(scheme.sub_criteria.all())
    sheets = [
        Sheet(work=work, sub_criterion=sub, seat=seat)
        for work in works
        for sub in subs
        for seat in seats[work.panel_id or 0]
    ]
    Sheet.objects.bulk_create(sheets, batch_size=500)
    WorkTotal.objects.bulk_create(WorkTotal(work=w, sheets_all=len(subs) * len(seats[w.panel_id or 0])) for w in works)
    move_event(actor=actor, event=round.event, verb="start_scoring")
    audit.record(
        actor=actor,
        action="scoring.open",
        subject=round.ref,
        event_code=round.event.code,
        works=len(works),
        sheets=len(sheets),
    )
    return len(sheets)
