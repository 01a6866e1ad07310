"""Which organisation hosts an event."""

from __future__ import annotations

from django.db import models

from backend.core.models import Row
from backend.people.models import Organisation
from competitions.contests.models.events import Event


class Host(Row):
    """A host of an event, as it was decided; another decision ends it, nothing is deleted.

    decided_in: the selection it rests on, as a Ref's text.
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
