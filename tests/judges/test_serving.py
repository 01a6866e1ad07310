"""What judges tell the schedule: who would have to be in two halls, and what a seat's holder has to go to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from backend.core.actor import Actor
from competitions.contests.models import Event
from competitions.judges import services
from competitions.judges.models import PanelPlan
from competitions.venues import services as venues
from competitions.venues.models import Session
from competitions.venues.selectors.schedule import agenda_of, clashes_of
from tests.judges.world import DAY, RULES, judge, sessions
from tests.scoring.world import seated

pytestmark = pytest.mark.django_db


def confirmed(event: Event, *, later: bool) -> PanelPlan:
    """A confirmed panel of one judge, the same for every event; later: in the afternoon."""
    (session,) = sessions(event, 1)
    if later:
        Session.objects.filter(pk=session.pk).update(
            starts_at=DAY + timedelta(hours=4), ends_at=DAY + timedelta(hours=8)
        )
    plan = PanelPlan.objects.create(round=event.rounds.get(), state="confirmed")
    plan.places.create(session=session, duty="judge", judge=judge(900, "某公司"))
    return plan


@pytest.mark.parametrize(("later", "found"), [(False, ["judge"]), (True, [])])
def test_a_judge_in_two_halls_at_once_is_shown(make_event: Callable[..., Event], later: bool, found: list[str]) -> None:
    event, other = make_event(rules=RULES), make_event("GZ-2026-050", rules=RULES)
    confirmed(event, later=False)
    confirmed(other, later=later)

    assert [clash.kind for clash in clashes_of(event)] == found


def test_a_seats_holder_meets_what_judges_have_to_go_to(make_event: Callable[..., Event], organiser: Actor) -> None:
    event = make_event(rules=RULES)
    make_event("GZ-2026-050", rules=RULES)
    for kind, audience in (("judge_meeting", "judges"), ("leader_meeting", "leaders")):
        draft = venues.ItemDraft(kind, DAY, DAY + timedelta(hours=1), audience=[audience])
        venues.add_item(actor=organiser, event=event, draft=draft)
    venues.publish_programme(actor=organiser, event=event)
    panel = services.add_panel(actor=organiser, round=event.rounds.get(), name="A")
    _seat, holder = seated(panel, 1)

    found = [(a.event, [line["kind"] for line in a.lines]) for a in agenda_of(holder)]

    assert found == [(event, ["judge_meeting"])]
