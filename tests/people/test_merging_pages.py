"""Two officers merge a person's two records on the pages; what a page says, and to whom."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.people import services
from backend.people.models import Person
from tests.factories import person
from tests.people.officers import asking, confirming, duplicate, right
from tests.registration.world import id_number

__all__ = ["asking", "confirming", "duplicate", "right"]

pytestmark = pytest.mark.django_db


def browser(actor: Actor) -> Client:
    cache.clear()
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def wish(**told: str) -> dict[str, str]:
    types = {"duplicate_type": "resident", "into_type": "resident"}
    numbers = {"duplicate_number": f" {id_number(100).lower()} ", "into_number": id_number(900)}
    return {**types, **numbers, "reason": "已核对原件", **told}


def test_two_officers_merge_on_the_page_and_numbers_are_masked(
    asking: Actor, confirming: Actor, duplicate: Person, right: Person
) -> None:
    first, second = browser(asking), browser(confirming)
    page = first.post("/persons/merges/", wish()).headers["Location"]

    seen = second.get(page).content.decode()
    own, done = first.post(f"{page}confirm/").status_code, second.post(f"{page}confirm/").status_code

    assert (own, done) == (403, 302)
    assert id_number(100) not in seen
    assert "人100" not in seen
    assert Person.objects.get(pk=duplicate.pk).canonical == right


def test_an_unknown_number_is_told_at_its_field(asking: Actor, right: Person) -> None:
    answer = browser(asking).post("/persons/merges/", wish())

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["duplicate_number"])


def test_others_find_no_merge(asking: Actor, organiser: Actor, duplicate: Person, right: Person) -> None:
    made = services.ask_merge(actor=asking, duplicate=duplicate, into=right, reason="x")
    client = browser(organiser)

    answers = [client.get("/persons/merges/").status_code, client.get(f"/persons/merges/{made.uid}/").status_code]

    assert answers == [403, 404]


def test_the_second_officer_is_told_what_differs_and_later_who_confirmed(asking: Actor, confirming: Actor) -> None:
    person(id_number(100), "张三")
    person(id_number(900), "李四")
    page = browser(asking).post("/persons/merges/", wish()).headers["Location"]

    seen, before = (browser(officer).get(page).content.decode() for officer in (confirming, asking))
    browser(confirming).post(f"{page}confirm/")
    later = browser(asking).get(page).content.decode()

    assert ("两条记录姓名不同" in seen, "两条记录姓名不同" in later) == (True, False)
    assert ("second-officer" in before, "second-officer" in later) == (False, True)
