"""Officers sign in with a password and a code; each code works once."""

from __future__ import annotations

import base64
import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from backend.accounts import services
from backend.accounts.errors import CodeRefused, TooManyTries
from backend.accounts.models import RecoveryCode, SecondFactor, User
from backend.accounts.rulebook import STEP_SECONDS, enrolment_uri, matching_step, time_code
from backend.core.actor import SYSTEM
from backend.core.refs import Ref
from backend.people.services import grant_role

pytestmark = pytest.mark.django_db
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def officer() -> User:
    user = User.objects.create_user("officer", "correct-horse-9")
    grant_role(actor=SYSTEM, user=user, role="sys_admin", scope=Ref("system", ""))
    return user


def code_of(user: User, steps: int = 0) -> str:
    secret = SecondFactor.objects.get(user=user).reveal("secret")
    return time_code(secret, int(time.time()) // STEP_SECONDS + steps)


def enrolled(user: User) -> list[str]:
    services.begin_second_factor(user=user)
    return services.confirm_second_factor(actor=SYSTEM, user=user, code=code_of(user, -1))


def signed_in() -> Client:
    client = Client()
    client.post("/sign-in/", {"name": "officer", "password": "correct-horse-9"})
    return client


# The table of RFC 6238, appendix B, for SHA-1.
@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_the_standard(moment: int, code: str) -> None:
    assert time_code(RFC_SECRET, moment // STEP_SECONDS, digits=8) == code


@pytest.mark.parametrize(("late", "found"), [(-60, None), (-30, 99), (0, 100), (30, 101), (60, None)])
def test_a_clock_may_be_one_step_wrong(late: int, found: int | None) -> None:
    code = time_code(RFC_SECRET, 100 + late // STEP_SECONDS)

    assert matching_step(RFC_SECRET, code, now=100 * STEP_SECONDS, after=0) == found


def test_the_app_reads_account_and_issuer() -> None:
    uri = enrolment_uri("ABC", account="li", issuer="赛训证")

    assert uri == "otpauth://totp/%E8%B5%9B%E8%AE%AD%E8%AF%81:li?secret=ABC&issuer=%E8%B5%9B%E8%AE%AD%E8%AF%81"


def test_a_code_works_once(officer: User) -> None:
    enrolled(officer)
    code = code_of(officer)

    services.check_second_factor(actor=SYSTEM, user=officer, code=code)

    with pytest.raises(CodeRefused):
        services.check_second_factor(actor=SYSTEM, user=officer, code=code)


def test_a_recovery_code_works_once_and_is_kept_as_a_digest(officer: User) -> None:
    codes = enrolled(officer)
    typed = f"{codes[0][:4].lower()} {codes[0][4:]}"

    services.check_second_factor(actor=SYSTEM, user=officer, code=typed)

    with pytest.raises(CodeRefused):
        services.check_second_factor(actor=SYSTEM, user=officer, code=typed)
    assert len(set(codes)) == 10
    assert codes[1] not in str(list(RecoveryCode.objects.values()))


def test_wrong_codes_are_limited(officer: User) -> None:
    enrolled(officer)
    for _ in range(5):
        with pytest.raises(CodeRefused):
            services.check_second_factor(actor=SYSTEM, user=officer, code="abcdef")

    with pytest.raises(TooManyTries):
        services.check_second_factor(actor=SYSTEM, user=officer, code=code_of(officer))


def test_the_password_alone_opens_nothing(officer: User) -> None:
    enrolled(officer)
    client = signed_in()

    assert client.get("/account/").status_code == 403
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 403
    done = client.post("/sign-in/code/", {"code": code_of(officer)})
    assert (done.headers["Location"], client.get("/account/").status_code) == ("/", 200)


def test_the_code_page_leads_nowhere_without_a_password(client: Client) -> None:
    assert client.get("/sign-in/code/").headers["Location"] == "/sign-in/"


def test_a_password_card_does_not_pass_by_the_second_factor(officer: User, client: Client) -> None:
    enrolled(officer)
    made = services.issue_card(actor=SYSTEM, user=officer, purpose="password")

    client.post("/card/", {"word": made.secret})
    before = client.get("/password/").status_code
    there = client.post("/sign-in/code/", {"code": code_of(officer)}).headers["Location"]

    assert (before, there) == (403, "/password/")
    assert client.get("/password/").context["by_card"] is True


def test_where_it_is_required_an_officer_enrols_first(officer: User, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    client = signed_in()

    sent = client.get("/people/").headers["Location"]
    page = client.get("/second-factor/")
    shown = client.post("/second-factor/", {"code": code_of(officer)})

    assert (sent, page.status_code, len(shown.context["codes"])) == ("/second-factor/", 200, 10)
    assert client.get("/people/").status_code == 200
    assert client.get("/second-factor/").headers["Location"] == "/account/"


def test_where_it_is_required_a_coordinator_needs_none(settings: Any) -> None:
    settings.MFA_REQUIRED = True
    user = User.objects.create_user("officer", "correct-horse-9")
    grant_role(actor=SYSTEM, user=user, role="school_coordinator", scope=Ref("organisation", "x"))

    assert signed_in().get("/account/").status_code == 200


def test_the_secret_is_sealed(officer: User) -> None:
    factor = services.begin_second_factor(user=officer)

    assert factor.reveal("secret") not in factor.secret_sealed
    assert services.begin_second_factor(user=officer).reveal("secret") == factor.reveal("secret")
