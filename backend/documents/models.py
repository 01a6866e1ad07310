"""Typed attachments: whose, of what kind, what was decided about them; their bytes are kept once, encrypted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from backend.core.actor import Actor
from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.documents.rulebook import Asked
from backend.people.enums import ScopeKind
from backend.people.models import Person, same_person

VERDICT = Lifecycle(
    "document",
    {
        ("none", "accept"): "accepted",
        ("none", "refuse"): "refused",
        ("accepted", "refuse"): "refused",
        ("refused", "accept"): "accepted",
    },
)


@dataclass(frozen=True)
class DocumentKind:
    """What a room asks for, such as a photo or a sealed form; registered in the room's wiring.

    asked: of the file itself; several: a holder may have more than one at a time; keep_days: after how many days the
    bytes are deleted (None: kept as long as the row); purpose: kinds with the same purpose may be used for each other.
    """

    key: str
    label: Any
    asked: Asked
    several: bool = False
    keep_days: int | None = None
    hint: Any = ""
    purpose: str = ""


@dataclass(frozen=True)
class Holding:
    """What a room says of one row when a document comes in: of whom it tells, and whether this actor may hand it in."""

    person: Person | None
    open: bool


@dataclass(frozen=True)
class HolderKind:
    """Whom a document can belong to, registered in the wiring of the room that owns such rows.

    seen: the rows whose documents this actor may read; may_attach, may_verify: asked with the row's uid;
    person_of: of whom this row's documents tell, so that a verified one can be used again. holdings: the answers to
    seen, person_of and may_attach for many rows in one question, for rooms whose documents come in by the thousand; a
    row that is not seen has none.
    words: what these rows are called in a list of documents, by uid, for whoever handed the documents in.
    """

    kind: str
    seen: Callable[[Actor], Any]
    may_attach: Callable[[Actor, UUID], bool]
    may_verify: Callable[[Actor, UUID], bool]
    person_of: Callable[[UUID], Person | None] = lambda uid: None
    holdings: Callable[[Actor, Collection[UUID]], Mapping[UUID, Holding]] | None = None
    words: Callable[[Collection[UUID]], Mapping[UUID, str]] = lambda uids: {}

    def told(self, actor: Actor, uids: Collection[UUID]) -> Mapping[UUID, Holding]:
        """What the room says of these rows, nothing of those that this actor may not know of."""
        if self.holdings is not None:
            return self.holdings(actor, uids)
        seen = uids if actor.role == "system" else self.seen(actor).filter(uid__in=uids).values_list("uid", flat=True)
        return {uid: Holding(self.person_of(uid), self.may_attach(actor, uid)) for uid in seen}


OWNERS = (
    ScopeKind.GROUP,
    ScopeKind.ORGANISATION,
    ScopeKind.PERSON,
)  # an event's judges share its scope: they own nothing
KINDS: dict[str, DocumentKind] = {}
HOLDERS: dict[str, HolderKind] = {}


def document_kind(kind: DocumentKind) -> DocumentKind:
    """Register a kind of document."""
    KINDS[kind.key] = kind
    return kind


def holder_kind(holder: HolderKind) -> None:
    """Register a kind of holder."""
    HOLDERS[holder.kind] = holder


class Content(Row):
    """Bytes that are kept, once each; deleted when no document needs them any more."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=10)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.media_type} {self.size}"


class DocumentQuerySet(VisibleQuerySet):
    def present(self) -> DocumentQuerySet:
        """Not replaced and not taken away."""
        return self.filter(ended_at=None)

    def visible_to(self, actor: Any) -> DocumentQuerySet:
        """Of the scope that handed it in, of whom it tells, and of whoever may see its holder."""
        if actor.role == "system":
            return self
        if actor.role == "public":
            return self.none()
        seen = same_person("person", actor.person_id)
        if actor.scope is not None and actor.scope.kind in OWNERS:
            seen |= Q(owner_kind=actor.scope.kind, owner_key=actor.scope.key)
        for holder in HOLDERS.values():
            seen |= Q(holder_kind=holder.kind, holder_uid__in=holder.seen(actor).values("uid"))
        return self.filter(seen)


class Document(Row):
    """One file handed in for one holder. A replacement is a new row; a verdict stays with the row it judged."""

    kind = models.CharField(max_length=60)
    holder_kind = models.CharField(max_length=30)
    holder_uid = models.UUIDField()
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="documents"
    )  # of whom it tells
    owner_kind = models.CharField(max_length=20, blank=True)  # the scope that handed it in
    owner_key = models.CharField(max_length=64, blank=True)
    single = models.BooleanField(default=True)
    content = models.ForeignKey(Content, null=True, on_delete=models.SET_NULL, related_name="documents")
    sha256 = models.CharField(max_length=64)  # of what is kept
    sent_sha256 = models.CharField(max_length=64)  # of what was sent
    client_id = models.UUIDField(unique=True)
    sent_at = models.DateTimeField()
    sent_by_uid = models.UUIDField(null=True)
    verdict = models.CharField(max_length=10, default="none")
    reason = models.CharField(max_length=300, blank=True)
    verified_at = models.DateTimeField(null=True)
    verified_by_uid = models.UUIDField(null=True)
    expires_on = models.DateField(null=True)
    keep_until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    reuses = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reused_as")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            VERDICT.check("verdict"),
            models.UniqueConstraint(
                fields=["holder_kind", "holder_uid", "kind", "owner_kind", "owner_key"],
                condition=Q(ended_at=None, single=True),
                name="one_present_document",
            ),
            models.CheckConstraint(condition=~Q(verdict="refused") | ~Q(reason=""), name="document_refusal_has_reason"),
            models.CheckConstraint(
                condition=Q(verdict="none", verified_at=None) | (~Q(verdict="none") & Q(verified_at__isnull=False)),
                name="document_verdict_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["holder_kind", "holder_uid"]), models.Index(fields=["owner_kind", "owner_key"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("document", str(self.uid), self.kind)

    @property
    def holder(self) -> Ref:
        return Ref(self.holder_kind, str(self.holder_uid))

    @property
    def definition(self) -> DocumentKind:
        return KINDS[self.kind]

    @property
    def label(self) -> Any:
        return KINDS[self.kind].label if self.kind in KINDS else self.kind
