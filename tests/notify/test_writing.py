"""Notices are drafted, seen as a recipient will, and sent once; templates are versions; each scope keeps its own."""

from __future__ import annotations

from uuid import uuid4

import pytest

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.errors import DomainError, NotAllowed
from backend.core.refs import Ref
from backend.notify import selectors, services
from backend.notify.errors import AlreadySent, NobodyReached, NoticeRefused
from backend.notify.models import Note, Notice, Template
from backend.notify.rulebook import Text, fill, unknown_places
from tests.notify.world import TEXT, acting, drafted, teachers

pytestmark = pytest.mark.django_db
ELSEWHERE = Ref("group", "01", "河南农林牧渔职业教育集团")


@pytest.fixture
def secretary() -> Actor:
    return acting(User.objects.create_user("secretary"))


@pytest.fixture
def colleague() -> Actor:
    return acting(User.objects.create_user("colleague"), role="organiser")


@pytest.fixture
def stranger() -> Actor:
    return acting(User.objects.create_user("stranger"), scope=ELSEWHERE)


def refusal(call: object, **arguments: object) -> type[DomainError] | None:
    try:
        call(**arguments)  # type: ignore[operator]
    except DomainError as error:
        return type(error)
    return None


def test_everybody_of_the_audience_is_told_once_in_their_own_words(secretary: Actor) -> None:
    first, _second = teachers(2)

    sent = services.send_notice(actor=secretary, notice=drafted(secretary, channels=()))

    note = Note.objects.get(recipient=first)
    assert (sent.state, sent.recipients_count, Note.objects.count()) == ("sent", 2, 2)
    assert selectors.text_of(note) == "报名即将截止：网络系统管理"
    assert selectors.body_of(note) == "teacher1号老师，您好：\n网络系统管理的报名将于 2026-11-30 18:00 截止。"


def test_a_notice_goes_out_once(secretary: Actor) -> None:
    teachers(1)
    notice = drafted(secretary, channels=())
    services.send_notice(actor=secretary, notice=notice)

    again = refusal(services.send_notice, actor=secretary, notice=notice)
    changed = refusal(services.change_notice, actor=secretary, notice=notice, draft=None)
    deleted = refusal(services.delete_notice, actor=secretary, notice=notice)

    assert ({again, changed, deleted}, Note.objects.count()) == ({AlreadySent}, 1)


def test_the_same_form_sent_twice_makes_one_draft(secretary: Actor) -> None:
    client_id, draft = uuid4(), services.Draft("test.teachers", "A01", TEXT)

    one = services.draft_notice(actor=secretary, client_id=client_id, draft=draft)
    two = services.draft_notice(actor=secretary, client_id=client_id, draft=draft)

    assert (one.pk, Notice.objects.count()) == (two.pk, 1)


def test_a_place_that_nobody_fills_is_refused_with_what_is_offered(secretary: Actor) -> None:
    text = Text("{evnet}", "{name} {deadline}", subject_en="Only half")

    with pytest.raises(NoticeRefused) as refused:
        drafted(secretary, text)

    assert sorted(refused.value.problems) == ["body_en", "subject_zh"]
    assert "{evnet}" in refused.value.problems["subject_zh"]


def test_nobody_is_written_to_outside_ones_own_audiences(secretary: Actor, stranger: Actor) -> None:
    judge = acting(User.objects.create_user("judge"), role="judge")
    draft = services.Draft("test.teachers", "A01", TEXT)

    outside = refusal(services.draft_notice, actor=stranger, client_id=uuid4(), draft=draft)
    unknown = refusal(
        services.draft_notice, actor=secretary, client_id=uuid4(), draft=services.Draft("test.teachers", "Z9", TEXT)
    )
    no_writer = refusal(services.draft_notice, actor=judge, client_id=uuid4(), draft=draft)

    assert (outside, unknown, no_writer) == (NoticeRefused, NoticeRefused, NotAllowed)


def test_a_colleague_of_the_scope_may_finish_a_draft_and_a_stranger_may_not(
    secretary: Actor, colleague: Actor, stranger: Actor
) -> None:
    teachers(1)
    notice = drafted(secretary, channels=())

    by_stranger = refusal(services.send_notice, actor=stranger, notice=notice)
    seen = [list(selectors.notices_of(a)) for a in (colleague, stranger)]
    sent = services.send_notice(actor=colleague, notice=notice)

    assert (by_stranger, seen, sent.state) == (NotAllowed, [[notice], []], "sent")


def test_an_audience_without_people_is_told_so_and_the_draft_stays(secretary: Actor) -> None:
    notice = drafted(secretary)

    assert refusal(services.send_notice, actor=secretary, notice=notice) is NobodyReached
    assert Notice.objects.get().state == "draft"


def test_a_client_id_of_another_scope_opens_nothing(secretary: Actor, stranger: Actor) -> None:
    notice = drafted(secretary)
    draft = services.Draft("test.teachers", "A01", TEXT)
    officer = acting(User.objects.create_user("other"), role="organiser", scope=Ref("event", "B02"))

    taken = refusal(services.draft_notice, actor=officer, client_id=notice.client_id, draft=draft)

    assert taken is NoticeRefused


def test_a_change_of_a_template_is_its_next_version_and_notices_keep_theirs(secretary: Actor) -> None:
    first = services.make_template(actor=secretary, audience="test.teachers", title="截止提醒", text=TEXT)
    notice = drafted(secretary, template=first)

    second = services.change_template(actor=secretary, template=first, title="截止提醒", text=Text("新", "{name}"))
    stale = refusal(services.change_template, actor=secretary, template=first, title="旧", text=TEXT)

    assert (second.version, stale) == (2, NoticeRefused)
    assert [t.version for t in selectors.templates_of(secretary)] == [2]
    assert Notice.objects.get(pk=notice.pk).template == first


def test_templates_of_the_system_are_used_by_all_and_changed_by_its_officers(secretary: Actor, stranger: Actor) -> None:
    officer = acting(User.objects.create_user("officer"), role="sys_admin", scope=None)
    shared = services.make_template(actor=officer, audience="test.teachers", title="公用", text=TEXT)
    own = services.make_template(actor=secretary, audience="test.teachers", title="自用", text=TEXT)

    changed = refusal(services.change_template, actor=secretary, template=shared, title="改", text=TEXT)
    ended = refusal(services.end_template, actor=stranger, template=own)

    assert list(selectors.templates_of(secretary)) == [shared, own]
    assert list(selectors.templates_of(stranger)) == [shared]
    assert (changed, ended, Template.objects.filter(ended_at=None).count()) == (NotAllowed, NotAllowed, 2)


def test_values_are_never_read_as_places_again() -> None:
    assert fill("{name} {event}", {"name": "{event}", "event": "A"}) == "{event} A"
    assert unknown_places(["{a} { b }", "{a}{c}"], ["b"]) == ["a", "c"]
