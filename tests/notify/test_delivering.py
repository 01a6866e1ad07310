"""Copies over a real SMTP conversation: refused recipients, dying servers, and nothing doubled."""

from __future__ import annotations

import json
import logging
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from backend.accounts.models import User
from backend.core import clock
from backend.notify import services
from backend.notify.models import Delivery, Note, Notice, Preference
from tests.notify.servers import Mailbox, free_port, mail_server, reached_at
from tests.notify.world import TEXT, acting, drafted, teachers

pytestmark = pytest.mark.django_db


def sent(secretary: User, **wishes: object) -> Notice:
    actor = acting(secretary)
    return services.send_notice(actor=actor, notice=drafted(actor, **wishes))


def states() -> Counter[tuple[str, str]]:
    return Counter(Delivery.objects.values_list("state", "failure"))


def due_now() -> None:
    Delivery.objects.filter(state="queued").update(due_at=clock.now())


def test_every_recipient_gets_a_letter_of_their_own(secretary: User) -> None:
    teachers(2)

    with mail_server(Mailbox()) as mailbox:
        sent(secretary)
        services.deliver_due()

    first = min(mailbox.arrived, key=lambda letter: str(letter["To"]))
    assert mailbox.to == ["teacher1@example.cn", "teacher2@example.cn"]
    assert str(first["Subject"]) == "报名即将截止：网络系统管理"
    text = first.get_content().replace("\r\n", "\n")
    assert text.startswith("teacher1号老师，您好：\n网络系统管理的报名将于 2026-11-30 18:00 截止。")
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert states() == {("sent", ""): 2}


def test_a_refused_recipient_is_told_with_the_servers_number_and_not_tried_again(secretary: User) -> None:
    teachers(3)

    with mail_server(Mailbox({"teacher2@example.cn": "550 no such user"})) as mailbox:
        sent(secretary)
        services.deliver_due()
        due_now()
        services.deliver_due()

    refused = Delivery.objects.get(state="failed")
    assert mailbox.to == ["teacher1@example.cn", "teacher3@example.cn"]
    assert (refused.failure, refused.detail, refused.attempts) == ("refused", "550", 1)


def test_a_recipient_who_is_put_off_waits_while_the_others_go(secretary: User) -> None:
    teachers(3)

    with mail_server(Mailbox({"teacher1@example.cn": "451 later please"})) as mailbox:
        sent(secretary)
        services.deliver_due()
        early = services.deliver_due()
        mailbox.refuse.clear()
        due_now()
        services.deliver_due()

    assert early == 0
    assert mailbox.to == ["teacher1@example.cn", "teacher2@example.cn", "teacher3@example.cn"]


def test_a_server_that_dies_half_way_doubles_nothing(secretary: User) -> None:
    teachers(6)

    with mail_server(Mailbox(dies_after=2)) as mailbox:
        sent(secretary)
        services.deliver_due()
        broken = states()
        attempts = sorted(Delivery.objects.filter(state="queued").values_list("attempts", flat=True))
        mailbox.dies_after = None
        services.deliver_due()
        too_early = len(mailbox.arrived)
        due_now()
        services.deliver_due()

    ids = [str(letter["Message-ID"]) for letter in mailbox.arrived]
    assert broken == {("sent", ""): 2, ("queued", "unreachable"): 1, ("queued", ""): 3}
    assert attempts == [0, 0, 0, 1]
    assert too_early == 2
    assert mailbox.to == [f"teacher{i}@example.cn" for i in range(1, 7)]
    assert len(set(ids)) == 6


def test_a_server_that_is_not_there_is_given_up_after_six_attempts_and_tried_again_by_hand(secretary: User) -> None:
    teachers(1)
    with reached_at(free_port()):
        notice = sent(secretary)
        for _attempt in range(6):
            due_now()
            services.deliver_due()
        given_up = states()

    with mail_server(Mailbox()) as mailbox:
        again = services.retry_failed(actor=acting(secretary), notice=notice)
        services.deliver_due()

    assert given_up == {("failed", "unreachable"): 1}
    assert (again, mailbox.to) == (1, ["teacher1@example.cn"])


def test_trying_again_leaves_alone_what_arrived(secretary: User) -> None:
    teachers(2)

    with mail_server(Mailbox({"teacher2@example.cn": "550 no"})) as mailbox:
        notice = sent(secretary)
        services.deliver_due()
        mailbox.refuse.clear()
        services.retry_failed(actor=acting(secretary), notice=notice)
        services.deliver_due()

    assert mailbox.to == ["teacher1@example.cn", "teacher2@example.cn"]


def test_what_a_dead_worker_took_goes_again_under_the_same_id(secretary: User) -> None:
    teachers(1)

    with mail_server(Mailbox()) as mailbox:
        sent(secretary)
        Delivery.objects.update(state="sending", taken_at=clock.now() - timedelta(minutes=11), attempts=1)
        services.deliver_due()

    assert str(mailbox.arrived[0]["Message-ID"]) == f"<{Delivery.objects.get().client_id.hex}@example.cn>"


def test_an_account_without_address_is_shown_as_not_reached(secretary: User) -> None:
    User.objects.create_user("teacher-without")

    with mail_server(Mailbox()) as mailbox:
        sent(secretary)

    assert (states(), mailbox.arrived) == ({("failed", "no_address"): 1}, [])


def test_no_address_and_no_name_reach_the_log(secretary: User, caplog: pytest.LogCaptureFixture) -> None:
    teachers(2)

    with caplog.at_level(logging.DEBUG), mail_server(Mailbox({"teacher2@example.cn": "550 teacher2@example.cn?"})):
        sent(secretary)
        services.deliver_due()

    assert [r.getMessage() for r in caplog.records if r.name != "mail.log" and "teacher" in r.getMessage()] == []


def test_an_sms_goes_to_the_file_gateway_once(secretary: User, tmp_path: Path) -> None:
    (one,) = teachers(1)
    services.prefer(actor=acting(one), email_wants="all", sms_wants="all", phone="13800138000")

    with override_settings(SMS_GATEWAY="backend.notify.backends.sms.FileGateway", SMS_DIR=tmp_path):
        sent(secretary, channels=["sms"])
        services.deliver_due()
        Delivery.objects.update(state="queued")
        services.deliver_due()

    files = list(tmp_path.glob("*.json"))
    told = json.loads(files[0].read_text())
    assert (len(files), told["to"], files[0].stat().st_mode & 0o777) == (1, "13800138000", 0o600)
    assert told["text"].startswith("报名即将截止：网络系统管理\nteacher1号老师")


def test_english_readers_get_the_english_letter(secretary: User) -> None:
    (one,) = teachers(1)
    User.objects.filter(pk=one.pk).update(language="en")
    text = TEXT.__class__(TEXT.subject_zh, TEXT.body_zh, "Deadline of {event}", "Dear {name}, it ends {deadline}.")

    with mail_server(Mailbox()) as mailbox:
        actor = acting(secretary)
        services.send_notice(actor=actor, notice=drafted(actor, text))
        services.deliver_due()

    assert str(mailbox.arrived[0]["Subject"]) == "Deadline of 网络系统管理"


def test_a_system_note_is_carried_only_where_mail_is_set_up(secretary: User) -> None:
    services.send_note(recipients=teachers(1), kind="role.given", params={"role": "organiser"})
    without = Delivery.objects.count()

    with mail_server(Mailbox()) as mailbox:
        services.send_note(recipients=User.objects.filter(account_name="teacher1"), kind="role.given")
        services.deliver_due()

    assert (without, mailbox.to, Note.objects.count()) == (0, ["teacher1@example.cn"], 2)


def test_who_wants_only_what_they_must_know_gets_just_that(secretary: User) -> None:
    teachers(2)
    Preference.objects.create(user=User.objects.get(account_name="teacher1"), email_wants="duty")

    with mail_server(Mailbox()) as mailbox:
        sent(secretary)
        services.deliver_due()
        optional = mailbox.to
        sent(secretary, duty=True)
        services.deliver_due()

    assert optional == ["teacher2@example.cn"]
    assert mailbox.to == ["teacher1@example.cn", "teacher2@example.cn", "teacher2@example.cn"]
