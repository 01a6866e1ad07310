"""A lost phone: another system officer takes the authenticator away, a printed card brings the account back."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from backend.accounts import services as accounts
from backend.accounts.models import RecoveryCode, SecondFactor, SignIn, SignInCard, User
from backend.accounts.rulebook import STEP_SECONDS, time_code
from backend.core.actor import Actor
from backend.core.errors import NotAllowed
from backend.people import services
from tests.factories import signed_in

pytestmark = pytest.mark.django_db


def enrolled(actor: Actor) -> User:
    user = User.objects.get(pk=actor.user_id)
    factor = accounts.begin_second_factor(user=user)
    accounts.confirm_second_factor(
        actor=actor, user=user, code=time_code(factor.reveal("secret"), int(time.time()) // STEP_SECONDS)
    )
    return user


@pytest.fixture
def officer() -> Actor:
    return signed_in("officer", "sys_admin", "system", "")


@pytest.fixture
def other() -> Actor:
    return signed_in("other", "sys_admin", "system", "")


def test_the_account_comes_back_by_the_card_only(officer: Actor, other: Actor) -> None:
    user = enrolled(officer)
    client = Client()
    client.force_login(user)
    accounts.open_session(user=user, session_key=str(client.session.session_key))

    services.replace_second_factor(actor=other, user=user)

    user.refresh_from_db()
    assert (SecondFactor.objects.count(), RecoveryCode.objects.count()) == (0, 0)
    assert not user.check_password("correct-horse-9")
    assert not SignIn.objects.filter(user=user, ended_at=None).exists()
    assert SignInCard.objects.get(user=user).purpose == "password"


def test_nobody_frees_themselves_and_no_group_frees_an_officer(officer: Actor, other: Actor, organiser: Actor) -> None:
    user = enrolled(officer)

    for actor in (officer, organiser):
        with pytest.raises(NotAllowed):
            services.replace_second_factor(actor=actor, user=user)
    assert SecondFactor.objects.filter(user=user).exists()


def test_the_page_offers_it_to_another_officer(officer: Actor, other: Actor, settings: object) -> None:
    settings.MFA_REQUIRED = False  # type: ignore[attr-defined]
    user = enrolled(officer)
    client = Client()
    client.force_login(User.objects.get(pk=other.user_id))
    grant = user.grants.get()

    assert f"/people/{grant.uid}/second-factor/" in client.get("/people/").content.decode()
    printed = client.post(f"/people/{grant.uid}/second-factor/")

    assert printed.status_code == 200
    assert f"/people/{grant.uid}/second-factor/" not in client.get("/people/").content.decode()
