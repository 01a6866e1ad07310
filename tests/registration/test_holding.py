"""Events with too few entries: flagged once their registration is over, decided with a reason, everyone told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import Invalid, NotAllowed
from backend.notify.models import Note
from competitions.contests import services as contests
from competitions.contests.errors import HoldingDecided, HoldingUndecided
from competitions.contests.models import Event, HoldingCheck
from competitions.registration import services
from competitions.registration.errors import MergeBlocked
from competitions.registration.models import Entry, Member
from tests.factories import organisation, signed_in
from tests.notify.world import told_now
from tests.registration.world import RULES, team

pytestmark = pytest.mark.django_db
MINIMUM = {"minimum": {"entries": 4, "unit": "schools", "source": "2021年通知"}}


def fill(event: Event, names: str, serial: int = 100) -> None:
    """One submitted team for each letter, of the school with that letter."""
    for n, name in enumerate(names):
        school = organisation(name) if not Entry.objects.filter(school__name=name) else None
        school = school or Entry.objects.filter(school__name=name).latest("pk").school
        entry = services.enter_many(actor=SYSTEM, event=event, drafts=[team(school, serial + 10 * n, 0)])[0]
        services.submit_entry(actor=SYSTEM, entry=entry)


def over(event: Event) -> Event:
    Event.objects.filter(pk=event.pk).update(registration_closes_at=clock.now() - timedelta(minutes=2))
    return Event.objects.get(pk=event.pk)


@pytest.fixture
def short(make_event: Callable[..., Event]) -> Event:
    event = make_event(rules={**RULES, **MINIMUM})
    fill(event, "甲乙丙")
    return over(event)


def test_three_schools_are_flagged_at_the_deadline_and_not_before(make_event: Callable[..., Event]) -> None:
    event = make_event(rules={**RULES, **MINIMUM})
    fill(event, "甲乙丙")

    before = services.flag_short_events()
    over(event)
    flagged, again = services.flag_short_events(), services.flag_short_events()

    check = HoldingCheck.objects.get()
    assert (before, flagged, again) == (0, 1, 0)
    assert (check.found, check.needed, check.unit, check.source) == (3, 4, "schools", "2021年通知")


def test_four_schools_are_enough(make_event: Callable[..., Event]) -> None:
    event = make_event(rules={**RULES, **MINIMUM})
    fill(event, "甲乙丙丁")
    over(event)

    assert services.flag_short_events() == 0


def test_the_draw_waits_for_the_decision(short: Event, organiser: Actor) -> None:
    services.flag_short_events()
    contests.close_registration(actor=organiser, event=short)

    with pytest.raises(HoldingUndecided):
        contests.move_event(actor=organiser, event=short, verb="draw")
    services.decide_holding(actor=organiser, event=short, verdict="hold", reason="新设赛项，予以保留")

    assert contests.move_event(actor=organiser, event=short, verb="draw").state == "drawn"


def test_cancelling_keeps_the_entries_and_tells_everyone(short: Event, organiser: Actor) -> None:
    services.flag_short_events()
    school = Entry.objects.first()
    assert school is not None
    coordinator = signed_in("c", "school_coordinator", "organisation", str(school.school.uid))

    services.decide_holding(actor=organiser, event=short, verdict="cancel", reason="报名不足四所")
    told_now()

    short.refresh_from_db()
    assert (short.state, Entry.objects.filter(state="submitted").count()) == ("cancelled", 3)
    assert [n.recipient_id for n in Note.objects.filter(kind="event.cancel").exclude(recipient=None)] == [
        coordinator.user_id
    ]
    with pytest.raises(HoldingDecided):
        services.decide_holding(actor=organiser, event=short, verdict="hold", reason="改")


def test_merging_moves_the_teams_with_their_people(
    short: Event, make_event: Callable[..., Event], organiser: Actor
) -> None:
    services.flag_short_events()
    into = make_event("GZ-2026-900", rules=RULES)
    fill(into, "甲", serial=500)

    services.decide_holding(actor=organiser, event=short, verdict="merge", reason="内容相近", into=into)

    numbers = Entry.objects.filter(event=into, school__name="甲").order_by("team_number")
    assert list(numbers.values_list("team_number", flat=True)) == [1, 2]
    assert (Entry.objects.filter(event=into).count(), Member.objects.filter(event=into).count()) == (4, 12)
    assert Event.objects.get(pk=short.pk).state == "cancelled"


def test_a_person_in_both_events_stops_the_merger_as_a_whole(
    short: Event, make_event: Callable[..., Event], organiser: Actor
) -> None:
    services.flag_short_events()
    into = make_event("GZ-2026-900", rules=RULES)
    fill(into, "丁", serial=110)

    with pytest.raises(MergeBlocked):
        services.decide_holding(actor=organiser, event=short, verdict="merge", reason="内容相近", into=into)

    assert Event.objects.get(pk=short.pk).state == "registering"
    assert Entry.objects.filter(event=short).count() == 3


def test_a_decision_needs_a_reason_a_target_and_an_organiser(
    short: Event, organiser: Actor, other_organiser: Actor
) -> None:
    services.flag_short_events()
    with pytest.raises(NotAllowed):
        services.decide_holding(actor=other_organiser, event=short, verdict="cancel", reason="无")

    with pytest.raises(Invalid) as refused:
        services.decide_holding(actor=organiser, event=short, verdict="merge", reason=" ", into=short)

    assert sorted(refused.value.problems) == ["into", "reason"]


def test_everyone_entered_is_told_of_new_days(short: Event, organiser: Actor) -> None:
    school = Entry.objects.first()
    assert school is not None
    coordinator = signed_in("c", "school_coordinator", "organisation", str(school.school.uid))

    contests.postpone_event(actor=organiser, event=short, starts_on=date(2027, 3, 1), reason="场地检修")
    told_now()

    notes = Note.objects.filter(kind="event.postponed")
    assert [n.recipient_id for n in notes.exclude(recipient=None)] == [coordinator.user_id]
    assert set(notes.filter(recipient=None).values_list("person", flat=True)) == {
        m.person_id for m in Member.objects.all()
    }
    assert Entry.objects.filter(state="submitted").count() == 3


def test_organiser_decides_on_the_page(short: Event, organiser: Actor) -> None:
    services.flag_short_events()
    client = Client()
    client.force_login(User.objects.get(pk=organiser.user_id))
    address = f"/events/{short.code}/holding/"

    shown = client.get(address).content.decode()
    todo = client.get("/").content.decode()
    decided = client.post(address, {"verdict": "cancel", "reason": "报名不足"})
    page = client.get(f"/events/{short.code}/").content.decode()

    assert "截止时有 3 所学校报名，规程要求 4 所。" in shown
    assert address in todo
    assert decided.status_code == 302
    assert "决定不举办" in page
