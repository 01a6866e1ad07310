"""The first page: what waits for the signed-in, what this is for everybody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.people.models import Grant
from backend.ui import context, registry
from backend.ui.registry import Todo

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting() -> Iterator[None]:
    registry.todos(
        "test-room",
        lambda actor: [
            Todo("备用赛题使用说明未签字", "/x/", "提醒"),
            Todo("分差大于 1", "/y/", "去处理", tone="danger"),
        ],
    )
    yield
    registry._todos.pop("test-room")


@pytest.fixture
def signed_in(client: Client) -> Client:
    user = User.objects.create_user("li", "correct-horse-9")
    Grant.objects.create(user=user, role="organiser", scope_kind="group", scope_key="12")
    client.force_login(user)
    return client


def test_the_most_pressing_work_stands_first(signed_in: Client, waiting: None) -> None:
    page = signed_in.get("/").content.decode()

    assert page.index("分差大于 1") < page.index("备用赛题使用说明未签字")


def test_a_visitor_sees_no_work_but_may_verify(client: Client, waiting: None) -> None:
    page = client.get("/").content.decode()

    assert "分差大于 1" not in page
    assert 'action="/verify/"' in page


def test_the_page_names_the_acting_role(signed_in: Client) -> None:
    assert "组委会" in signed_in.get("/").content.decode()


def test_the_longest_fitting_menu_entry_is_the_current_one() -> None:
    actor = Actor(role="organiser", user_id=1)

    current = [e["key"] for e in context.entries(actor, "/") if e["current"]]

    assert current == ["first"]


@pytest.mark.parametrize("text", ["<script", "<style", " style=", "onclick=", "javascript:"])
def test_nothing_is_inline(signed_in: Client, text: str) -> None:
    signed_in.get("/")
    pages = signed_in.get("/").content.decode() + Client().get("/").content.decode()

    inline = pages.replace("<script defer src=", "").replace('<script type="module" src=', "")
    assert text not in inline


def test_the_language_switch_goes_back_only_within_this_site(client: Client) -> None:
    away = client.post("/language/", {"language": "en", "next": "https://elsewhere.example/"})
    home = client.post("/language/", {"language": "en", "next": "/sign-in/?next=/x/"})

    assert (away["Location"], home["Location"]) == ("/", "/sign-in/?next=/x/")
    assert home.cookies["django_language"].value == "en"
