"""Which organisation hosts an event."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.people.enums import Role, ScopeKind
from backend.people.models import Organisation
from competitions.contests.models.events import Event


class Host(Row):
    """A host of an event, as it was decided; another decision ends it, nothing is deleted.

    decided_in: the selection or the commission it rests on, as a Ref's text.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="hosts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="hosted")
    position = models.PositiveSmallIntegerField(default=1)
    decided_in = models.CharField(max_length=90)
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "organisation"], condition=models.Q(ended_at=None), name="one_live_host"
            ),
            models.UniqueConstraint(
                fields=["event", "position"], condition=models.Q(ended_at=None), name="one_live_host_per_position"
            ),
        ]

    def __str__(self) -> str:
        return f"host {self.position} of {self.event_id}"


class CommissionQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> CommissionQuerySet:
        """Of the event's organisers: its leading and co-groups' officers, and whoever has a role in the event."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        if actor.role not in (Role.ORGANISER, Role.GROUP_SECRETARY):
            return self.none()
        code, group = actor.scope_key(ScopeKind.EVENT), actor.scope_key(ScopeKind.GROUP)
        if code:
            return self.filter(event__code=code)
        return self.filter(Q(event__leading_group__code=group) | Q(event__co_groups__code=group)).distinct()


class Commission(Row):
    """Hosts named without a selection, by a document that says so; rows are only added.

    document: its number and title, as its issuer writes them; the scan itself is kept in the documents room.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="commissions")
    reason = models.CharField(max_length=300)
    document = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)
    client_id = models.UUIDField(unique=True)

    objects = CommissionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(document=""), name="commission_says_why_and_by_what")
        ]

    def __str__(self) -> str:
        return f"commission of {self.event_id}"

    @property
    def ref(self) -> Ref:
        return Ref("commission", str(self.uid), self.document)
