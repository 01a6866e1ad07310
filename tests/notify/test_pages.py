"""The pages of notices: written, previewed with a real recipient, sent, followed, tried again."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import User
from backend.notify import services
from backend.notify.models import Delivery, Note, Notice, Template
from tests.notify.servers import Mailbox, mail_server
from tests.notify.world import acting, drafted, teachers

pytestmark = pytest.mark.django_db
WORDS = {"subject_zh": "提醒：{event}", "body_zh": "{name}，请于 {deadline} 前完成。", "audience_key": "A01"}


def written(browser: Client, **changes: str) -> str:
    form = browser.get("/notices/to/test.teachers/").context["form"]
    told = {**WORDS, "client_id": str(form["client_id"].value()), **changes}
    return browser.post("/notices/to/test.teachers/", told).headers.get("Location", "")


def test_a_notice_is_written_previewed_and_sent(browser: Client) -> None:
    teachers(2)

    page = written(browser)
    preview = browser.get(page)
    second = browser.get(f"{page}?page=2")
    sent = browser.post(f"{page}send/", follow=True)

    assert preview.context["shown"].chinese == ("提醒：网络系统管理", "teacher1号，请于 2026-11-30 18:00 前完成。")
    assert second.context["shown"].name == "teacher2号"
    assert (sent.status_code, sent.context["tally"]["told"], Note.objects.count()) == (200, 2, 2)


def test_the_list_names_what_a_draft_will_be_filled_with(browser: Client) -> None:
    written(browser)

    listed = browser.get("/notices/").content.decode()

    assert "提醒：〔event〕" in listed and "{event}" not in listed


def test_a_wrong_place_is_told_beside_its_field_and_nothing_written_is_lost(browser: Client) -> None:
    form = browser.get("/notices/to/test.teachers/").context["form"]
    told = {**WORDS, "body_zh": "{nmae} 老师", "client_id": str(form["client_id"].value())}

    answer = browser.post("/notices/to/test.teachers/", told)

    assert list(answer.context["form"].errors) == ["body_zh"]
    assert answer.context["form"]["body_zh"].value() == "{nmae} 老师"
    assert Notice.objects.count() == 0


def test_a_draft_is_changed_and_thrown_away(browser: Client) -> None:
    page = written(browser)

    changed = browser.post(
        f"{page}edit/", {**WORDS, "subject_zh": "新的主题", "client_id": Notice.objects.get().client_id}
    )
    subject = Notice.objects.get().subject_zh
    gone = browser.post(f"{page}delete/")

    assert (changed.status_code, subject, gone.status_code, Notice.objects.count()) == (302, "新的主题", 302, 0)


def test_what_was_sent_is_not_edited(browser: Client) -> None:
    teachers(1)
    page = written(browser)
    browser.post(f"{page}send/")

    assert browser.get(f"{page}edit/").status_code == 409


def test_a_template_fills_the_form_of_its_audience(browser: Client) -> None:
    told = {"title": "截止提醒", "audience": "test.teachers", "subject_zh": "{event}", "body_zh": "正文"}
    browser.post("/notices/templates/new/", told)
    template = Template.objects.get()

    form = browser.get(f"/notices/to/test.teachers/?template={template.uid}").context["form"]
    listed = browser.get("/notices/templates/").context["rows"][0]["subject"]
    odd = browser.get("/notices/to/test.teachers/?template=what").status_code
    browser.post(f"/notices/templates/{template.uid}/", {**told, "body_zh": "新正文"})

    assert (form["body_zh"].value(), odd, listed.startswith("〔")) == ("正文", 404, True)
    assert list(Template.objects.order_by("version").values_list("version", "body_zh")) == [(1, "正文"), (2, "新正文")]


def test_the_sent_page_shows_each_copy_and_tries_the_failed_again(browser: Client, secretary: User) -> None:
    teachers(3)
    with mail_server(Mailbox({"teacher2@example.cn": "550 no"})) as mailbox:
        actor = acting(secretary)
        notice = services.send_notice(actor=actor, notice=drafted(actor))
        services.deliver_due()
        page = browser.get(f"/notices/{notice.uid}/?state=failed")
        book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/notices/{notice.uid}/?format=xlsx").content))
        mailbox.refuse.clear()
        browser.post(f"/notices/{notice.uid}/retry/")
        services.deliver_due()

    assert [row["name"] for row in page.context["rows"]] == ["teacher2号"]
    assert "550" in page.context["rows"][0]["copies"][0]["why"]
    assert book.active.max_row == 4
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_copies_by_a_channel_that_is_not_set_up_are_not_offered_again(browser: Client, secretary: User) -> None:
    teachers(3)
    actor = acting(secretary)
    notice = services.send_notice(actor=actor, notice=drafted(actor, channels=("sms",)))

    page = browser.get(f"/notices/{notice.uid}/")

    assert (page.context["failed"], f"/notices/{notice.uid}/retry/" in page.content.decode()) == (0, False)


def test_the_list_counts_told_read_and_failed(browser: Client, secretary: User) -> None:
    first, *_others = teachers(3)
    with mail_server(Mailbox({"teacher2@example.cn": "550 no"})):
        actor = acting(secretary)
        services.send_notice(actor=actor, notice=drafted(actor, channels=("email", "sms"), duty=True))
        services.deliver_due()
    services.mark_all_read(actor=acting(first))

    (row,) = browser.get("/notices/").context["page"]
    export = browser.get("/notices/?format=xlsx")

    assert (row.recipients_count, row.read_count, row.failed_count) == (3, 1, 4)
    assert export.status_code == 200


def test_the_sent_page_asks_as_often_for_thirty_as_for_one(browser: Client, secretary: User) -> None:
    actor, counts = acting(secretary), []
    for n in (1, 30):
        User.objects.filter(account_name__startswith="teacher").delete()
        teachers(n)
        notice = services.send_notice(actor=actor, notice=drafted(actor, channels=("email", "sms")))
        browser.get(f"/notices/{notice.uid}/")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            browser.get(f"/notices/{notice.uid}/")
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_who_may_not_write_has_no_page_of_notices(client: Client) -> None:
    client.force_login(User.objects.create_user("nobody"))

    assert [client.get(url).status_code for url in ("/notices/", "/notices/templates/")] == [403, 403]


def test_an_audience_that_nobody_registered_is_not_found(browser: Client) -> None:
    assert browser.get("/notices/to/no.such/").status_code == 404
