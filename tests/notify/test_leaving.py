"""Somebody without account turns off, by the link in a letter, what they need not know."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import signing
from django.test import Client

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.notify import selectors, services
from backend.notify.models import Delivery, Silence
from backend.notify.selectors import Mailbox as Box
from backend.people.models import Person
from tests.notify.servers import Mailbox, mail_server
from tests.notify.world import acting, news, told_now, written_to_guests

pytestmark = pytest.mark.django_db
Guests = Callable[..., list[Person]]


def hint(secretary: User) -> str:
    """News that need not be known, carried; the link in the first letter."""
    with mail_server(Mailbox()) as mailbox:
        services.send_news(actor=acting(secretary), news=news("test.hint"))
        told_now()
        services.deliver_due()
    if not mailbox.arrived:
        return ""
    found = re.search(r"https://saixun.example.cn(/inbox/leave/\S+)", mailbox.arrived[0].get_content())
    assert found is not None
    return found[1]


def test_the_link_turns_off_what_need_not_be_known_and_the_page_says_what_still_comes(
    secretary: User, guests: Guests, client: Client
) -> None:
    (guest,) = guests(Box("guest1@example.cn"))
    link = hint(secretary)

    asked = client.get(link)
    before = Silence.objects.count()  # a scanner that opens links turns nothing off
    done = client.post(link)
    client.post(link)

    assert (before, list(Silence.objects.values_list("person", flat=True))) == (0, [guest.pk])
    assert ("不再接收此类通知" in asked.content.decode(), "仍会发送" in done.content.decode()) == (True, True)
    assert AuditEntry.objects.filter(action="preference.leave").count() == 1
    assert hint(secretary) == ""
    assert list(Delivery.objects.filter(state="failed").values_list("failure", flat=True)) == ["silent"]


def test_what_must_be_known_still_comes(secretary: User, guests: Guests, client: Client) -> None:
    guests(Box("guest1@example.cn"))
    client.post(hint(secretary))

    with mail_server(Mailbox()) as mailbox:
        services.send_news(actor=acting(secretary), news=news())
        told_now()
        services.deliver_due()

    assert mailbox.to == ["guest1@example.cn"]


def test_a_letter_that_waited_when_its_reader_left_does_not_go(secretary: User, guests: Guests, client: Client) -> None:
    guests(Box("guest1@example.cn"))
    link = hint(secretary)

    with mail_server(Mailbox()) as mailbox:
        services.send_news(actor=acting(secretary), news=news("test.hint"))
        told_now()
        client.post(link)
        services.deliver_due()

    assert mailbox.to == []


def test_the_writer_sees_who_left_and_the_page_turns_letters_on_again(
    secretary: User, guests: Guests, client: Client
) -> None:
    guests(Box("guest1@example.cn"))
    link = hint(secretary)
    client.post(link)
    with mail_server(Mailbox()):
        notice = written_to_guests(acting(secretary))
        told = selectors.addressees("test.guests", "A01")
        left = selectors.outside_of(notice, told, ["email"]).left

    client.post(link, {"again": "1"})

    assert [(one.name, str(one.why)) for one in left] == [("来宾1", "silent")]
    assert (Silence.objects.count(), hint(secretary) != "") == (0, True)


def test_whoever_of_two_merged_records_left_is_written_to_by_neither(secretary: User, guests: Guests) -> None:
    kept, duplicate = guests(Box("guest1@example.cn"), Box("guest2@example.cn"))
    Silence.objects.create(person=duplicate)
    Person.objects.filter(pk=duplicate.pk).update(merged_into=kept)

    assert selectors.silent([kept.pk]) == {kept.pk}


def test_a_forged_or_unknown_link_is_over(client: Client) -> None:
    words = ["nonsense", signing.dumps("0" * 32, salt="notify.leave.person"), signing.dumps("0" * 32, salt="other")]

    answers = [ask(f"/inbox/leave/{word}/").status_code for word in words for ask in (client.get, client.post)]

    assert answers == [410] * 6
