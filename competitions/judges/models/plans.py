"""A proposed composition of a round's panels, until it is confirmed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from competitions.contests.models import Round
from competitions.contests.selectors import organised_events
from competitions.judges.enums import Duty
from competitions.judges.models.pool import Judge
from competitions.venues.models import Session

PLAN = Lifecycle(
    "panel_plan",
    {
        ("impossible", "mend"): "proposed",
        ("proposed", "confirm"): "confirmed",
        ("proposed", "discard"): "discarded",
        ("impossible", "discard"): "discarded",
    },
)


class PanelPlanQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> PanelPlanQuerySet:
        """The organisers of the event."""
        return self.filter(round__event__in=organised_events(actor))


class PanelPlan(Row):
    """Who could sit where; at most one of a round is being worked on.

    report: codes and keys only: the cost, what each judge is worth, and, when impossible, the rules that clash.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="panel_plans")
    state = models.CharField(max_length=12, default="proposed")
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)

    objects = PanelPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            PLAN.check(),
            models.UniqueConstraint(
                fields=["round"], condition=Q(state__in=["proposed", "impossible"]), name="one_open_panel_plan"
            ),
            models.UniqueConstraint(fields=["round"], condition=Q(state="confirmed"), name="one_confirmed_panel_plan"),
        ]

    def __str__(self) -> str:
        return f"panel plan {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("panel_plan", str(self.uid))


class PlanPlaceQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> PlanPlaceQuerySet:
        return self.filter(plan__round__event__in=organised_events(actor))


class PlanPlace(Row):
    """One person in one duty of a session (None: for the whole round).

    by_hand: put there by the organiser; reason: why a soft rule was broken by hand.
    """

    plan = models.ForeignKey(PanelPlan, on_delete=models.CASCADE, related_name="places")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=12)
    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="places")
    by_hand = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)

    objects = PlanPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(duty__in=[str(d) for d in Duty]), name="plan_place_duty_known"),
            models.UniqueConstraint(fields=["plan", "session", "judge"], name="one_place_per_session"),
            models.UniqueConstraint(
                fields=["plan", "judge"], condition=Q(session=None), name="one_place_for_the_whole_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.uid}"
