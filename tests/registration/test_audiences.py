"""Whom a notice about an event reaches: its schools' coordinators, and members with an account of their own."""

from __future__ import annotations

import pytest

from backend.core.actor import Actor
from backend.notify.selectors import addressees, keys_of, mailboxes
from backend.people.models import Person
from competitions.contests.models import Event
from competitions.registration.services import enter_many, withdraw_entry
from tests.factories import organisation, signed_in
from tests.registration.world import team

pytestmark = pytest.mark.django_db


def test_coordinators_of_standing_teams_are_reached_and_others_are_not(event: Event, organiser: Actor) -> None:
    schools = [organisation(name) for name in ("开封大学", "黄河水利职业技术大学", "没有报名的学校")]
    coordinators = [signed_in(f"c{n}", "school_coordinator", "organisation", str(s.uid)) for n, s in enumerate(schools)]
    teams = [team(schools[0]), team(schools[1], serial=200)]
    _stays, leaves = enter_many(actor=organiser, event=event, drafts=teams)
    withdraw_entry(actor=organiser, entry=leaves)

    found = addressees("event.coordinators", event.code)

    assert [one.user_id for one in found] == [coordinators[0].user_id]
    assert found[0].facts["school"] == "开封大学"
    assert found[0].facts["event"] == "网站技术"


def test_members_are_reached_by_their_account_or_as_persons_with_the_phone_their_school_wrote(
    event: Event, organiser: Actor
) -> None:
    (entry,) = enter_many(actor=organiser, event=event, drafts=[team(organisation("开封大学"))])
    account = signed_in("pupil", "contestant", "person", "")
    Person.objects.filter(members__entry=entry, members__position=1).update(user_id=account.user_id)

    second, third = entry.members.filter(position__gt=1).order_by("person")
    second.put("phone", "13800138002")
    second.save(update_fields=["phone_sealed"])

    told = addressees("event.contestants", event.code)
    keys = [a.person_id for a in told if a.person_id is not None]
    known = mailboxes("event.contestants", [event.code], keys)

    assert [(a.user_id, a.person_id) for a in told] == [
        (account.user_id, None),
        (None, second.person_id),
        (None, third.person_id),
    ]
    assert {pk: box.at("sms") for pk, box in known.items()} == {second.person_id: "13800138002"}
    assert [a.facts["school"] for a in told] == ["开封大学"] * 3
    assert addressees("event.instructors", event.code) == []


def test_members_of_a_withdrawn_team_are_not_reached(event: Event, organiser: Actor) -> None:
    (entry,) = enter_many(actor=organiser, event=event, drafts=[team(organisation("开封大学"))])
    person = entry.members.earliest("pk").person_id
    withdraw_entry(actor=organiser, entry=entry)

    assert addressees("event.contestants", event.code) == []
    assert mailboxes("event.contestants", [event.code], [person]) == {}


def test_only_who_organises_an_event_writes_to_its_people(
    event: Event, organiser: Actor, other_organiser: Actor
) -> None:
    offered = [list(keys_of(actor, "event.coordinators")) for actor in (organiser, other_organiser)]

    assert offered == [[event.code], []]
