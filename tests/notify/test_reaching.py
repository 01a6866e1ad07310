"""Addresses count once their owner opened the link; e-mails that one need not know are turned off by one click."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core import clock
from backend.notify import selectors, services
from backend.notify.models import Preference
from tests.notify.servers import Mailbox, mail_server
from tests.notify.world import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create_user("li", display_name="李老师")


@pytest.fixture
def browser(user: User, client: Client) -> Client:
    client.force_login(user)
    return client


def link_in(mailbox: Mailbox, what: str) -> str:
    found = re.search(rf"https://saixun.example.cn(/inbox/{what}/\S+)", mailbox.arrived[-1].get_content())
    assert found is not None
    return found[1]


def test_a_new_address_counts_once_its_link_was_opened(
    user: User, browser: Client, django_capture_on_commit_callbacks: object
) -> None:
    with mail_server(Mailbox()) as mailbox, django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        browser.post("/inbox/address/", {"email": "li@example.cn"})
    before = selectors.reached(acting(user))
    with mail_server(Mailbox()) as other:
        services.deliver_due()
    link = link_in(mailbox if mailbox.arrived else other, "confirm")

    shown = Client().get(link)
    unchanged = selectors.reached(acting(user)).email
    done = Client().post(link)
    twice = Client().post(link)

    assert (before.email, before.new_email, unchanged) == ("", "li@example.cn", "")
    assert (shown.status_code, done.status_code, twice.status_code) == (200, 200, 200)
    assert selectors.reached(acting(user)).email == "li@example.cn"


def test_a_wrong_or_overtaken_link_is_gone(user: User, browser: Client) -> None:
    with mail_server(Mailbox()) as mailbox:
        services.ask_for_address(actor=acting(user), email="old@example.cn")
        services.send_confirmation(user_uid=str(user.uid))
        services.send_confirmation(user_uid=str(user.uid))
        services.deliver_due()
        link = link_in(mailbox, "confirm")
        Preference.objects.update(asked_at=clock.now() - timedelta(minutes=2))
        services.ask_for_address(actor=acting(user), email="new@example.cn")

    overtaken = browser.post(link).status_code
    wrong = browser.get("/inbox/confirm/nonsense/").status_code
    left = browser.post("/inbox/leave/nonsense/").status_code

    assert (len(mailbox.arrived), overtaken, wrong, left) == (1, 410, 410, 410)


def test_links_are_not_asked_for_twice_in_a_minute(user: User, browser: Client) -> None:
    with mail_server(Mailbox()):
        first = browser.post("/inbox/address/", {"email": "li@example.cn"}).status_code
        second = browser.post("/inbox/address/", {"email": "an@example.cn"}).status_code

    assert (first, second) == (302, 429)


def test_one_click_turns_off_what_one_need_not_know(user: User) -> None:
    User.objects.filter(pk=user.pk).update(email="li@example.cn")
    selectors.register_text("test.optional", "an optional note")
    with mail_server(Mailbox()) as mailbox:
        services.send_note(recipients=[User.objects.get(pk=user.pk)], kind="test.optional")
        services.deliver_due()
        told = str(mailbox.arrived[0]["List-Unsubscribe"]).strip(" <>").removeprefix("https://saixun.example.cn")
        gone = Client(enforce_csrf_checks=True).post(told, {"List-Unsubscribe": "One-Click"}).status_code
        services.send_note(recipients=[User.objects.get(pk=user.pk)], kind="test.optional")
        services.send_note(recipients=[User.objects.get(pk=user.pk)], kind="role.given", params={"role": "judge"})
        services.deliver_due()

    subjects = [str(letter["Subject"]) for letter in mailbox.arrived]
    assert (gone, len(subjects), subjects[0]) == (200, 2, "an optional note")
    assert "List-Unsubscribe" not in mailbox.arrived[1]


def test_preferences_are_ones_own_and_sealed(user: User, browser: Client) -> None:
    answer = browser.post(
        "/inbox/preferences/", {"email_wants": "duty", "sms_wants": "nothing", "phone": "138 0013 8000"}
    )
    wrong = browser.post("/inbox/preferences/", {"email_wants": "all", "sms_wants": "all", "phone": "12"})

    row = Preference.objects.get(user=user)
    assert (answer.status_code, wrong.status_code) == (302, 200)
    assert (row.email_wants, row.sms_wants, row.reveal("phone")) == ("duty", "nothing", "13800138000")
    assert "138" not in row.phone_sealed
    assert [e for e in AuditEntry.objects.values_list("details", flat=True) if "138" in str(e)] == []


def test_a_removed_address_gets_nothing_more(user: User, browser: Client) -> None:
    preference = Preference(user=user)
    preference.put("email", "li@example.cn")
    preference.save()

    browser.post("/inbox/address/", {"forget": "1"})

    assert selectors.reached(acting(user)).email == ""
