"""What the judges room keeps: the pool, nominations, proposed compositions, panels and seats."""

from competitions.judges.models.plans import PLAN, PanelPlan, PlanPlace
from competitions.judges.models.pool import JUDGE, NOMINATION, ConductNote, Declaration, Judge, Nomination, Service
from competitions.judges.models.seats import Panel, Seat

__all__ = [
    "JUDGE",
    "NOMINATION",
    "PLAN",
    "ConductNote",
    "Declaration",
    "Judge",
    "Nomination",
    "Panel",
    "PanelPlan",
    "PlanPlace",
    "Seat",
    "Service",
]
