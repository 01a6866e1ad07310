"""Hosts of events: named by a confirmed selection, shown with what they did before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import NotAllowed
from backend.core.refs import Ref
from backend.documents.models import KINDS
from backend.people.models import Group
from backend.selection import services as selection
from backend.selection.models import ITEMS, Offer
from backend.selection.signals import offer_decided
from certificates.credentials import services as credentials
from competitions.contests import services
from competitions.contests.models import Event, Host
from competitions.contests.selectors import host_history, hosts_of, never_hosted
from tests.factories import organisation
from tests.selection.world import secretary_of

pytestmark = pytest.mark.django_db
Make = Callable[..., Event]
DECIDED = Ref("call", "a", "遴选")


def test_a_confirmed_selection_names_the_hosts(make_event: Make, group: Group) -> None:
    event, secretary = make_event(state="draft"), secretary_of(group)
    call = selection.create_call(
        actor=secretary, group=group, item_kind="event", title="承办校遴选", closes_at=clock.now() + timedelta(days=9)
    )
    selection.set_offers(actor=secretary, call=call, keys=[event.code])
    first, second = organisation("甲学院"), organisation("乙学院")

    offer = Offer.objects.get(call=call)
    for chosen in ([first, second], [first, second], [second]):
        offer_decided.send(sender=Offer, offer=offer, organisations=chosen, actor=secretary)

    assert hosts_of(event) == [second]
    assert Host.objects.count() == 3  # the first two ended, none written twice
    assert offer.label == f"{event.code} {event.name}"
    assert offer.group == group


def test_only_the_events_own_officers_name_its_hosts(make_event: Make, other_organiser: Actor) -> None:
    with pytest.raises(NotAllowed):
        services.name_hosts(actor=other_organiser, event=make_event(), organisations=[], decided_in=DECIDED)


def test_only_own_events_in_preparation_can_be_offered(make_event: Make, group: Group, other_group: Group) -> None:
    make_event("GZ-2026-001", state="draft")
    make_event("GZ-2026-002", state="registering")

    mine = [offered.ref.key for offered in ITEMS["event"].offered(secretary_of(group))]
    others = ITEMS["event"].offered(secretary_of(other_group, "other"))

    assert mine == ["GZ-2026-001"]
    assert list(others) == []


def test_history_tells_what_was_hosted_and_won(make_event: Make) -> None:
    event, school, newcomer = make_event(), organisation("甲学院"), organisation("乙学院")
    services.name_hosts(actor=SYSTEM, event=event, organisations=[school], decided_in=DECIDED)
    claims = [
        credentials.Claim(
            claim_key=f"k{n}",
            issuer_key="12",
            issuer_name="某集团",
            holder=None,
            holder_name="某某",
            facts={},
            public_facts={"event": "网站技术", "award": "一等奖", "school": name},
            rests_on=Ref("publication", "p"),
            issued_on=date(2026, 6, 1),
            event_code=event.code,
        )
        for n, name in enumerate(["甲学院", "甲学院", "乙学院"])
    ]
    credentials.record(actor=SYSTEM, claims=claims)

    lines = [(line.what, line.outcome) for line in host_history(school.uid)]

    assert lines == [(f"承办 {event.code} {event.name}", ""), ("网站技术", "一等奖 × 2")]
    assert never_hosted([school.uid, newcomer.uid]) == {newcomer.uid}


def test_a_call_for_hosts_asks_for_the_form_with_its_seal(make_event: Make, group: Group) -> None:
    kind = ITEMS["event"]

    assert kind.needed == ("hosting.application",)
    assert set(kind.documents) <= set(KINDS)
