"""A team of two grown-ups and a child, and what they write by their links."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.people.models import Organisation, Person
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import Entry, Member
from competitions.registration.rulebook import EntryDraft, MemberDraft
from tests.registration.world import RULES, id_number

WORDS = services.OwnWords(phone="13800138000", study_number="S1", major_name="大数据技术")
MOTHER = services.Agreement("王芳", "mother", "13900139000")
CHILD = "20120501"


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules={"team": RULES["team"]})


@pytest.fixture
def school(event: Event) -> Organisation:
    return Organisation.objects.get(name="郑州铁路职业技术学院")


@pytest.fixture
def entry(event: Event, school: Organisation, coordinator: Actor) -> Entry:
    """Two grown-ups and a child of 14."""
    people = [MemberDraft("contestant", f"人{n}", id_number(n)) for n in (100, 101)]
    child = MemberDraft("contestant", "小人", id_number(102, CHILD))
    draft = EntryDraft(str(school.uid), 1, "平台甲", (*people, child))
    return services.enter_many(actor=coordinator, event=event, drafts=[draft])[0]


def handed(actor: Actor, entry: Entry) -> list[str]:
    return [one.token for one in services.invite(actor=actor, entry=entry)]


def refusal(call: Callable[..., object], **arguments: object) -> type[DomainError] | None:
    try:
        call(**arguments)
    except DomainError as error:
        return type(error)
    return None


@pytest.fixture
def tokens(coordinator: Actor, entry: Entry) -> list[str]:
    return [one.token for one in services.invite(actor=coordinator, entry=entry)]


def completed(token: str) -> Client:
    """The contestant's phone, once the own data is handed in."""
    phone = Client()
    assert phone.post(f"/my-data/{token}/", {"phone": "13800138000"}).status_code == 200
    return phone


def person_at(entry: Entry, position: int) -> Person:
    return Member.objects.get(entry=entry, position=position).person
