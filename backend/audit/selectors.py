"""Questions to the audit: the timeline of a thing, and whether the chain still holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from backend.audit.models import AuditEntry, AuditSeal
from backend.audit.rulebook import GENESIS, canonical_entry, seal_hash
from backend.core.actor import Actor
from backend.core.refs import Ref


@dataclass(frozen=True)
class Verdict:
    """sealed: seals checked; unsealed: entries not yet sealed; problem: "" or what is wrong first, with its number."""

    sealed: int
    unsealed: int
    problem: str


def timeline_of(actor: Actor, subject: Ref, limit: int = 50) -> QuerySet[AuditEntry]:
    """What happened to a thing, newest first; the caller has already decided that the actor may see the thing."""
    return AuditEntry.objects.filter(subject_kind=subject.kind, subject_key=subject.key).order_by("-pk")[:limit]


def timeline_of_event(actor: Actor, event_code: str, limit: int = 50) -> QuerySet[AuditEntry]:
    """What happened in an event, newest first; the caller has already decided that the actor may see it."""
    return AuditEntry.objects.filter(event_code=event_code).order_by("-pk")[:limit]


def verify(actor: Actor) -> Verdict:
    """Recompute the whole chain and compare it with the head kept outside the database."""
    previous, count, problem = GENESIS, 0, ""
    known_heads = _heads()
    for seal in AuditSeal.objects.select_related("entry").order_by("sequence").iterator(2000):
        count += 1
        wanted = seal_hash(previous, count, canonical_entry(seal.entry))
        if seal.sequence != count:
            problem = f"seal {count} is missing"
        elif seal.previous != previous or seal.hash != wanted:
            problem = f"entry {count} was altered"
        elif count in known_heads and known_heads[count] != seal.hash:
            problem = f"entry {count} differs from the head kept outside"
        if problem:
            break
        previous = seal.hash
    if not problem and known_heads and max(known_heads) > count:
        problem = f"the tail is cut: {count} of {max(known_heads)} seals are left"
    unsealed = AuditEntry.objects.filter(seal=None).count()
    return Verdict(sealed=count, unsealed=unsealed, problem=problem)


def _heads() -> dict[int, str]:
    path = settings.STATE_DIR / "audit-head.log"
    if not path.exists():
        return {}
    lines = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return {int(parts[1]): parts[2] for parts in lines if len(parts) == 3}
