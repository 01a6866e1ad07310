"""What the judges room plugs in: the pool's menu entry, states, links, an event's step and what waits for whom."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core.actor import Actor
from backend.people.enums import Role
from backend.ui import registry
from competitions.contests.models import Event
from competitions.contests.selectors import organised_events
from competitions.judges.models import Nomination, PanelPlan
from competitions.judges.permissions import may_build_panels, may_keep_pool
from competitions.judges.projections.words import JUDGE_STATES, NOMINATION_STATES, PLAN_STATES

BEFORE = ("registering", "registered", "drawn")


def _step(actor: Actor, event: Event) -> registry.Step | None:
    if actor.role == Role.SCHOOL_COORDINATOR and event.state in BEFORE:
        return registry.Step(_("Panels"), "now", _("name judges"), reverse("judges:nominations", args=[event.code]))
    if not may_build_panels(actor, event):
        return None
    plan = PanelPlan.objects.filter(round__event=event).exclude(state="discarded").order_by("-pk").first()
    note, state = _("not built yet"), "later" if event.state == "draft" else "now"
    if plan is not None:
        note = PLAN_STATES[plan.state][0]
    if (plan is not None and plan.state == "confirmed") or event.state not in ("draft", *BEFORE):
        state = "done"
    if event.state not in ("draft", *BEFORE) and plan is None:
        note = _("set by hand")
    return registry.Step(_("Panels"), state, note, reverse("judges:panels", args=[event.code]))


def _todos(actor: Actor) -> list[registry.Todo]:
    """Nominations that wait for the organisers' decision, event by event."""
    events = {e.pk: e for e in organised_events(actor).filter(state__in=BEFORE)}
    counts: dict[int, int] = {}
    for pk in Nomination.objects.filter(event__in=events, state="nominated").values_list("event_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return [
        registry.Todo(
            title=_("Decide on named judges"),
            link=reverse("judges:nominations", args=[events[pk].code]),
            verb=_("Open"),
            count=count,
            note=f"{events[pk].code} {events[pk].name}",
            order=50,
            event_code=events[pk].code,
        )
        for pk, count in counts.items()
    ]


def plug() -> None:
    """Called once when the apps are ready."""
    registry.states("judge", JUDGE_STATES)  # type: ignore[arg-type]
    registry.states("nomination", NOMINATION_STATES)  # type: ignore[arg-type]
    registry.states("panel_plan", PLAN_STATES)  # type: ignore[arg-type]
    registry.menu(
        registry.MenuItem(
            "judges", _("Judges"), lambda actor: reverse("judges:pool"), order=30, icon="gavel", shown=may_keep_pool
        )
    )
    registry.link("judge", lambda ref: reverse("judges:judge", args=[ref.key]))
    registry.step("event", 25, _step)
    registry.todos("judges", _todos)
