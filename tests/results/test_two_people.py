"""Two people sign: not with one account, not on one device, not with a role that has ended meanwhile."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from backend.accounts.errors import WrongPassword
from backend.accounts.models import User
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import NotAllowed
from backend.people.models import Grant
from backend.people.services import end_role
from competitions.results import services
from competitions.results.errors import NotSigned, SecondDeviceNeeded
from competitions.results.models import Signature, Tally
from tests.results.test_publishing import PASSWORD, done, score_all

__all__ = ["done"]
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def tally(done: SimpleNamespace) -> Tally:
    score_all(done)
    return services.make_tally(actor=done.chief, round=done.round)


def sign(actor: Actor, tally: Tally, **more: Any) -> Signature:
    return services.sign_tally(actor=actor, tally=tally, password=PASSWORD, sha256=tally.results_sha256, **more)


def role_of(actor: Actor) -> Grant:
    return Grant.objects.get(user=actor.user_id, ended_at=None)


def test_a_second_signer_whose_role_ended_meanwhile_does_not_sign(
    done: SimpleNamespace, tally: Tally, organiser: Actor
) -> None:
    sign(done.chief, tally)
    end_role(actor=SYSTEM, grant=role_of(done.supervisor))

    with pytest.raises(NotAllowed):
        sign(done.supervisor, tally)  # a request that began before the role ended

    with pytest.raises(NotSigned):
        services.publish(actor=organiser, round=done.round)
    assert tally.signatures.count() == 1


def test_a_blocked_account_does_not_sign(done: SimpleNamespace, tally: Tally) -> None:
    sign(done.chief, tally)
    User.objects.filter(pk=done.supervisor.user_id).update(is_active=False)

    with pytest.raises(WrongPassword):
        sign(done.supervisor, tally)

    assert tally.signatures.count() == 1


def test_one_device_signs_once(done: SimpleNamespace, tally: Tally) -> None:
    sign(done.chief, tally, device_index="a")

    with pytest.raises(SecondDeviceNeeded):
        sign(done.supervisor, tally, device_index="a")
    again = sign(done.chief, tally, device_index="a")
    sign(done.supervisor, tally, device_index="b")

    assert sorted(tally.signatures.values_list("duty", "device_index")) == [("chief", "a"), ("supervisor", "b")]
    assert again.duty == "chief"


def test_the_database_itself_refuses_two_signatures_of_one_device(done: SimpleNamespace, tally: Tally) -> None:
    first = sign(done.chief, tally, device_index="a")

    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            tally=tally,
            duty="supervisor",
            user_uid=done.supervisor.user_uid,
            signed_sha256=first.signed_sha256,
            signed_at=first.signed_at,
            device_index="a",
        )


def sign_in(client: Client, actor: Actor) -> Client:
    name = User.objects.get(pk=actor.user_id).account_name
    answer = client.post("/sign-in/", {"name": name, "password": PASSWORD})
    assert answer.status_code == 302, answer.content
    return client


@pytest.mark.parametrize(("two_devices", "signatures"), [(True, 1), (False, 2)])
def test_a_browser_is_known_again_after_the_other_person_signed_in(
    done: SimpleNamespace, tally: Tally, settings: Any, two_devices: bool, signatures: int
) -> None:
    settings.SIGN_ON_TWO_DEVICES, settings.MFA_REQUIRED = two_devices, False
    browser, address = Client(), f"/events/{done.event.code}/sign-off/"
    given = {"verb": "sign", "password": PASSWORD, "sha256": tally.results_sha256}

    sign_in(browser, done.chief).post(address, given)
    answer = sign_in(browser, done.supervisor).post(address, given)

    assert tally.signatures.count() == signatures
    assert answer.status_code == (409 if two_devices else 302)
    if two_devices:
        sign_in(Client(), done.supervisor).post(address, given)
        assert tally.signatures.count() == 2
