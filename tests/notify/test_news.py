"""News that the system writes by itself: to accounts and by letter, once to each, however often the job is run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import User
from backend.core.models import Job
from backend.notify import selectors, services
from backend.notify.models import Delivery, Note, Notice
from backend.notify.selectors import Addressee
from backend.notify.selectors import Mailbox as Box
from backend.notify.services import news as telling
from backend.people.models import Person
from tests.notify.servers import Mailbox, mail_server
from tests.notify.world import BOXES, acting, news, teachers, told_now

pytestmark = pytest.mark.django_db
Guests = Callable[..., list[Person]]
BY_FILE = {"SMS_GATEWAY": "backend.notify.backends.sms.FileGateway"}


def test_accounts_find_it_and_persons_get_a_letter_that_says_why(secretary: User, guests: Guests) -> None:
    teachers(1)
    (guest,) = guests(Box("guest1@example.cn"))

    with mail_server(Mailbox()) as mailbox:
        notice = services.send_news(actor=acting(secretary), news=news())
        waiting = (notice.state, Note.objects.count(), Job.objects.filter(name="notify.tell_news").count())
        told_now()
        services.deliver_due()

    letter = next(one for one in mailbox.arrived if str(one["To"]) == "guest1@example.cn")
    text = letter.get_content().replace("\r\n", "\n")
    notice.refresh_from_db()
    assert waiting == ("queued", 0, 1)
    assert mailbox.to == ["guest1@example.cn", "teacher1@example.cn"]
    assert str(letter["Subject"]) == "网络系统管理 is moved to 2027-03-01"
    assert "https://saixun.example.cn/events/A01/\n" in text and "Guests（A01 网络系统管理）" in text
    assert "/inbox/" not in text  # it must be known, so nobody turns it off
    assert (notice.state, notice.recipients_count, guest.notes.get().params["because"]) == ("sent", 2, "test.guests")


def test_a_job_that_dies_half_way_and_one_that_runs_again_tell_nobody_twice(
    secretary: User, guests: Guests, monkeypatch: pytest.MonkeyPatch
) -> None:
    teachers(3)
    guests(*(Box(f"guest{n}@example.cn") for n in range(1, 4)))
    monkeypatch.setattr(telling, "A_PART", 2)
    written = telling._tell_part

    def dies(notice: Notice, part: list[Addressee]) -> None:
        if Note.objects.count() >= 4:
            raise MemoryError
        written(notice, part)

    with mail_server(Mailbox()) as mailbox:
        notice = services.send_news(actor=acting(secretary), news=news())
        monkeypatch.setattr(telling, "_tell_part", dies)
        with pytest.raises(MemoryError):
            told_now()
        half = Note.objects.count()
        monkeypatch.setattr(telling, "_tell_part", written)
        told_now()
        services.tell_news(notice_uid=notice.uid)
        services.deliver_due()

    assert (half, Note.objects.count()) == (4, 6)
    assert mailbox.to == sorted(f"{who}{n}@example.cn" for who in ("guest", "teacher") for n in (1, 2, 3))


def test_the_same_news_is_kept_once_and_who_caused_it_is_not_told(secretary: User, guests: Guests) -> None:
    first, _second = teachers(2)
    made = news()

    one = services.send_news(actor=acting(first), news=made)
    other = services.send_news(actor=acting(first), news=made)
    told_now()

    assert (one.pk, Notice.objects.count()) == (other.pk, 1)
    assert [note.recipient.account_name for note in Note.objects.all() if note.recipient] == ["teacher2"]


def test_only_those_told_at_once_are_told_where_nobody_else_is_meant(secretary: User, guests: Guests) -> None:
    first, second = teachers(2)
    told = [Addressee(second.pk, {"event": "A01"})]

    notice = services.send_news(actor=acting(secretary), news=news(), first=told, rest=False)
    told_now()

    assert (notice.state, list(notice.notes.values_list("recipient", flat=True))) == ("sent", [second.pk])
    assert not Note.objects.filter(recipient=first).exists()


def test_what_must_be_known_goes_by_both_ways_and_a_hint_by_sms_only_without_e_mail(
    secretary: User, guests: Guests, tmp_path: Path
) -> None:
    guests(Box("guest1@example.cn", "13800138001"), Box(phone="13800138002"))

    with mail_server(Mailbox()) as mailbox, override_settings(SMS_DIR=tmp_path, **BY_FILE):
        for kind in ("test.moved", "test.hint"):
            services.send_news(actor=acting(secretary), news=news(kind))
        told_now()
        services.deliver_due()

    told = sorted((one["to"], one["text"].split("\n")[0]) for one in map(json.loads, read(tmp_path)))
    moved, hint = "网络系统管理 is moved to 2027-03-01", "网络系统管理 has a hint"
    assert mailbox.to == ["guest1@example.cn", "guest1@example.cn"]
    assert told == [("13800138001", moved), ("13800138002", hint), ("13800138002", moved)]


def read(folder: Path) -> list[str]:
    return [file.read_text() for file in folder.glob("*.json")]


def test_who_has_only_a_phone_is_shown_with_the_reason_where_sms_is_not_set_up_and_reached_once_it_is(
    secretary: User, browser: Client, guests: Guests, tmp_path: Path
) -> None:
    guests(Box(phone="13800138001"), Box())
    with mail_server(Mailbox()):
        notice = services.send_news(actor=acting(secretary), news=news())
        told_now()
    page = browser.get(f"/notices/{notice.uid}/?state=unreached")
    failed = [[copy["why"] for copy in row["copies"]] for row in page.context["rows"]]

    with mail_server(Mailbox()), override_settings(SMS_DIR=tmp_path, **BY_FILE):
        services.retry_failed(actor=acting(secretary), notice=notice)
        services.deliver_due()

    assert failed == [["尚未配置这种发送方式"], []]
    assert [json.loads(text)["to"] for text in read(tmp_path)] == ["13800138001"]
    assert "Ask them for an address." in page.content.decode()


def test_its_page_shows_everybodys_state_and_nobody_changes_or_sends_it(
    secretary: User, browser: Client, guests: Guests, client: Client
) -> None:
    guests(Box("guest1@example.cn"), Box())
    teachers(1)
    with mail_server(Mailbox()):
        notice = services.send_news(actor=acting(secretary), news=news())
        before = browser.get(f"/notices/{notice.uid}/").content.decode()
        steps = [browser.post(f"/notices/{notice.uid}/{verb}/").status_code for verb in ("send", "delete")]
        edit = browser.get(f"/notices/{notice.uid}/edit/").status_code
        told_now()
    page = browser.get(f"/notices/{notice.uid}/")
    listed = browser.get("/notices/").content.decode()
    stranger = User.objects.create_user("stranger")
    client.force_login(stranger)

    tally = page.context["tally"]
    assert "正在发送" in before
    assert (steps, edit) == ([409, 409], 409)
    assert (tally["told"], tally["outside"], tally["unreached"]) == (1, 2, 1)
    assert "A01 is moved to 2027-03-01" in page.content.decode() and "A01 is moved" in listed
    assert client.get(f"/notices/{notice.uid}/").status_code == 403


def test_the_preview_counts_whom_it_would_tell(secretary: User, guests: Guests) -> None:
    first, *_others = teachers(3)
    guests(Box("guest1@example.cn", "13800138001"), Box(phone="13800138002"), Box())

    with mail_server(Mailbox()):
        reach = services.preview_news(actor=acting(first), news=news(), first=[Addressee(secretary.pk)])

    assert (reach.accounts, reach.outside.total, reach.outside.ways) == (3, 3, {"email": 1})
    assert [(one.name, str(one.why)) for one in reach.outside.left] == [
        ("来宾3", "no_address"),
        ("来宾2", "not_set_up"),
    ]
    assert Notice.objects.count() == 0


def test_telling_asks_as_often_for_thirty_as_for_one(secretary: User, guests: Guests) -> None:
    counts = []
    for n in (1, 30):
        BOXES.clear()
        User.objects.filter(account_name__startswith="teacher").delete()
        teachers(n)
        guests(*(Box(f"guest{i}@example.cn") for i in range(n)))
        with mail_server(Mailbox()):
            notice = services.send_news(actor=acting(secretary), news=news())
            with CaptureQueriesContext(connection) as seen:
                services.tell_news(notice_uid=notice.uid)
        counts.append(len(seen))

    assert counts[0] == counts[1]
    assert Delivery.objects.filter(note__notice=notice).count() == 60


def test_titles_need_no_query_of_their_own(secretary: User, browser: Client) -> None:
    counts = []
    for _n in range(2):
        services.send_news(actor=acting(secretary), news=news())
        told_now()
        browser.get("/notices/")
        with CaptureQueriesContext(connection) as seen:
            browser.get("/notices/")
        counts.append(len(seen))

    assert counts[0] == counts[1]
    assert selectors.title_of(Notice.objects.earliest("pk")) == "A01 is moved to 2027-03-01"
