"""One's own sessions are listed and ended; a new password ends the others; a debt is paid first."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from backend.accounts import services
from backend.accounts.models import SignIn, User
from backend.accounts.rulebook import device_name
from backend.core.actor import SYSTEM

pytestmark = pytest.mark.django_db
SECRET = {"name": "li", "password": "correct-horse-9"}


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def user() -> User:
    return User.objects.create_user("li", "correct-horse-9")


def signed_in(name: str = "li") -> Client:
    client = Client()
    client.post("/sign-in/", {**SECRET, "name": name})
    return client


def inside(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_another_session_is_listed_and_ended(user: User) -> None:
    here, there = signed_in(), signed_in()
    listed = list(here.get("/account/").context["sessions"])
    other = next(s for s in listed if s.session_key == there.session.session_key)

    here.post(f"/account/sessions/{other.uid}/end/")

    assert len(listed) == 2
    assert (inside(here), inside(there)) == (True, False)


def test_a_strangers_session_is_not_found(user: User) -> None:
    User.objects.create_user("zhao", "correct-horse-9")
    own, strange = signed_in(), signed_in("zhao")
    uid = SignIn.objects.get(user=user).uid

    assert strange.post(f"/account/sessions/{uid}/end/").status_code == 404
    assert inside(own)


def test_signing_out_ends_the_session(user: User) -> None:
    client = signed_in()
    key = client.session.session_key

    client.post("/sign-out/")
    stolen = Client()
    stolen.cookies["sessionid"] = str(key)

    assert not inside(stolen)
    assert SignIn.objects.live().count() == 0


def test_signing_out_by_a_link_is_impossible(user: User) -> None:
    client = signed_in()

    assert client.get("/sign-out/").status_code == 405
    assert inside(client)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(user: User) -> None:
    here, there = signed_in(), signed_in()
    before = here.session.session_key

    here.post("/password/", {"former": "correct-horse-9", "password": "a-much-longer-one"})

    assert (inside(here), inside(there)) == (True, False)
    assert here.session.session_key != before
    assert [s.session_key for s in here.get("/account/").context["sessions"]] == [here.session.session_key]


def test_a_new_password_needs_the_present_one(user: User) -> None:
    answer = signed_in().post("/password/", {"former": "wrong", "password": "a-much-longer-one"})
    user.refresh_from_db()

    assert (answer.status_code, user.check_password("correct-horse-9")) == (422, True)


def test_everything_wrong_with_a_password_is_said_at_once(user: User) -> None:
    answer = signed_in().post("/password/", {"former": "correct-horse-9", "password": "12345"})

    assert len(answer.context["form"].errors["password"][0].split("。")) >= 3


def test_a_due_password_comes_before_everything_else(user: User) -> None:
    User.objects.update(must_change_password=True)
    client = signed_in()

    assert client.get("/").headers["Location"] == "/password/"
    assert client.get("/api/v1/judge/desk").status_code == 403
    client.post("/password/", {"former": "correct-horse-9", "password": "a-much-longer-one"})
    assert inside(client)


def test_a_password_cards_session_may_only_choose_a_password(user: User) -> None:
    made = services.issue_card(actor=SYSTEM, user=user, purpose="password")
    client = Client()
    client.post("/card/", {"word": made.code})

    assert client.get("/account/").headers["Location"] == "/password/"
    client.post("/password/", {"password": "a-much-longer-one"})
    assert inside(client)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "iPad · Safari"),
        ("Mozilla/5.0 (Linux; Android 13; SM-X200) Chrome/120.0 Safari/537.36", "Android tablet · Chrome"),
        ("Mozilla/5.0 (Linux; Android 13; Pixel) Chrome/120.0 Mobile Safari/537.36", "Android phone · Chrome"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Windows · Edge"),
        ("", ""),
    ],
)
def test_a_device_has_a_short_name(agent: str, name: str) -> None:
    assert device_name(agent) == name
