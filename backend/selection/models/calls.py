"""What is called for: the call, its offers and criteria; and the kinds of thing that can be offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from backend.core.actor import Actor
from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.people.enums import Role, ScopeKind
from backend.people.models import Group

CALL = Lifecycle(
    "call",
    {
        ("draft", "announce"): "open",
        ("open", "close"): "recommending",
        ("recommending", "forward"): "scoring",
        ("scoring", "shortlist"): "shortlisted",
        ("shortlisted", "shortlist"): "shortlisted",
        ("shortlisted", "publish"): "publicity",
        ("publicity", "amend"): "publicity",
        ("publicity", "confirm"): "confirmed",
        **{
            (state, "cancel"): "cancelled"
            for state in ("draft", "open", "recommending", "scoring", "shortlisted", "publicity")
        },
    },
)


@dataclass(frozen=True)
class Offered:
    """One thing a call may offer. ref: its kind, key and label; group: whose secretary recommends."""

    ref: Ref
    group: Group | None = None


@dataclass(frozen=True)
class PastLine:
    """One line of an applicant's history: when, what, how it went."""

    year: int
    what: str
    outcome: str = ""


@dataclass(frozen=True)
class ItemKind:
    """What can be offered, registered by the room that owns it.

    offered: what this actor may put into a call; history: of an organisation, shown beside its application; questions,
    documents: what a new call asks at first; newcomers: which of these organisations never had such a thing.
    """

    kind: str
    label: Any
    offered: Callable[[Actor], Iterable[Offered]]
    history: Callable[[UUID], list[PastLine]] = lambda uid: []
    newcomers: Callable[[Iterable[UUID]], set[UUID]] = lambda uids: set()
    questions: tuple[dict[str, Any], ...] = ()
    criteria: tuple[tuple[Any, str], ...] = ()
    documents: tuple[str, ...] = ()
    needed: tuple[str, ...] = field(default=())


ITEMS: dict[str, ItemKind] = {}


def item_kind(kind: ItemKind) -> None:
    """Register a kind of thing that calls can offer."""
    ITEMS[kind.kind] = kind


class CallQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> CallQuerySet:
        """Announced calls are public; one in draft is its group's."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        public = ~Q(state="draft")
        group = actor.scope_key(ScopeKind.GROUP)
        return self.filter(public | Q(group__code=group)) if group else self.filter(public)


class Call(Row):
    """A call for applications; without a group it is the province's."""

    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="calls")
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)  # the document that its numbers come from
    item_kind = models.CharField(max_length=30)
    applicant_kinds = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    documents = models.JSONField(default=list)  # kinds of document that may be handed in
    documents_needed = models.JSONField(default=list)
    applies_max = models.PositiveSmallIntegerField(null=True, blank=True)  # offers one applicant may apply for
    wins_max = models.PositiveSmallIntegerField(null=True, blank=True)
    wins_max_new = models.PositiveSmallIntegerField(null=True, blank=True)  # of one that never had such a thing
    experts_min = models.PositiveSmallIntegerField(default=2)
    recommends = models.BooleanField(default=True)
    closes_at = models.DateTimeField()
    recommend_until = models.DateField(null=True, blank=True)
    score_until = models.DateField(null=True, blank=True)
    publicity_days = models.PositiveSmallIntegerField()
    publicity_until = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, default="draft")
    reason = models.CharField(max_length=300, blank=True)  # of a cancellation
    made_at = models.DateTimeField(auto_now_add=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            CALL.check(),
            models.CheckConstraint(condition=Q(publicity_days__gte=1), name="call_publicity_lasts"),
            models.CheckConstraint(
                condition=~Q(state__in=["publicity", "confirmed"]) | Q(publicity_until__isnull=False),
                name="call_publicity_has_its_end",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        return Ref("call", str(self.uid), self.title)


class Offer(Row):
    """One thing that can be won in a call: frozen as a Ref, for what is offered is owned above."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="offers")
    item_key = models.CharField(max_length=64)
    label = models.CharField(max_length=150)
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="+")
    places = models.PositiveSmallIntegerField(default=1)
    scored_at = models.DateTimeField(null=True)  # every expert is done: now they see each other

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "item_key"], name="one_offer_of_a_thing"),
            models.CheckConstraint(condition=Q(places__gte=1), name="offer_has_a_place"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def item(self) -> Ref:
        return Ref(self.call.item_kind, self.item_key, self.label)


class Criterion(Row):
    """What experts give points for; the weight multiplies the mean of their points."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    points = models.DecimalField(max_digits=6, decimal_places=2)
    weight = models.DecimalField(max_digits=6, decimal_places=3, default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="one_criterion_per_position"),
            models.CheckConstraint(condition=Q(points__gt=0) & Q(weight__gt=0), name="criterion_counts"),
        ]

    def __str__(self) -> str:
        return self.name
