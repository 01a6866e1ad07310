"""Nobody gets a second account: who has one already keeps it, and it stays theirs alone."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.people.errors import AccountOfAnother, AccountThere
from backend.people.models import Grant, Organisation, OwnAccount, Person
from backend.people.selectors import actor_for
from competitions.registration import services
from competitions.registration.models import Entry
from tests.factories import organisation
from tests.registration.links import completed, entry, event, fresh_counts, person_at, refusal, school, tokens

__all__ = ["entry", "event", "fresh_counts", "school", "tokens"]
pytestmark = pytest.mark.django_db
PASSWORD = "green-ladder-42"
WORDS = services.OwnWords(phone="13800138000")


def test_a_second_account_is_refused_with_what_to_do(coordinator: Actor, entry: Entry, tokens: list[str]) -> None:
    phone = completed(tokens[0])
    phone.get(f"/my-data/{tokens[0]}/account/")
    phone.post(f"/my-data/{tokens[0]}/account/", {"password": PASSWORD})
    again = phone.post(f"/my-data/{tokens[0]}/account/", {"password": PASSWORD}).status_code
    only = entry.members.get(position=1).uid
    (new,) = services.invite(actor=coordinator, entry=entry, only=only)
    later = Client()

    shown = later.post(f"/my-data/{new.token}/", {"phone": "13800138000"}).content.decode()
    answer = later.post(f"/my-data/{new.token}/account/", {"password": PASSWORD})

    assert (again, answer.status_code, "您已有账号" in shown) == (410, 409, True)
    assert "没有再开通" in answer.content.decode()
    assert (OwnAccount.objects.count(), Grant.objects.filter(role="contestant").count()) == (1, 1)


def test_who_was_given_an_account_by_officers_or_under_a_merged_record_gets_no_second(
    entry: Entry, tokens: list[str]
) -> None:
    for token in tokens[:2]:
        services.complete_own(token=token, words=WORDS)
    first, second = person_at(entry, 1), person_at(entry, 2)
    Person.objects.filter(pk=first.pk).update(user=User.objects.create_user("given"))
    Person.objects.filter(pk=second.pk).update(merged_into=first)

    refused = [
        refusal(services.open_account, token=token, account_name=f"23456789{n}", password=PASSWORD)
        for n, token in enumerate(tokens[:2])
    ]

    assert (refused, OwnAccount.objects.count()) == ([AccountThere, AccountThere], 0)


def test_the_database_takes_neither_a_person_nor_an_account_twice(entry: Entry, tokens: list[str]) -> None:
    services.complete_own(token=tokens[0], words=WORDS)
    user = services.open_account(token=tokens[0], account_name="234567890", password=PASSWORD)
    first, second = person_at(entry, 1), person_at(entry, 2)

    refused = 0
    for person, account in ((first, User.objects.create_user("other")), (second, user)):
        try:
            with transaction.atomic():
                OwnAccount.objects.create(person=person, user=account)
        except IntegrityError:
            refused += 1

    assert refused == 2


@pytest.fixture
def teacher() -> User:
    user = User.objects.create_user("teacher", PASSWORD)
    school = organisation("新乡学院")
    Grant.objects.create(user=user, role="school_coordinator", scope_kind="organisation", scope_key=str(school.uid))
    return user


def test_an_own_account_for_another_task_is_taken_with_its_password_and_keeps_its_role(
    entry: Entry, tokens: list[str], teacher: User
) -> None:
    phone = completed(tokens[0])
    page = f"/my-data/{tokens[0]}/account/"
    offered = phone.get(page).context["takes"]
    phone.post("/sign-in/", {"name": "teacher", "password": PASSWORD})

    wrong = phone.post(page, {"present": "not-this-one"})
    taken = phone.post(page, {"present": PASSWORD})

    person = person_at(entry, 1)
    assert (offered, wrong.status_code, taken.status_code) == (None, 422, 200)
    assert (person.user, OwnAccount.objects.get().user) == (teacher, teacher)
    assert sorted(teacher.grants.values_list("role", "scope_key")) == [
        ("contestant", str(person.uid)),
        ("school_coordinator", str(Organisation.objects.get(name="新乡学院").uid)),
    ]


def test_an_account_that_is_somebodys_own_is_not_taken_for_another_person(
    entry: Entry, tokens: list[str], teacher: User
) -> None:
    for token in tokens[:2]:
        services.complete_own(token=token, words=WORDS)
    actor = actor_for(teacher)
    services.take_account(actor=actor, token=tokens[0], password=PASSWORD)

    again = refusal(services.take_account, actor=actor, token=tokens[1], password=PASSWORD)

    assert (again, OwnAccount.objects.count()) == (AccountOfAnother, 1)


def test_a_teacher_who_is_signed_in_does_not_get_the_new_account_of_a_contestant(
    entry: Entry, tokens: list[str], teacher: User
) -> None:
    """The link is opened on the teacher's phone: the contestant's new account is not the teacher's."""
    phone = Client()
    phone.force_login(teacher)
    phone.post(f"/my-data/{tokens[0]}/", {"phone": "13800138000"})
    number = phone.get(f"/my-data/{tokens[0]}/account/").context["name"]
    phone.post(f"/my-data/{tokens[0]}/account/", {"password": PASSWORD})

    owner = person_at(entry, 1).user
    assert owner is not None
    assert (owner.account_name, teacher.grants.count()) == (number, 1)
