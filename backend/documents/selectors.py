"""Questions about documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.core.refs import Ref
from backend.documents.models import HOLDERS, KINDS, Document, DocumentKind, HolderKind, Holding
from backend.people.models import Person, same_person


def kind_of(key: str) -> DocumentKind:
    if key not in KINDS:
        raise NotFound
    return KINDS[key]


def holder_of(actor: Actor, holder: Ref) -> tuple[HolderKind, UUID]:
    """The holder's kind and uid; NotFound when the actor may not know of such a row."""
    kind, uid = _named(holder)
    if actor.role != "system" and not kind.seen(actor).filter(uid=uid).exists():
        raise NotFound
    return kind, uid


def holding_of(actor: Actor, holder: Ref) -> tuple[Holding, UUID]:
    """What the holder's room says when something is handed in for it; NotFound when the actor may not know of it."""
    kind, uid = _named(holder)
    told = kind.told(actor, [uid])
    if uid not in told:
        raise NotFound
    return told[uid], uid


def holdings_of(actor: Actor, holders: Iterable[Ref]) -> dict[Ref, tuple[Holding, UUID]]:
    """The same for several holders, in one question for each kind of holder; NotFound when one is not known."""
    named = {holder: _named(holder) for holder in holders}
    asked: dict[str, list[UUID]] = defaultdict(list)
    for kind, uid in named.values():
        asked[kind.kind].append(uid)
    told = {key: HOLDERS[key].told(actor, uids) for key, uids in asked.items()}
    if any(uid not in told[kind.kind] for kind, uid in named.values()):
        raise NotFound
    return {holder: (told[kind.kind][uid], uid) for holder, (kind, uid) in named.items()}


def _named(holder: Ref) -> tuple[HolderKind, UUID]:
    kind = HOLDERS.get(holder.kind)
    if kind is None:
        raise NotFound
    try:
        return kind, UUID(holder.key)
    except ValueError:
        raise NotFound from None


def document_of(actor: Actor, uid: UUID) -> Document:
    """The document; NotFound when the actor may not know of it."""
    found: Document | None = Document.objects.visible_to(actor).select_related("content").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def documents_of(actor: Actor) -> QuerySet[Document]:
    """What the actor's scope has handed in, the newest first."""
    if actor.scope is None or not actor.scope.key:
        return Document.objects.none()
    own = Document.objects.present().filter(owner_kind=actor.scope.kind, owner_key=actor.scope.key)
    return own.select_related("content").order_by("-pk")


def held_by(actor: Actor, holder: Ref, *, present: bool = True) -> list[Document]:
    """A holder's documents that the actor may see, the newest first. present: without what was replaced."""
    found = Document.objects.visible_to(actor).filter(holder_kind=holder.kind, holder_uid=holder.key)
    found = found.filter(ended_at=None) if present else found
    return list(found.select_related("content").order_by("-pk"))


def accepted_for(holder: Ref, kinds: Iterable[str]) -> set[str]:
    """Which of these kinds the holder has accepted and still valid documents of (asked by services, not pages)."""
    return set(
        Document.objects.filter(_valid(clock.today()), holder_kind=holder.kind, holder_uid=holder.key, kind__in=kinds)
        .values_list("kind", flat=True)
        .distinct()
    )


def present_for(holder: Ref, kinds: Iterable[str]) -> set[str]:
    """Which of these kinds the holder has documents of that were not refused (asked by services, not pages)."""
    found = Document.objects.filter(holder_kind=holder.kind, holder_uid=holder.key, kind__in=kinds, ended_at=None)
    return set(found.exclude(verdict="refused").values_list("kind", flat=True).distinct())


def reusable(actor: Actor, person: Person, kind: str = "") -> QuerySet[Document]:
    """A person's verified documents that the actor may use again. kind: those that serve the same purpose."""
    of_them = same_person("person", person.canonical.pk)
    found = Document.objects.visible_to(actor).filter(_valid(clock.today()), of_them, content__isnull=False)
    if kind:
        found = found.filter(kind__in=same_purpose(kind))
    return found.select_related("content").order_by("-verified_at")


def same_purpose(kind: str) -> list[str]:
    asked = kind_of(kind)
    return [k.key for k in KINDS.values() if k.key == kind or (asked.purpose and k.purpose == asked.purpose)]


def is_valid(document: Document) -> bool:
    """Accepted, present, and not run out."""
    over = document.expires_on is not None and document.expires_on < clock.today()
    return document.verdict == "accepted" and document.ended_at is None and not over


def _valid(today: date) -> Q:
    return Q(verdict="accepted", ended_at=None) & (Q(expires_on=None) | Q(expires_on__gte=today))


def refused_of(actor: Actor) -> int:
    """How many refused documents the actor's scope has to replace."""
    return documents_of(actor).filter(verdict="refused").count()
