"""Who has no account is written to by letters: once, with nothing of their address kept, and shown like the others."""

from __future__ import annotations

import io
import json
import logging
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import SYSTEM
from backend.core.errors import DomainError, NotAllowed
from backend.core.refs import Ref
from backend.notify import selectors, services
from backend.notify.errors import NoWayToReach
from backend.notify.models import Delivery, Note, Notice
from backend.notify.rulebook import ways_to
from backend.notify.selectors import Mailbox as Box
from backend.people.models import Grant, Person
from backend.people.selectors import actor_for
from backend.people.services import link_account
from tests.notify.servers import Mailbox, mail_server
from tests.notify.world import BOXES, GUEST_TEXT, acting, teachers, written_to_guests

pytestmark = pytest.mark.django_db
Guests = Callable[..., list[Person]]
BY_FILE = {"SMS_GATEWAY": "backend.notify.backends.sms.FileGateway"}


def sent(secretary: User, **wishes: object) -> Notice:
    actor = acting(secretary)
    return services.send_notice(actor=actor, notice=written_to_guests(actor, **wishes))  # type: ignore[arg-type]


def states() -> Counter[tuple[str, str, str]]:
    return Counter(Delivery.objects.values_list("channel", "state", "failure"))


def due_again() -> None:
    Delivery.objects.filter(state="queued").update(due_at=clock.now())


def test_a_person_without_account_gets_a_letter_and_an_account_its_note(secretary: User, guests: Guests) -> None:
    teachers(1)
    guests(Box("guest1@example.cn"))

    with mail_server(Mailbox()) as mailbox:
        notice = sent(secretary)
        services.deliver_due()

    letter = next(one for one in mailbox.arrived if str(one["To"]) == "guest1@example.cn")
    text = letter.get_content().replace("\r\n", "\n")
    assert mailbox.to == ["guest1@example.cn", "teacher1@example.cn"]
    assert str(letter["Subject"]) == "请回复：网络系统管理"
    assert text.startswith("来宾1，您好：请确认能否参加网络系统管理。\n\n")
    assert "Guests（A01 网络系统管理）" in text
    assert re.findall(r"saixun.example.cn(/inbox/\w*)", text) == ["/inbox/leave"]
    assert str(letter["List-Unsubscribe"]).strip(" <>") in text
    assert notice.recipients_count == 2


def test_no_address_is_kept_and_none_reaches_the_log(
    secretary: User, guests: Guests, caplog: pytest.LogCaptureFixture
) -> None:
    guests(Box("guest1@example.cn", "13800138001"), Box("guest2@example.cn"))

    with caplog.at_level(logging.DEBUG), mail_server(Mailbox({"guest2@example.cn": "550 guest2@example.cn?"})):
        sent(secretary)
        services.deliver_due()

    kept = [list(model.objects.values()) for model in (Notice, Note, Delivery, AuditEntry)]  # type: ignore[attr-defined]
    logged = [r.getMessage() for r in caplog.records if r.name not in ("mail.log", "django.db.backends")]
    assert [word for word in ("guest1", "guest2", "1380013", "来宾") if word in f"{kept} {logged}"] == []
    assert "guest1" not in repr(Box("guest1@example.cn"))


def test_a_server_that_dies_half_way_doubles_nothing(secretary: User, guests: Guests) -> None:
    guests(*(Box(f"guest{n}@example.cn") for n in range(1, 7)))

    with mail_server(Mailbox(dies_after=2)) as mailbox:
        sent(secretary)
        services.deliver_due()
        mailbox.dies_after = None
        due_again()
        services.deliver_due()
        services.deliver_due()

    ids = {str(letter["Message-ID"]) for letter in mailbox.arrived}
    assert mailbox.to == [f"guest{n}@example.cn" for n in range(1, 7)]
    assert (len(ids), states()) == (6, {("email", "sent", ""): 6})


def test_an_address_that_is_recorded_later_is_used_when_it_is_tried_again(secretary: User, guests: Guests) -> None:
    first, second = guests(Box("guest1@example.cn"), Box())

    with mail_server(Mailbox({"guest1@example.cn": "550 no such user"})) as mailbox:
        notice = sent(secretary)
        services.deliver_due()
        before = states()
        left = [note.person for note in selectors.unreached(notice).order_by("pk")]
        BOXES[first.pk], BOXES[second.pk] = Box("right1@example.cn"), Box("right2@example.cn")
        services.retry_failed(actor=acting(secretary), notice=notice)
        services.deliver_due()

    assert before == {("email", "failed", "refused"): 1, ("email", "failed", "no_address"): 1}
    assert left == [first, second]
    assert (mailbox.to, selectors.unreached(notice).count()) == (["right1@example.cn", "right2@example.cn"], 0)


@pytest.mark.parametrize(
    ("has", "duty", "ways"),
    [
        (["email", "sms"], False, ["email"]),
        (["email", "sms"], True, ["email", "sms"]),
        (["sms"], False, ["sms"]),
        (["email"], True, ["email"]),
        ([], True, []),
    ],
)
def test_sms_is_used_where_it_is_the_only_way_or_the_reader_must_know(
    has: list[str], duty: bool, ways: list[str]
) -> None:
    assert ways_to(["email", "sms"], has=has, spare="sms", duty=duty) == ways


def test_whoever_has_only_a_phone_gets_one_sms(secretary: User, guests: Guests, tmp_path: Path) -> None:
    guests(Box("guest1@example.cn", "13800138001"), Box(phone="13800138002"))

    with mail_server(Mailbox()) as mailbox, override_settings(SMS_DIR=tmp_path, **BY_FILE):
        sent(secretary, channels=["email", "sms"])
        services.deliver_due()

    told = [json.loads(file.read_text()) for file in tmp_path.glob("*.json")]
    assert [one["to"] for one in told] == ["13800138002"]
    assert told[0]["text"].startswith("请回复：网络系统管理\n来宾2，您好")
    assert mailbox.to == ["guest1@example.cn"]


def test_a_notice_that_reaches_nobody_is_not_sent_and_the_draft_stays(secretary: User, guests: Guests) -> None:
    guests(Box(), Box(phone="13800138001"))

    with mail_server(Mailbox()), pytest.raises(NoWayToReach):
        sent(secretary)

    assert (Notice.objects.get().state, Note.objects.count(), Delivery.objects.count()) == ("draft", 0, 0)


def test_a_stranger_sends_nothing_and_sees_nobody_and_a_colleague_does(
    secretary: User, guests: Guests, client: Client
) -> None:
    guests(Box("guest1@example.cn"))
    notice = written_to_guests(acting(secretary))
    colleague, stranger = (User.objects.create_user(name) for name in ("colleague", "stranger"))
    Grant.objects.create(user=stranger, role="group_secretary", scope_kind="group", scope_key="01")
    client.force_login(stranger)

    pages = [client.get(f"/notices/{notice.uid}/").status_code, client.post(f"/notices/{notice.uid}/send/").status_code]
    with pytest.raises(NotAllowed), mail_server(Mailbox()):
        services.send_notice(
            actor=acting(stranger, scope=Ref("group", "01", "河南农林牧渔职业教育集团")), notice=notice
        )
    with mail_server(Mailbox()):
        done = services.send_notice(actor=acting(colleague, role="organiser"), notice=notice)

    assert (pages, done.state) == ([404, 404], "sent")


def test_the_writer_sees_before_sending_who_is_reached_how_and_who_is_not(browser: Client, guests: Guests) -> None:
    guests(Box("guest1@example.cn"), Box(), Box(phone="13800138003"))
    teachers(1)

    with mail_server(Mailbox()):
        notice = written_to_guests(acting(User.objects.get(account_name="secretary")))
        page = browser.get(f"/notices/{notice.uid}/?page=2")

    shown = page.content.decode()
    assert (page.context["accounts"], page.context["told"], page.context["outside"].ways) == (1, 2, {"email": 1})
    assert [(one.name, one.why) for one, _words in page.context["left"]] == [
        ("来宾2", "no_address"),
        ("来宾3", "not_set_up"),
    ]
    assert [names for _school, _why, names in page.context["left_together"]] == [["来宾2"], ["来宾3"]]
    assert page.context["shown"].chinese[1] == "来宾1，您好：请确认能否参加网络系统管理。"
    assert "Ask them for an address." in shown and "guest1@" not in shown and "1380013" not in shown


def test_the_sent_page_names_who_was_not_reached_and_says_what_to_do(
    browser: Client, secretary: User, guests: Guests
) -> None:
    guests(Box("guest1@example.cn"), Box())
    teachers(1)
    with mail_server(Mailbox()):
        notice = written_to_guests(acting(secretary))
        after = browser.post(f"/notices/{notice.uid}/send/", follow=True)
        services.deliver_due()

    page = browser.get(f"/notices/{notice.uid}/?state=unreached")
    outside = browser.get(f"/notices/{notice.uid}/?state=outside").context["rows"]
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/notices/{notice.uid}/?format=xlsx").content))
    tally = page.context["tally"]

    assert [str(m) for m in after.context["messages"]] == ["已告知 2 人。", "1 人未告知到。"]
    assert (tally["told"], tally["outside"], tally["unreached"]) == (1, 2, 1)
    assert [row["name"] for row in page.context["rows"]] == ["来宾2"]
    assert [row["name"] for row in outside] == ["来宾1", "来宾2"]
    assert "Ask them for an address." in page.content.decode()
    assert book.active.max_row == 4


def test_the_sent_page_asks_as_often_for_thirty_as_for_one(browser: Client, secretary: User, guests: Guests) -> None:
    counts = []
    for n in (1, 30):
        BOXES.clear()
        guests(*(Box(f"guest{i}@example.cn") for i in range(n)))
        with mail_server(Mailbox()):
            notice = sent(secretary)
        browser.get(f"/notices/{notice.uid}/")
        with CaptureQueriesContext(connection) as seen:
            browser.get(f"/notices/{notice.uid}/")
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_who_gets_an_account_later_finds_the_notice_in_their_messages_and_nobody_elses(
    secretary: User, guests: Guests
) -> None:
    first, _second = guests(Box("guest1@example.cn"), Box("guest2@example.cn"))
    with mail_server(Mailbox()):
        notice = sent(secretary)
    user = User.objects.create_user("guest")
    link_account(actor=SYSTEM, person=first, user=user)
    actor = actor_for(User.objects.get(pk=user.pk))

    found = list(selectors.inbox(actor))
    services.mark_all_read(actor=actor)

    assert [(selectors.text_of(note), note.person) for note in found] == [("请回复：网络系统管理", first)]
    assert notice.notes.exclude(read_at=None).count() == 1


def test_the_database_takes_one_note_for_one_person_and_one_reader_for_each(secretary: User, guests: Guests) -> None:
    (person,) = guests(Box("guest1@example.cn"))
    with mail_server(Mailbox()):
        notice = sent(secretary)

    refused = []
    for readers in ({"person": person}, {}, {"person": person, "recipient": secretary}):
        try:
            with transaction.atomic():
                Note.objects.create(notice=notice, kind="notice", **readers)
        except IntegrityError:
            refused.append(sorted(readers))

    assert refused == [["person"], [], ["person", "recipient"]]


def test_a_notice_goes_to_persons_once(secretary: User, guests: Guests) -> None:
    guests(Box("guest1@example.cn"))
    actor = acting(secretary)
    notice = written_to_guests(actor, GUEST_TEXT)

    with mail_server(Mailbox()) as mailbox:
        services.send_notice(actor=actor, notice=notice)
        with pytest.raises(DomainError):
            services.send_notice(actor=actor, notice=notice)
        services.deliver_due()

    assert mailbox.to == ["guest1@example.cn"]
