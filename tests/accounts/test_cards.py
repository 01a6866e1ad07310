"""A printed card signs in once, on one device, into one seat."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Any

import pytest
import zxingcpp
from django.core.cache import cache
from django.db import connection
from django.test import Client
from PIL import Image

from backend.accounts import services
from backend.accounts.errors import CardRefused, TooManyTries
from backend.accounts.models import SignIn, SignInCard, User
from backend.accounts.render import printed_card, qr_of
from backend.core import clock
from backend.core.actor import PUBLIC, SYSTEM
from backend.core.refs import Ref
from backend.people.models import Grant
from backend.people.services import end_role, grant_role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def user() -> User:
    return User.objects.create_user("seat-3", "correct-horse-9")


@pytest.fixture
def seat(user: User) -> Grant:
    return grant_role(actor=SYSTEM, user=user, role="judge", scope=Ref("seat", "s3", "裁判席 3"))


def redeemed(word: str, client: Client | None = None) -> Client:
    browser = client or Client()
    browser.post("/card/", {"word": word}, headers={"User-Agent": "Mozilla/5.0 (iPad; CPU) Safari/605"})
    return browser


def role_of(browser: Client) -> str:
    return str(browser.get("/card/").context["actor"].role)


def test_a_seat_card_opens_a_session_in_that_seat_for_a_day(user: User, seat: Grant, settings: Any) -> None:
    made = services.issue_card(actor=SYSTEM, user=user, grant_uid=seat.uid)

    browser = redeemed(made.secret)

    assert role_of(browser) == "judge"
    assert browser.session.get_expiry_age() == settings.SEAT_SESSION_SECONDS
    assert SignIn.objects.get().device == "iPad · Safari"


def test_a_seat_session_acts_in_no_other_role(user: User, seat: Grant) -> None:
    officer = grant_role(actor=SYSTEM, user=user, role="sys_admin", scope=Ref("system", ""))
    bound = redeemed(services.issue_card(actor=SYSTEM, user=user, grant_uid=seat.uid).secret)
    loose = redeemed(services.issue_card(actor=SYSTEM, user=user).secret)

    refused = [b.post("/role/", {"grant": str(officer.uid)}).status_code for b in (bound, loose)]

    assert refused == [403, 403]
    assert [role_of(bound), role_of(loose)] == ["judge", "judge"]


def test_a_seat_session_cannot_change_the_password(user: User, seat: Grant) -> None:
    browser = redeemed(services.issue_card(actor=SYSTEM, user=user, grant_uid=seat.uid).secret)

    assert browser.get("/password/").status_code == 403


def test_a_seat_session_is_worth_nothing_once_the_role_is_ended(user: User, seat: Grant) -> None:
    grant_role(actor=SYSTEM, user=user, role="chief_judge", scope=Ref("event", "E1"))
    browser = redeemed(services.issue_card(actor=SYSTEM, user=user, grant_uid=seat.uid).secret)

    end_role(actor=SYSTEM, grant=seat)

    assert role_of(browser) == "public"


def test_a_new_card_ends_the_sessions_of_the_former_one(user: User, seat: Grant) -> None:
    browser = redeemed(services.issue_card(actor=SYSTEM, user=user, grant_uid=seat.uid).secret)
    by_password = Client()
    by_password.post("/sign-in/", {"name": "seat-3", "password": "correct-horse-9"})

    services.issue_card(actor=SYSTEM, user=user, grant_uid=seat.uid)

    assert [role_of(browser), role_of(by_password)] == ["public", "judge"]


def test_an_expired_card_and_a_closed_account_are_refused_alike(user: User) -> None:
    old, closed = services.issue_card(actor=SYSTEM, user=user), User.objects.create_user("closed", is_active=False)
    SignInCard.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    other = services.issue_card(actor=SYSTEM, user=closed)

    answers = [Client().post("/card/", {"word": word}) for word in (old.code, other.code, "NOSUCHCD")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert len({str(answer.context["form"].non_field_errors()) for answer in answers}) == 1


def test_guessing_is_limited_and_right_cards_are_not_counted(user: User) -> None:
    for _ in range(40):
        word = services.issue_card(actor=SYSTEM, user=user).code
        services.redeem_card(actor=PUBLIC, word=word, address="hall")
    for _ in range(30):
        with pytest.raises(CardRefused):
            services.redeem_card(actor=PUBLIC, word="GUESSING", address="hall")

    with pytest.raises(TooManyTries):
        services.redeem_card(actor=PUBLIC, word="GUESSING", address="hall")


def test_a_card_opens_a_new_session_and_leaves_the_former_account(user: User, seat: Grant) -> None:
    browser = Client()
    browser.force_login(User.objects.create_user("somebody"))
    before = browser.session.session_key

    redeemed(services.issue_card(actor=SYSTEM, user=user, grant_uid=seat.uid).secret, browser)

    assert browser.session.session_key != before
    assert browser.get("/account/").context["request"].user == user


def test_the_secret_is_in_no_log_and_no_query_string(user: User, caplog: pytest.LogCaptureFixture) -> None:
    made = services.issue_card(actor=SYSTEM, user=user)
    card = printed_card(made, holder="裁判席 3")

    with caplog.at_level(logging.DEBUG):
        redeemed(made.secret)

    assert made.secret not in caplog.text
    assert card.where.endswith("/card/")


def test_the_printed_code_is_read_by_a_scanner() -> None:
    text = "http://127.0.0.1:8000/card/#" + "x" * 32
    qr = qr_of(text)
    picture = Image.new("L", (qr.size * 4, qr.size * 4), 255)
    for run in qr.path.split("z")[:-1]:
        x, y = (int(n) for n in run[1 : run.index("h")].split())
        wide = int(run[run.index("h") + 1 : run.index("v")])
        picture.paste(0, (x * 4, y * 4, (x + wide) * 4, y * 4 + 4))

    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [text]


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_of_two_devices_one_wins(user: User) -> None:
    made = services.issue_card(actor=SYSTEM, user=user)
    start, outcome = threading.Barrier(4), []

    def race() -> None:
        start.wait(10)
        try:
            outcome.append(services.redeem_card(actor=PUBLIC, word=made.secret, address="a") and "in")
        except CardRefused:
            outcome.append("refused")
        connection.close()

    racers = [threading.Thread(target=race) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(20)

    assert sorted(outcome) == ["in", "refused", "refused", "refused"]
