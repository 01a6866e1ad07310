"""The pages of the review in a browser's hands: lists, verdicts, cards, objections."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from backend.core.actor import Actor
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import Entry, EntryCard, EntryObjection, Remark, Review, Substitution
from competitions.registration.selectors.reviewing import rounds_of
from tests.factories import browser, organisation, signed_in
from tests.registration.world import RULES, id_number, team


@pytest.fixture
def event(make_event: Callable[..., Event], organiser: Actor) -> Event:
    made = make_event(rules=RULES)
    services.set_review_plan(actor=organiser, event=made, steps=["organiser"], reviewed_fields=["name"])
    return made


@pytest.fixture
def entry(event: Event, school: Organisation, coordinator: Actor) -> Entry:
    made = services.enter_many(actor=coordinator, event=event, drafts=[team(school, 100, 0)])[0]
    return services.submit_entry(actor=coordinator, entry=made)


def test_ticked_entries_are_approved_from_the_list(entry: Entry, organiser: Actor, coordinator: Actor) -> None:
    page = browser(organiser).get("/entry-reviews/").content.decode()
    assert "河南测试职业学院" in page

    answer = browser(organiser).post("/entry-reviews/approve/", {"entry": [str(entry.uid), "nonsense"]}, follow=True)

    assert "已通过 1 支队伍" in answer.content.decode()
    assert Entry.objects.get(pk=entry.pk).state == "approved"
    assert browser(organiser).post("/entry-reviews/approve/", {}).status_code == 422
    assert browser(coordinator).get("/entry-reviews/").status_code == 403


def test_a_remark_without_words_is_shown_at_its_place(entry: Entry, organiser: Actor) -> None:
    first = entry.members.order_by("position")[0]
    posted = {"verdict": "return", f"field-{first.uid}": "name", f"text-{first.uid}": ""}

    answer = browser(organiser).post(f"/entries/{entry.uid}/review/", posted)

    assert answer.status_code == 422
    assert "请选择栏目并写明问题" in answer.content.decode()
    assert Entry.objects.get(pk=entry.pk).state == "submitted"


def test_several_fields_of_one_person_and_the_platform_are_marked_at_once(entry: Entry, organiser: Actor) -> None:
    first = entry.members.order_by("position")[0]
    posted = {"verdict": "return", "text-team": "与名额不符"} | {
        f"field-{first.uid}": "name",
        f"text-{first.uid}": "少一个字",
        f"field-{first.uid}-3": "id_number",
        f"text-{first.uid}-3": "看不清",
    }

    browser(organiser).post(f"/entries/{entry.uid}/review/", posted)

    said = {(r.member_uid, r.field, r.reveal("text")) for r in Remark.objects.all()}
    assert said == {
        (None, "tech_platform", "与名额不符"),
        (first.uid, "name", "少一个字"),
        (first.uid, "id_number", "看不清"),
    }


def test_a_field_marked_twice_is_told_and_nothing_is_lost(entry: Entry, organiser: Actor) -> None:
    first = entry.members.order_by("position")[0]
    posted = {"verdict": "return"} | {
        f"field-{first.uid}": "name",
        f"text-{first.uid}": "少一个字",
        f"field-{first.uid}-2": "name",
        f"text-{first.uid}-2": "与身份证不同",
    }

    answer = browser(organiser).post(f"/entries/{entry.uid}/review/", posted)
    page = answer.content.decode()

    assert (answer.status_code, Remark.objects.count()) == (422, 0)
    assert "该栏目上面已标出" in page
    assert "少一个字" in page and "与身份证不同" in page
    assert '<details class="remark-more" open>' in page


def test_ticked_entries_go_back_together_for_one_reason(
    entry: Entry, event: Event, organiser: Actor, coordinator: Actor
) -> None:
    other = services.enter_many(actor=organiser, event=event, drafts=[team(organisation("别的学院"), 700)])[0]
    Entry.objects.filter(pk=other.pk).update(state="draft")
    ticked = {"entry": [str(entry.uid), str(other.uid)]}
    client = browser(organiser)

    silent = client.post("/entry-reviews/return/", {"entry": [str(entry.uid)], "reason": " "})
    mixed = client.post("/entry-reviews/return/", {**ticked, "reason": "缺学籍报告"})
    states = set(Entry.objects.filter(pk=entry.pk).values_list("state", flat=True))
    stranger = browser(coordinator).post("/entry-reviews/return/", {**ticked, "reason": "缺学籍报告"})
    done = client.post("/entry-reviews/return/", {"entry": [str(entry.uid)], "reason": "缺学籍报告"}, follow=True)

    assert (silent.status_code, mixed.status_code, stranger.status_code) == (422, 409, 403)
    assert states == {"submitted"}
    assert "已退回 1 支队伍" in done.content.decode()
    assert Entry.objects.get(pk=entry.pk).state == "returned"
    assert "缺学籍报告" in browser(coordinator).get(f"/entries/{entry.uid}/").content.decode()


def test_the_school_reads_what_is_to_be_mended(entry: Entry, organiser: Actor, coordinator: Actor) -> None:
    first = entry.members.order_by("position")[0]
    posted = {"verdict": "return", "reason": "", f"field-{first.uid}": "name", f"text-{first.uid}": "少一个字"}
    browser(organiser).post(f"/entries/{entry.uid}/review/", posted)

    page = browser(coordinator).get(f"/entries/{entry.uid}/").content.decode()

    assert "报名已退回" in page
    assert "少一个字" in page
    assert len(rounds_of(Entry.objects.get(pk=entry.pk))) == 1


def test_the_waiting_entries_go_into_a_workbook(entry: Entry, organiser: Actor) -> None:
    answer = browser(organiser).get("/entry-reviews/?format=xlsx")

    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert [row[1] for row in sheet.iter_rows(values_only=True)][-1] == "河南测试职业学院"


def test_a_card_holds_a_random_word_only(
    entry: Entry, event: Event, organiser: Actor, coordinator: Actor, school: Organisation
) -> None:
    services.approve_entries(actor=organiser, entries=[entry])
    browser(organiser).post(f"/events/{event.code}/cards/")

    answer = browser(coordinator).get(f"/events/{event.code}/cards/print/")
    page = pypdfium2.PdfDocument(answer.content)[0].render(scale=4).to_pil()
    read = sorted(code.text for code in zxingcpp.read_barcodes(page))

    tokens = sorted(f"SXZ1:{card.token}" for card in EntryCard.objects.all())
    assert (read, len(tokens)) == (tokens, 3)


def test_a_school_prints_its_own_cards_only(entry: Entry, event: Event, organiser: Actor) -> None:
    services.approve_entries(actor=organiser, entries=[entry])
    services.issue_cards(actor=organiser, event=event)
    other = signed_in("other", "school_coordinator", "organisation", str(organisation("别的学院").uid))

    for path in ("cards/print", "roster/print"):
        assert browser(other).get(f"/events/{event.code}/{path}/").status_code == 404


def test_a_replacement_goes_from_the_school_to_the_organisers(
    entry: Entry, event: Event, organiser: Actor, coordinator: Actor
) -> None:
    services.approve_entries(actor=organiser, entries=[entry])
    first = entry.members.order_by("position")[0]
    form = {"leaving": str(first.uid), "reason": "骨折", "name": "新人", "id_type": "resident"}
    wrong = browser(coordinator).post(f"/entries/{entry.uid}/replace/", {**form, "id_number": "410102200506011234"})
    assert (wrong.status_code, Substitution.objects.count()) == (422, 0)

    browser(coordinator).post(f"/entries/{entry.uid}/replace/", {**form, "id_number": id_number(501)})
    asked = Substitution.objects.get()
    page = browser(organiser).get(f"/events/{event.code}/replacements/").content.decode()
    assert "新人" in page
    browser(organiser).post(f"/replacements/{asked.uid}/approve/")

    names = sorted(m.reveal("name") for m in entry.members.filter(ended_at=None))
    assert names == ["人101", "人102", "新人"]


def test_objections_are_for_the_organisers(entry: Entry, event: Event, organiser: Actor, coordinator: Actor) -> None:
    path = f"/events/{event.code}/objections/"
    assert browser(organiser).post(path, {"objector": "", "text": "学籍"}).status_code == 422
    browser(organiser).post(path, {"objector": "李某", "text": "学籍存疑", "entry": str(entry.uid)})
    made = EntryObjection.objects.get()
    answer: Any = browser(organiser).post(
        f"/entry-objections/{made.uid}/answer/", {"verb": "dismiss", "answer": "已核"}
    )

    assert answer.status_code == 302
    assert "已核" in browser(organiser).get(path).content.decode()
    assert browser(coordinator).get(path).status_code == 403
    assert browser(coordinator).post(f"/entry-objections/{made.uid}/answer/", {}).status_code == 404


def test_the_reviewer_goes_from_one_entry_to_the_next(
    entry: Entry, event: Event, school: Organisation, coordinator: Actor, organiser: Actor
) -> None:
    second = services.enter_many(actor=coordinator, event=event, drafts=[team(school, 200, 0)])[0]
    services.submit_entry(actor=coordinator, entry=second)
    desk = browser(organiser)

    page = desk.get(f"/entries/{entry.uid}/review/?event={event.code}").content.decode()
    answer: Any = desk.post(f"/entries/{entry.uid}/review/?event={event.code}", {"verdict": "approve", "next": "1"})

    assert f"/entries/{second.uid}/review/?event={event.code}" in page
    assert answer["Location"] == f"/entries/{second.uid}/review/?event={event.code}"
    last: Any = desk.post(f"/entries/{second.uid}/review/?event={event.code}", {"verdict": "approve", "next": "1"})
    assert last["Location"] == f"/entry-reviews/?event={event.code}"


def test_reasons_are_picked_from_the_plans_own_and_the_rest_is_written(
    entry: Entry, event: Event, organiser: Actor, coordinator: Actor
) -> None:
    steps = ["organiser"]
    services.set_review_plan(
        actor=organiser, event=event, steps=steps, reviewed_fields=[], return_reasons=[" 学籍查无此人 ", "", "照片不清"]
    )
    path = f"/entries/{entry.uid}/review/"
    assert "照片不清" in browser(organiser).get(path).content.decode()

    browser(organiser).post(path, {"verdict": "return", "picked": ["照片不清"], "reason": "请于周五前补正"})

    review = Review.objects.get()
    assert (review.verdict, review.reveal("reason")) == ("return", "照片不清\n请于周五前补正")


def test_a_reason_that_was_not_offered_is_not_taken(entry: Entry, organiser: Actor) -> None:
    answer: Any = browser(organiser).post(f"/entries/{entry.uid}/review/", {"verdict": "return", "picked": ["别的"]})

    assert (answer.status_code, Review.objects.count()) == (422, 0)


def test_the_list_narrows_by_school_and_by_what_came_again(
    entry: Entry, event: Event, organiser: Actor, coordinator: Actor
) -> None:
    desk = browser(organiser)

    assert str(entry.uid) in desk.get(f"/entry-reviews/?event={event.code}&school=测试").content.decode()
    assert str(entry.uid) not in desk.get("/entry-reviews/?school=没有").content.decode()
    assert str(entry.uid) not in desk.get("/entry-reviews/?again=1").content.decode()
    services.return_entry(actor=organiser, entry=entry, reason="补正")
    services.submit_entry(actor=coordinator, entry=Entry.objects.select_related("event", "school").get(pk=entry.pk))

    assert str(entry.uid) in desk.get("/entry-reviews/?again=1").content.decode()


def test_the_list_asks_as_often_at_one_entry_as_at_many(
    entry: Entry, event: Event, school: Organisation, coordinator: Actor, organiser: Actor
) -> None:
    desk = browser(organiser)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(f"/entry-reviews/?event={event.code}").status_code == 200
        return len(asked)

    queries()
    few = queries()
    for number in range(6):
        drafts = [team(organisation(f"第{number}所学校"), 300 + 10 * number, 0)]
        made = services.enter_many(actor=organiser, event=event, drafts=drafts)[0]
        services.submit_entry(actor=organiser, entry=made)

    assert queries() == few
