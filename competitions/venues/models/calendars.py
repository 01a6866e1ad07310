"""Secret links by which a calendar program reads what somebody in a role has to go to."""

from __future__ import annotations

from typing import Any

from django.db import models

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.people.models import Grant


class CalendarLinkQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> CalendarLinkQuerySet:
        """Only one's own."""
        return self.filter(grant__user=actor.user_id) if actor.user_id else self.none()

    def live(self) -> CalendarLinkQuerySet:
        return self.filter(ended_at=None, grant__ended_at=None, grant__user__is_active=True)


class CalendarLink(Row):
    """One link of a role somebody holds; its address is the signed uid, so the rows alone open nothing."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="calendar_links")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = CalendarLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grant"], condition=models.Q(ended_at=None), name="one_live_calendar_link_per_role"
            )
        ]

    def __str__(self) -> str:
        return f"calendar link {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("calendar_link", str(self.uid))
