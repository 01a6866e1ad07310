"""Questions about the pool and its nominations."""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.people.enums import ScopeKind
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.judges.models import ConductNote, Declaration, Judge, Nomination

LIVE = ("nominated", "accepted")


def pool_of(
    actor: Actor, *, words: str = "", state: str = "", kind: str = "", skill: str = "", province: str = ""
) -> QuerySet[Judge]:
    """Judges the actor may see, by unit; an empty filter means all. words: of the unit (names are encrypted)."""
    found: QuerySet[Judge] = Judge.objects.visible_to(actor).select_related("unit", "person")
    if words:
        found = found.filter(Q(unit_name__icontains=words) | Q(title__icontains=words))
    filters = {"state": state, "unit_kind": kind, "province": province}
    found = found.filter(**{key: value for key, value in filters.items() if value})
    if skill:  # a JSON list is searched as text: codes are digits in quotes
        found = found.filter(skills__icontains=f'"{skill}')
    counted: QuerySet[Judge] = found.annotate(served=Count("services", distinct=True)).order_by("unit_name", "pk")
    return counted


def judge_of(actor: Actor, uid: UUID) -> Judge:
    """One judge of the pool; NotFound when the actor may not see them."""
    found: Judge | None = (
        Judge.objects.visible_to(actor)
        .select_related("unit", "person")
        .prefetch_related(
            "services",
            Prefetch(
                "declarations", Declaration.objects.filter(ended_at=None).select_related("school"), to_attr="said"
            ),
        )
        .filter(uid=uid)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def conduct_of(actor: Actor, judge: Judge) -> QuerySet[ConductNote]:
    """The notes on how a judge served, for those who may read them."""
    found: QuerySet[ConductNote] = ConductNote.objects.visible_to(actor).filter(judge=judge).select_related("event")
    return found


def nominations_of(actor: Actor, event: Event) -> QuerySet[Nomination]:
    """Whom the schools named for an event: a school its own, the organisers all."""
    found = Nomination.objects.visible_to(actor).filter(event=event)
    ordered: QuerySet[Nomination] = found.select_related("judge__unit", "judge__person", "school", "event").order_by(
        "school__name", "-created_at", "pk"
    )
    return ordered


def nomination_of(actor: Actor, uid: UUID) -> Nomination:
    found: Nomination | None = (
        Nomination.objects.visible_to(actor).select_related("event", "school", "judge").filter(uid=uid).first()
    )
    if found is None:
        raise NotFound
    return found


def live_nominations(event: Event, school: Organisation) -> int:
    """How many of a school's names stand for an event."""
    return Nomination.objects.filter(event=event, school=school, state__in=LIVE).count()


def nominating_school(actor: Actor) -> Organisation | None:
    """The school whose coordinator the actor is."""
    key = actor.scope_key(ScopeKind.ORGANISATION)
    return Organisation.objects.filter(uid=key).first() if key else None


def invited(word: str) -> Judge:
    """The judge behind a link that still holds; NotFound otherwise."""
    digest = hashlib.sha256(word.encode()).hexdigest()
    found = Judge.objects.filter(invitation=digest, invited_until__gte=clock.now()).first()
    if found is None:
        raise NotFound
    return found


def age_of(judge: Judge, on: date) -> int | None:
    """Completed years on a day, None while the birth date is not known."""
    born = judge.person.birth_date
    return None if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def open_declarations(judge: Judge) -> QuerySet[Declaration]:
    """What a judge has declared and not taken back."""
    found: QuerySet[Declaration] = Declaration.objects.filter(judge=judge, ended_at=None).select_related("school")
    return found.order_by("pk")
