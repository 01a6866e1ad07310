"""Signing in by name, phone or e-mail; cards work once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from backend.accounts import services
from backend.accounts.errors import CardRefused, SignInRefused, TooManyTries, WrongPassword
from backend.accounts.models import SignInCard, User
from backend.accounts.selectors import phone_index
from backend.audit.models import AuditEntry
from backend.core.actor import PUBLIC, SYSTEM, Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def user() -> User:
    return User.objects.create_user(
        "li", "correct-horse-9", email="Li@example.cn", phone_index=phone_index("13800000000")
    )


@pytest.mark.parametrize("typed", ["li", "li@EXAMPLE.cn", "138 0000 0000", "+8613800000000", "１３８００００００００"])
def test_an_account_is_found_by_what_its_holder_types(user: User, typed: str, client: Client) -> None:
    answer = client.post("/sign-in/", {"name": typed, "password": "correct-horse-9"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_unknown_and_wrong_get_the_same_answer(user: User, client: Client) -> None:
    unknown = client.post("/sign-in/", {"name": "nobody", "password": "x"})
    wrong = client.post("/sign-in/", {"name": "li", "password": "x"})

    assert (unknown.status_code, wrong.status_code) == (403, 403)
    assert unknown.context["form"].non_field_errors() == wrong.context["form"].non_field_errors()


def test_a_refusal_is_recorded_without_what_was_typed(user: User, client: Client) -> None:
    for name in ("li", "my-secret-typed-as-a-name"):
        client.post("/sign-in/", {"name": name, "password": "correct-horse-8"})

    told = list(AuditEntry.objects.filter(action="account.sign_in_refused").order_by("pk"))
    assert [entry.subject_label for entry in told] == ["li", ""]
    assert "typed" not in str([vars(entry) for entry in told])


def test_wrong_tries_are_limited_and_the_refusal_says_when_to_come_back(user: User) -> None:
    for _ in range(10):
        with pytest.raises(SignInRefused):
            services.sign_in(actor=PUBLIC, name="li", password="wrong", address="1.2.3.4")

    with pytest.raises(TooManyTries) as refused:
        services.sign_in(actor=PUBLIC, name="li", password="correct-horse-9", address="1.2.3.4")

    assert 0 < refused.value.details["seconds"] <= 300
    assert "5" in str(refused.value)


def test_another_address_may_still_try(user: User) -> None:
    for _ in range(10):
        with pytest.raises(SignInRefused):
            services.sign_in(actor=PUBLIC, name="li", password="wrong", address="1.2.3.4")

    assert services.sign_in(actor=PUBLIC, name="li", password="correct-horse-9", address="5.6.7.8") == user


def test_a_whole_hall_behind_one_address_may_sign_in(user: User) -> None:
    found = {
        services.sign_in(actor=PUBLIC, name="li", password="correct-horse-9", address="1.2.3.4") for _ in range(30)
    }

    assert found == {user}


def test_signing_in_changes_the_session_key(user: User, client: Client) -> None:
    client.post("/language/", {"language": "en"})
    client.session["planted"] = True
    before = client.session.session_key

    client.post("/sign-in/", {"name": "li", "password": "correct-horse-9"})

    assert client.session.session_key != before


def test_nobody_is_sent_to_another_site(user: User, client: Client) -> None:
    form = {"name": "li", "password": "correct-horse-9", "next": "https://evil.example/"}

    assert client.post("/sign-in/", form).headers["Location"] == "/"


def test_a_card_works_once_by_either_word(user: User) -> None:
    made = services.issue_card(actor=SYSTEM, user=user)

    used = services.redeem_card(actor=PUBLIC, word=f" {made.code[:4].lower()}-{made.code[4:]} ", address="a")

    assert used.user == user
    with pytest.raises(CardRefused):
        services.redeem_card(actor=PUBLIC, word=made.secret, address="a")


def test_a_new_card_ends_the_former_one(user: User) -> None:
    old = services.issue_card(actor=SYSTEM, user=user)
    services.issue_card(actor=SYSTEM, user=user)

    with pytest.raises(CardRefused):
        services.redeem_card(actor=PUBLIC, word=old.secret, address="a")


def test_only_hashes_of_a_card_are_kept(user: User) -> None:
    made = services.issue_card(actor=SYSTEM, user=user)
    row = SignInCard.objects.values().get()

    assert made.secret not in str(row)
    assert made.code not in str(row)


def test_signing_again_needs_the_right_password(user: User) -> None:
    actor = Actor(role="supervisor", user_id=user.pk, user_uid=user.uid)

    assert services.reauthenticate(actor=actor, password="correct-horse-9") == user
    with pytest.raises(WrongPassword):
        services.reauthenticate(actor=actor, password="wrong")


def test_a_password_card_leads_to_a_new_password(user: User, client: Client) -> None:
    made = services.issue_card(actor=SYSTEM, user=user, purpose="password")

    there = client.post("/card/", {"word": made.code})
    weak = client.post("/password/", {"password": "short"})
    done = client.post("/password/", {"password": "a-much-longer-one"})

    assert (there.headers["Location"], weak.status_code, done.headers["Location"]) == ("/password/", 422, "/")
    assert client.post("/sign-in/", {"name": "li", "password": "a-much-longer-one"}).status_code == 302
