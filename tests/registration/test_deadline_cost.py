"""What one submission costs on deadline night: the same questions to the database, however full the event is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.core.actor import SYSTEM, Actor
from backend.core.errors import NotFound
from backend.documents import services as documents
from backend.people.models import Organisation, Person
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.errors import EntriesRefused
from competitions.registration.models import Entry
from competitions.registration.services.judging import read_field
from tests.factories import browser, organisation, signed_in
from tests.registration.test_papers import ask, photo
from tests.registration.world import RULES, team


@pytest.fixture
def event(make_event: Callable[..., Event], organiser: Actor) -> Event:
    made = make_event(rules=RULES)
    ask(organiser, made)
    return made


def submitted(event: Event, school: Organisation, serial: int) -> Entry:
    """A team with its photos, handed in by its school."""
    office = Actor(role="school_coordinator", scope=school.ref)
    entry = services.enter_many(actor=office, event=event, drafts=[team(school, serial, 0)])[0]
    photos = [
        documents.Upload(member.ref, photo(colour=f"#{serial:03d}{member.position:03d}"), "p.jpg", uuid4())
        for member in entry.members.all()
    ]
    documents.attach_many(actor=office, kind="entry.photo", uploads=photos)
    return services.submit_entry(actor=office, entry=entry)


def cost(event: Event, school: Organisation, serial: int) -> int:
    with CaptureQueriesContext(connection) as asked:
        submitted(event, school, serial)
    return len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]])


def test_a_submission_with_three_photos_asks_the_same_in_a_full_event(event: Event) -> None:
    schools = [organisation(f"第{n}学院") for n in range(12)]
    submitted(event, schools[0], 100)
    first = cost(event, schools[1], 110)
    for n, school in enumerate(schools[2:11]):
        submitted(event, school, 120 + n * 10)

    assert (first, cost(event, schools[11], 300)) == (28, 28)


def test_page_of_a_team_that_is_not_handed_in_reads_the_plan_once_and_no_requests(event: Event) -> None:
    school = organisation("第一学院")
    office = signed_in("office", "school_coordinator", "organisation", str(school.uid))
    entry = services.enter_many(actor=office, event=event, drafts=[team(school, 100, 0)])[0]
    client = browser(office)

    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/entries/{entry.uid}/")

    tables = Counter(q["sql"].partition(' FROM "')[2].partition('"')[0] for q in asked.captured_queries)
    read = [tables[f"registration_{name}"] for name in ("reviewplan", "substitution", "withdrawal", "submission")]
    assert (page.status_code, read) == (200, [1, 0, 0, 0])


def test_one_teams_form_reads_its_own_school_only(event: Event) -> None:
    one, other = organisation("第一学院"), organisation("第二学院")
    services.enter_many(actor=SYSTEM, event=event, drafts=[team(one, 100), team(other, 200)])

    field = read_field(event, [str(one.uid)])

    assert list(field.entries) == [(str(one.uid), 1)]
    assert {member.entry.school for member in field.members} == {one}


@pytest.mark.parametrize("merged", ["standing", "arriving", "neither"])
def test_a_person_with_another_school_is_met_under_each_of_their_numbers(
    event: Event, make_event: Callable[..., Event], merged: str
) -> None:
    """Two numbers that were found to be one human: whoever stands under either cannot come in under the other."""
    one, other = organisation("第一学院"), organisation("第二学院")
    services.enter_many(actor=SYSTEM, event=event, drafts=[team(one, 100)])
    elsewhere = make_event(code="ELSE", rules=RULES)
    services.enter_many(actor=SYSTEM, event=elsewhere, drafts=[team(other, 200)])
    standing = Entry.objects.get(event=event).members.get(position=1).person
    arriving = Entry.objects.get(event=elsewhere).members.get(position=1).person
    pairs = {"standing": (standing, arriving), "arriving": (arriving, standing)}
    if merged in pairs:
        duplicate, into = pairs[merged]
        Person.objects.filter(pk=duplicate.pk).update(merged_into=into)

    serial = 100 if merged == "neither" else 200
    with pytest.raises(EntriesRefused) as refused:
        services.enter_many(actor=SYSTEM, event=event, drafts=[team(other, serial)])

    assert refused.value.problems["1.id_number"] == ["此人已在本赛项的其他队或以其他角色报名。"]


def test_a_photo_of_another_schools_member_is_not_found(event: Event) -> None:
    one, other = organisation("第一学院"), organisation("第二学院")
    entry = services.enter_many(actor=SYSTEM, event=event, drafts=[team(one, 100)])[0]
    stranger = signed_in("stranger", "school_coordinator", "organisation", str(other.uid))

    with pytest.raises(NotFound):
        documents.attach(
            actor=stranger,
            kind="entry.photo",
            holder=entry.members.first().ref,
            content=photo(),
            file_name="p.jpg",
            client_id=uuid4(),
        )
