"""Leaving an event and replacing members after approval: who decides by the chain, and what is free at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, Invalid, NotAllowed, NotFound
from backend.notify.models import Note
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.errors import (
    DeadlineOver,
    EntryFixed,
    RegistrationClosed,
    WithdrawalClosed,
    WithdrawalPending,
)
from competitions.registration.models import Entry, EntryCard, Member, Substitution, Withdrawal
from competitions.registration.permissions import way_out
from competitions.registration.selectors.requests import substitutions_to_decide, withdrawals_to_decide
from tests.factories import browser, organisation, signed_in
from tests.registration.overseen import bureau, reviewer, school
from tests.registration.world import RULES, member, team

__all__ = ["bureau", "reviewer", "school"]


@pytest.fixture
def stranger(db: None) -> Actor:
    return signed_in("stranger", "school_coordinator", "organisation", str(organisation("别的学院").uid))


@pytest.fixture
def other_reviewer(db: None) -> Actor:
    return signed_in("other", "bureau_reviewer", "organisation", str(organisation("洛阳市教育局", kind="bureau").uid))


@pytest.fixture
def event(make_event: Callable[..., Event], organiser: Actor) -> Event:
    made = make_event(rules=RULES)
    plan(organiser, made, "bureau", "organiser")
    return made


def plan(organiser: Actor, event: Event, *steps: str, **fields: object) -> None:
    services.set_review_plan(actor=organiser, event=event, steps=steps, reviewed_fields=("name",), **fields)


@pytest.fixture
def entry(event: Event, school: Organisation, coordinator: Actor, reviewer: Actor, organiser: Actor) -> Entry:
    made = services.enter_many(actor=coordinator, event=event, drafts=[team(school, 100, 0)])[0]
    services.submit_entry(actor=coordinator, entry=made)
    services.approve_entries(actor=reviewer, entries=[made])
    services.approve_entries(actor=organiser, entries=[made])
    return fresh(made)


@pytest.fixture
def closed(event: Event, entry: Entry) -> Event:
    """Registration is over."""
    Event.objects.filter(pk=event.pk).update(registration_closes_at=clock.now() - timedelta(hours=1))
    return Event.objects.get(pk=event.pk)


def fresh(entry: Entry) -> Entry:
    return Entry.objects.select_related("event__edition", "school").get(pk=entry.pk)


def swap(actor: Actor, entry: Entry) -> Substitution:
    leaving = entry.members.filter(ended_at=None).order_by("pk")[0]
    return services.ask_substitution(actor=actor, entry=entry, leaving=leaving, arriving=member(500), reason="骨折住院")


def test_while_registration_is_open_a_school_withdraws_freely_but_says_why(
    entry: Entry, coordinator: Actor, stranger: Actor
) -> None:
    assert way_out(coordinator, entry) == "now"
    with pytest.raises(NotFound):
        services.withdraw_entry(actor=stranger, entry=entry, reason="病")
    with pytest.raises(Invalid):
        services.withdraw_entry(actor=coordinator, entry=entry)
    services.withdraw_entry(actor=coordinator, entry=entry, reason="选手骨折")

    row = Withdrawal.objects.get()
    assert (fresh(entry).state, row.state, row.reveal("reason")) == ("withdrawn", "approved", "选手骨折")
    assert not any("骨折" in str(line.details) for line in AuditEntry.objects.all())


def test_after_the_deadline_a_school_asks_and_the_last_reviewer_decides(
    entry: Entry, closed: Event, coordinator: Actor, reviewer: Actor, organiser: Actor
) -> None:
    services.issue_cards(actor=organiser, event=closed)
    swapping = swap(coordinator, fresh(entry))
    assert way_out(coordinator, fresh(entry)) == "ask"
    with pytest.raises(DeadlineOver):
        services.withdraw_entry(actor=coordinator, entry=entry, reason="病")
    with pytest.raises(Invalid):
        services.ask_withdrawal(actor=coordinator, entry=entry, reason=" ")
    asked = services.ask_withdrawal(actor=coordinator, entry=entry, reason="选手骨折")
    with pytest.raises(WithdrawalPending):
        services.ask_withdrawal(actor=coordinator, entry=entry, reason="再问")

    assert (fresh(entry).state, EntryCard.objects.filter(ended_at=None).count()) == ("approved", 3)
    assert list(withdrawals_to_decide(reviewer)) == []
    assert list(withdrawals_to_decide(organiser)) == [asked]
    for actor in (reviewer, coordinator):
        with pytest.raises(NotAllowed):
            services.approve_withdrawal(actor=actor, withdrawal=asked)
    services.approve_withdrawal(actor=organiser, withdrawal=asked)

    assert fresh(entry).state == "withdrawn"
    assert EntryCard.objects.filter(ended_at=None).count() == 0
    assert Member.objects.filter(entry=entry, ended_at=None).count() == 0
    swapping.refresh_from_db()
    assert swapping.state == "taken_back"
    assert Note.objects.filter(kind="entry.withdrawal_approve").count() == 1
    with pytest.raises(IllegalMove):
        services.approve_withdrawal(actor=organiser, withdrawal=asked)


def test_where_each_decides_in_turn_the_bureau_comes_first(
    entry: Entry, closed: Event, coordinator: Actor, reviewer: Actor, other_reviewer: Actor, organiser: Actor
) -> None:
    plan(organiser, closed, "bureau", "organiser", changes_decided_by="all")
    going = services.ask_withdrawal(actor=coordinator, entry=entry, reason="选手骨折")

    with pytest.raises(NotAllowed):
        services.approve_withdrawal(actor=organiser, withdrawal=going)
    with pytest.raises(NotFound):
        services.approve_withdrawal(actor=other_reviewer, withdrawal=going)
    services.approve_withdrawal(actor=reviewer, withdrawal=going)
    assert (fresh(entry).state, list(withdrawals_to_decide(organiser))) == ("approved", [going])
    with pytest.raises(NotAllowed):
        services.refuse_request(actor=reviewer, asked=going, answer="不同意")
    services.approve_withdrawal(actor=organiser, withdrawal=going)

    assert fresh(entry).state == "withdrawn"


def test_a_replacement_goes_through_the_chain_too(
    entry: Entry, event: Event, coordinator: Actor, reviewer: Actor, organiser: Actor
) -> None:
    plan(organiser, event, "bureau", "organiser", changes_decided_by="all")
    asked = swap(coordinator, entry)

    assert list(substitutions_to_decide(organiser)) == []
    services.approve_substitution(actor=reviewer, substitution=asked)
    assert entry.members.filter(ended_at=None, person=asked.leaving.person).exists()
    services.approve_substitution(actor=organiser, substitution=asked)

    assert not entry.members.filter(ended_at=None, person=asked.leaving.person).exists()
    assert "人500" in [m.reveal("name") for m in entry.members.filter(ended_at=None)]


def test_where_the_bureau_is_the_last_reviewer_it_decides_and_not_the_organisers(
    make_event: Callable[..., Event], school: Organisation, coordinator: Actor, reviewer: Actor, organiser: Actor
) -> None:
    event = make_event("GZ-2026-042", rules=RULES)
    plan(organiser, event, "bureau")
    made = services.enter_many(actor=coordinator, event=event, drafts=[team(school, 100, 0)])[0]
    services.submit_entry(actor=coordinator, entry=made)
    services.approve_entries(actor=reviewer, entries=[made])
    asked = swap(coordinator, fresh(made))

    with pytest.raises(NotAllowed):
        services.approve_substitution(actor=organiser, substitution=asked)
    services.refuse_request(actor=reviewer, asked=asked, answer="材料不足")

    asked.refresh_from_db()
    assert asked.state == "refused"


def test_a_school_without_a_bureau_has_its_replacements_decided_by_the_organisers(
    make_event: Callable[..., Event], organiser: Actor
) -> None:
    event = make_event("GZ-2026-043", rules=RULES)
    plan(organiser, event, "bureau")
    direct = organisation("省直学院")
    own = signed_in("direct", "school_coordinator", "organisation", str(direct.uid))
    made = services.enter_many(actor=own, event=event, drafts=[team(direct, 100, 0)])[0]
    services.submit_entry(actor=own, entry=made)
    asked = swap(own, fresh(made))

    assert list(substitutions_to_decide(organiser)) == [asked]
    services.approve_substitution(actor=organiser, substitution=asked)


def test_a_replacement_waits_while_the_team_is_reviewed_again(
    entry: Entry, coordinator: Actor, organiser: Actor
) -> None:
    asked = swap(coordinator, entry)
    Entry.objects.filter(pk=entry.pk).update(state="submitted")

    with pytest.raises(EntryFixed):
        services.approve_substitution(actor=organiser, substitution=asked)


def test_a_refusal_is_answered_and_the_school_may_take_its_question_back(
    entry: Entry, closed: Event, coordinator: Actor, stranger: Actor, organiser: Actor
) -> None:
    asked = services.ask_withdrawal(actor=coordinator, entry=entry, reason="选手骨折")
    with pytest.raises(Invalid):
        services.refuse_request(actor=organiser, asked=asked, answer=" ")
    services.refuse_request(actor=organiser, asked=asked, answer="缺医院证明")
    again = services.ask_withdrawal(actor=coordinator, entry=entry, reason="附证明")
    with pytest.raises(NotFound):
        services.take_back_request(actor=stranger, asked=again)
    services.take_back_request(actor=coordinator, asked=again)

    assert (fresh(entry).state, list(withdrawals_to_decide(organiser))) == ("approved", [])


def test_the_time_to_withdraw_ends_for_schools_and_not_for_organisers(
    entry: Entry, closed: Event, coordinator: Actor, organiser: Actor
) -> None:
    plan(organiser, closed, "bureau", "organiser", withdrawal_closes_at=clock.now() - timedelta(minutes=2))

    with pytest.raises(WithdrawalClosed):
        services.ask_withdrawal(actor=coordinator, entry=entry, reason="病")
    assert (way_out(coordinator, fresh(entry)), way_out(organiser, fresh(entry))) == ("", "now")
    services.withdraw_entry(actor=organiser, entry=entry, reason="学校来函")
    assert fresh(entry).state == "withdrawn"


def test_after_the_draw_nobody_withdraws(entry: Entry, event: Event, coordinator: Actor, organiser: Actor) -> None:
    Event.objects.filter(pk=event.pk).update(state="drawn")

    for actor in (coordinator, organiser):
        assert way_out(actor, fresh(entry)) == ""
        with pytest.raises((WithdrawalClosed, RegistrationClosed)):
            services.withdraw_entry(actor=actor, entry=entry, reason="病")


def test_the_number_and_the_quota_of_a_withdrawn_team_are_free_at_once(
    entry: Entry, school: Organisation, event: Event, coordinator: Actor, organiser: Actor
) -> None:
    services.enter_many(actor=coordinator, event=event, drafts=[team(school, 200, 0)])
    services.withdraw_entry(actor=coordinator, entry=entry, reason="选手骨折")

    made = services.enter_many(actor=coordinator, event=event, drafts=[team(school, 100, 0)])[0]

    assert (made.team_number, Entry.objects.filter(event=event).exclude(state="withdrawn").count()) == (1, 2)


def test_the_pages_carry_a_withdrawal_from_the_school_to_the_decision(
    entry: Entry, closed: Event, coordinator: Actor, reviewer: Actor, organiser: Actor
) -> None:
    page = browser(coordinator).get(f"/entries/{entry.uid}/").content.decode()
    assert f"/entries/{entry.uid}/ask-withdrawal/" in page
    browser(coordinator).post(f"/entries/{entry.uid}/ask-withdrawal/", {"reason": "选手骨折"})
    asked = Withdrawal.objects.get()

    assert "选手骨折" not in browser(reviewer).get("/entry-requests/").content.decode()
    assert "选手骨折" in browser(organiser).get("/entry-requests/").content.decode()
    assert "选手骨折" in browser(organiser).get(f"/events/{closed.code}/replacements/").content.decode()
    assert browser(coordinator).get("/entry-requests/").status_code == 403
    browser(organiser).post(f"/withdrawals/{asked.uid}/approve/")

    assert fresh(entry).state == "withdrawn"


def test_the_list_of_requests_asks_as_often_at_one_as_at_many(
    entry: Entry, closed: Event, coordinator: Actor, organiser: Actor
) -> None:
    desk = browser(organiser)

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(path).status_code == 200
        return len(asked)

    services.ask_withdrawal(actor=coordinator, entry=entry, reason="选手骨折")
    swap(coordinator, entry)
    paths = ("/entry-requests/", f"/events/{closed.code}/replacements/")
    [queries(path) for path in paths]
    few = [queries(path) for path in paths]
    for leaving in list(entry.members.filter(ended_at=None).order_by("pk"))[1:]:
        new = member(600 + leaving.position)
        services.ask_substitution(actor=coordinator, entry=entry, leaving=leaving, arriving=new, reason="病")

    assert [queries(path) for path in paths] == few
