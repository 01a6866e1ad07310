"""Two windows at once on PostgreSQL: a quota is never overdrawn, a contestant is in an event once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import SYSTEM
from backend.core.errors import DomainError
from backend.people.errors import AccountThere
from backend.people.models import Grant, Group, Organisation, OwnAccount
from competitions.contests.models import Contest, Edition, Event, RuleSet
from competitions.registration import services
from competitions.registration.errors import EnteredMeanwhile, EntriesRefused, NotWaiting, SubstitutionPending
from competitions.registration.models import Entry, Member, Review
from tests.factories import organisation
from tests.registration.world import RULES, member, team

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.postgres_only]


@pytest.fixture
def event(transactional_db: None) -> Event:
    lead = organisation("牵头")
    group = Group.objects.create(code="12", number=12, name="集团", lead_school=lead, major_category="51")
    edition = Edition.objects.create(contest=Contest.objects.create(code="HN", name="大赛"), year=2026, name="2026")
    rule_set = RuleSet.objects.create(code="r", title="规程", rules=RULES)
    return Event.objects.create(
        edition=edition,
        code="GZ-1",
        name="赛项",
        leading_group=group,
        rule_set=rule_set,
        state="registering",
        registration_closes_at=clock.now() + timedelta(days=1),
    )


def race(calls: list[Callable[[], object]]) -> list[object]:
    """Runs every call in a thread of its own, all at once; a refusal is a result too."""
    start, outcome = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        start.wait(10)
        try:
            outcome.append(call())
        except DomainError as refusal:
            outcome.append(type(refusal))
        finally:
            connection.close()

    racers = [threading.Thread(target=run, args=(call,)) for call in calls]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(60)
    return outcome


def entering(event: Event, school: Organisation, serial: int) -> Callable[[], object]:
    draft = team(school, serial, 0, platform="")
    return lambda: len(services.enter_many(actor=SYSTEM, event=event, drafts=[draft]))


def test_six_windows_never_overdraw_a_quota_of_two(event: Event) -> None:
    school = organisation("学院")

    outcome = race([entering(event, school, 100 + 10 * n) for n in range(6)])

    assert Counter(outcome) == {1: 2, EntriesRefused: 4}
    assert sorted(Entry.objects.values_list("team_number", flat=True)) == [1, 2]


def test_one_contestant_claimed_by_four_schools_is_entered_once(event: Event) -> None:
    outcome = race([entering(event, organisation(f"学院{n}"), 100) for n in range(4)])

    assert outcome.count(1) == 1
    assert set(outcome) - {1, EntriesRefused, EnteredMeanwhile} == set()
    assert (Entry.objects.count(), Member.objects.count()) == (1, 3)


def test_two_reviewers_at_once_decide_once(event: Event) -> None:
    services.set_review_plan(actor=SYSTEM, event=event, steps=["organiser"], reviewed_fields=["name"])
    school = organisation("学院")
    entry = services.enter_many(actor=SYSTEM, event=event, drafts=[team(school, 100, 0)])[0]
    services.submit_entry(actor=SYSTEM, entry=entry)

    outcome = race(
        [
            lambda: services.approve_entries(actor=SYSTEM, entries=[entry]),
            lambda: services.return_entry(actor=SYSTEM, entry=entry, reason="补正").state,
            lambda: services.reject_entry(actor=SYSTEM, entry=entry, reason="不符").state,
        ]
    )

    assert outcome.count(NotWaiting) == 2
    assert Review.objects.count() == 1


def test_two_windows_ask_for_one_replacement_once(event: Event) -> None:
    services.set_review_plan(actor=SYSTEM, event=event, steps=["organiser"], reviewed_fields=["name"])
    entry = services.enter_many(actor=SYSTEM, event=event, drafts=[team(organisation("学院"), 100, 0)])[0]
    services.submit_entry(actor=SYSTEM, entry=entry)
    services.approve_entries(actor=SYSTEM, entries=[entry])
    leaving = entry.members.order_by("position")[0]

    def ask() -> object:
        return services.ask_substitution(
            actor=SYSTEM, entry=entry, leaving=leaving, arriving=member(900), reason="病"
        ).state

    outcome = race([ask, ask, ask])

    assert sorted(map(str, outcome)) == sorted(["asked", str(SubstitutionPending), str(SubstitutionPending)])


def test_two_tabs_on_one_link_open_one_account(event: Event) -> None:
    (entry,) = services.enter_many(actor=SYSTEM, event=event, drafts=[team(organisation("学院"), 100, 0)])
    handed = services.invite(actor=SYSTEM, entry=entry)[0]
    services.complete_own(token=handed.token, words=services.OwnWords(phone="13800138000"))

    def opening(number: int) -> Callable[[], object]:
        name = f"23456789{number}"
        return lambda: (
            services.open_account(token=handed.token, account_name=name, password="green-ladder-42").account_name
        )

    outcome = race([opening(n) for n in range(4)])

    (own,) = OwnAccount.objects.select_related("user", "person")
    assert Counter(outcome) == {own.user.account_name: 1, AccountThere: 3}
    assert (User.objects.count(), own.person.user, Grant.objects.count()) == (1, own.user, 1)
