"""Entering teams: quotas, deadlines, permissions and what happens to an entry afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, NotAllowed, NotFound
from backend.people.models import Organisation, Person
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.errors import (
    DeadlineOver,
    EntriesRefused,
    EntryFixed,
    EntryIncomplete,
    RegistrationClosed,
)
from competitions.registration.models import Entry, Member
from competitions.registration.selectors import entry_of, rosters_of
from tests.factories import signed_in
from tests.registration.world import RULES, id_number, member, team


@pytest.fixture
def colleague(school: Organisation) -> Actor:
    return signed_in("colleague", "school_coordinator", "organisation", str(school.uid))


def codes(refused: pytest.ExceptionInfo[EntriesRefused]) -> list[str]:
    return sorted(refused.value.problems)


def test_team_numbers_follow_each_other_up_to_the_quota(event: Event, school: Organisation, coordinator: Actor) -> None:
    first = services.enter_many(actor=coordinator, event=event, drafts=[team(school, 100, 0)])
    second = services.enter_many(actor=coordinator, event=event, drafts=[team(school, 200, 0)])

    with pytest.raises(EntriesRefused) as refused:
        services.enter_many(actor=coordinator, event=event, drafts=[team(school, 300, 0)])

    assert [e[0].team_number for e in (first, second)] == [1, 2]
    assert codes(refused) == ["1.team_number", "2.team_number", "3.team_number"]
    assert (Entry.objects.count(), Person.objects.count()) == (2, 6)


def test_owner_and_colleague_enter_the_school_and_a_stranger_does_not(
    event: Event, school: Organisation, coordinator: Actor, colleague: Actor, stranger: Actor
) -> None:
    entry = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])[0]

    services.submit_entry(actor=colleague, entry=entry)
    with pytest.raises(NotAllowed):
        services.enter_many(actor=stranger, event=event, drafts=[team(school, 200, 2)])
    with pytest.raises(NotFound):
        services.withdraw_entry(actor=stranger, entry=entry)

    assert entry_of(coordinator, entry.uid).state == "submitted"


def test_school_enters_to_the_end_of_the_deadlines_minute(
    event: Event, school: Organisation, coordinator: Actor, organiser: Actor
) -> None:
    Event.objects.update(registration_closes_at=clock.now().replace(second=0, microsecond=0))
    services.enter_many(actor=coordinator, event=event, drafts=[team(school)])
    Event.objects.update(registration_closes_at=clock.now() - timedelta(minutes=2))

    with pytest.raises(DeadlineOver):
        services.enter_many(actor=coordinator, event=event, drafts=[team(school, 200, 2)])

    services.enter_many(actor=organiser, event=event, drafts=[team(school, 200, 2)])
    assert Entry.objects.count() == 2


def test_nothing_is_entered_once_registration_is_closed(event: Event, school: Organisation, organiser: Actor) -> None:
    Event.objects.update(state="registered")

    with pytest.raises(RegistrationClosed):
        services.enter_many(actor=organiser, event=event, drafts=[team(school)])


def test_every_problem_comes_at_once(event: Event, school: Organisation, coordinator: Actor) -> None:
    people = (member(100), member(100), replace(member(101), phone="123"), replace(member(102), name=""))
    draft = replace(team(school, platform="平台丙"), members=people)

    with pytest.raises(EntriesRefused) as refused:
        services.enter_many(actor=coordinator, event=event, drafts=[draft])

    assert {"2.id_number", "3.phone", "4.name", "4.role", "1.tech_platform"} - set(codes(refused)) == set()
    assert (Entry.objects.count(), Member.objects.count(), Person.objects.count()) == (0, 0, 0)


def test_contestant_is_in_an_event_once(event: Event, school: Organisation, coordinator: Actor) -> None:
    services.enter_many(actor=coordinator, event=event, drafts=[team(school)])

    with pytest.raises(EntriesRefused) as refused:
        services.enter_many(actor=coordinator, event=event, drafts=[team(school, 102, 2)])

    assert codes(refused) == ["1.id_number"]


def test_incomplete_team_cannot_be_submitted_until_it_is_complete(
    event: Event, school: Organisation, coordinator: Actor
) -> None:
    entry = services.enter_many(actor=coordinator, event=event, drafts=[team(school, size=2)])[0]
    with pytest.raises(EntryIncomplete):
        services.submit_entry(actor=coordinator, entry=entry)

    services.enter_many(actor=coordinator, event=event, drafts=[replace(team(school), members=(member(300),))])
    submitted = services.submit_entry(actor=coordinator, entry=entry)

    assert (entry.state, submitted.state) == ("incomplete", "submitted")


def test_submitted_entry_is_reopened_before_it_changes(event: Event, school: Organisation, coordinator: Actor) -> None:
    entry = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])[0]
    services.submit_entry(actor=coordinator, entry=entry)
    changed = replace(team(school, 300), whole=True)

    with pytest.raises(EntryFixed):
        services.enter_many(actor=coordinator, event=event, drafts=[changed])
    with pytest.raises(EntryFixed):
        services.delete_draft(actor=coordinator, entry=services.reopen_entry(actor=coordinator, entry=entry))
    services.enter_many(actor=coordinator, event=event, drafts=[changed])

    assert Member.objects.filter(entry=entry, ended_at=None).count() == 3
    assert Member.objects.filter(entry=entry).exclude(ended_at=None).count() == 3


def test_withdrawn_entry_stays_on_record_and_frees_its_place(
    event: Event, school: Organisation, coordinator: Actor
) -> None:
    entry = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])[0]
    services.submit_entry(actor=coordinator, entry=entry)
    services.withdraw_entry(actor=coordinator, entry=entry, reason="生病")

    again = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])[0]

    assert (Entry.objects.count(), again.team_number, again.pk != entry.pk) == (2, 1, True)
    with pytest.raises(IllegalMove):
        services.submit_entry(actor=coordinator, entry=entry)


def test_draft_is_deleted_without_a_trace(event: Event, school: Organisation, coordinator: Actor) -> None:
    entry = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])[0]

    services.delete_draft(actor=coordinator, entry=entry)

    assert (Entry.objects.count(), Member.objects.count()) == (0, 0)


def test_rosters_give_names_to_organisers_only(
    event: Event, school: Organisation, coordinator: Actor, organiser: Actor, other_organiser: Actor
) -> None:
    services.enter_many(actor=coordinator, event=event, drafts=[team(school)])
    services.submit_complete(actor=coordinator, event=event)

    names = [[m.name for m in r.members] for r in rosters_of(organiser, event)]

    assert (names, rosters_of(other_organiser, event)) == ([["人100", "人101", "人102"]], [])


def test_another_schools_words_never_change_a_member(
    event: Event, make_event: Callable[..., Event], school: Organisation, coordinator: Actor, stranger: Actor
) -> None:
    entry = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])[0]
    other, theirs = make_event("GZ-2026-047", rules=RULES), Organisation.objects.get(name="别的学院")
    people = tuple(replace(member(n), name="另写") for n in (100, 101, 102))

    services.enter_many(actor=stranger, event=other, drafts=[replace(team(theirs), members=people)])

    assert [m.reveal("name") for m in entry.members.order_by("pk")] == ["人100", "人101", "人102"]
    assert Person.objects.count() == 3
    assert id_number(100) not in "".join(Member.objects.values_list("name_sealed", flat=True))
