"""Participation cards on paper: whatever the names, each stays within its card; one lost card is printed alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest

from backend.core.actor import Actor
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import Entry, EntryCard
from tests.factories import browser, organisation, signed_in
from tests.registration.world import RULES, team

POINTS = 72 / 25.4  # a millimetre
LONG = "中国（河南）自由贸易试验区郑州航空港经济综合实验区电子信息与智能装备制造职业技术学院附属第二中等专业学校"
NAME = "买买提·吐尔逊·阿不都热依木江·艾合买提江"


@pytest.fixture
def event(make_event: Callable[..., Event], organiser: Actor) -> Event:
    made = make_event(rules=RULES)
    Event.objects.filter(pk=made.pk).update(name="新一代信息技术与高端装备制造融合创新" * 5)
    services.set_review_plan(actor=organiser, event=made, steps=["organiser"], reviewed_fields=["name"])
    return made


def approved(organiser: Actor, event: Event, school: Organisation, first: int, name: str) -> Entry:
    draft = team(school, first, 0)
    members = (replace(draft.members[0], name=name), *draft.members[1:])
    entry = services.enter_many(actor=organiser, event=event, drafts=[replace(draft, members=members)])[0]
    services.submit_entry(actor=organiser, entry=entry)
    services.approve_entries(actor=organiser, entries=[entry])
    services.issue_cards(actor=organiser, event=event)
    return entry


def card_of(entry: Entry) -> EntryCard:
    return EntryCard.objects.get(member__entry=entry, member__position=1, member__role="contestant", ended_at=None)


def test_the_longest_names_stay_within_their_card(organiser: Actor, event: Event) -> None:
    card = card_of(approved(organiser, event, organisation(LONG), 100, NAME))

    answer = browser(organiser).get(f"/events/{event.code}/cards/print/?card={card.uid}")

    page = pypdfium2.PdfDocument(answer.content)[0]
    words = page.get_textpage()
    left, bottom, right, top = (
        12 * POINTS,
        page.get_height() - 76 * POINTS,
        105 * POINTS,
        page.get_height() - 12 * POINTS,
    )
    boxes = [words.get_rect(n) for n in range(words.count_rects())]
    on_the_card = [box for box in boxes if box[3] > 14 * POINTS + 1]  # the rest is the footer
    outside = [b for b in on_the_card if b[0] < left or b[1] < bottom or b[2] > right or b[3] > top]
    assert (len(on_the_card) > 5, outside) == (True, [])


def test_a_lost_card_is_renewed_and_printed_alone(organiser: Actor, event: Event) -> None:
    entry = approved(organiser, event, organisation("河南测试职业学院"), 100, "张三")
    approved(organiser, event, organisation("别的学院"), 200, "李四")
    lost = card_of(entry)

    answer = browser(organiser).post(f"/cards/{lost.uid}/replace/", follow=True)

    new = card_of(entry)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/events/{event.code}/cards/?card={new.uid}", 302)]
    assert (f"cards/print/?card={new.uid}" in page, "张三" in page, "李四" in page) == (True, True, False)
    assert browser(organiser).get(f"/events/{event.code}/cards/print/?card={lost.uid}").status_code == 404


def test_cards_are_found_by_school(organiser: Actor, event: Event) -> None:
    approved(organiser, event, organisation("河南测试职业学院"), 100, "张三")
    approved(organiser, event, organisation("别的学院"), 200, "李四")

    found = browser(organiser).get(f"/events/{event.code}/cards/?school=河南 测试").content.decode()
    nobody = browser(organiser).get(f"/events/{event.code}/cards/?school=没有").content.decode()

    assert ("张三" in found, "李四" in found, "打印所查的 3 张" in found) == (True, False, True)
    assert "没有找到参赛证" in nobody


def test_a_name_that_paper_cannot_show_is_told_beside_it(organiser: Actor, event: Event) -> None:
    approved(organiser, event, organisation("河南测试职业学院"), 100, "𠮷田芊")

    page = browser(organiser).get(f"/events/{event.code}/cards/").content.decode()

    assert page.count("证上印不出") == 1


def test_a_stranger_finds_no_card_by_its_address(organiser: Actor, event: Event) -> None:
    card = card_of(approved(organiser, event, organisation("河南测试职业学院"), 100, "张三"))
    other = signed_in("other", "school_coordinator", "organisation", str(organisation("别的学院").uid))

    answer = browser(other).get(f"/events/{event.code}/cards/print/?card={card.uid}")

    assert answer.status_code == 404
