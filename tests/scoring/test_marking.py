"""Marks are taken once, from the right hand, within bounds; spreads and disputes go back to the panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from backend.core.errors import NotAllowed, NotFound
from backend.tabulation import tabulate
from competitions.contests.models import Event
from competitions.scoring import services
from competitions.scoring.api import DeskSerializer, SheetSerializer
from competitions.scoring.errors import RecorderNotDone, SchemeLocked, ScoringClosed, SheetIncomplete
from competitions.scoring.models import Mark, Sheet
from competitions.scoring.projections import renew_totals
from competitions.scoring.selectors import desk_of, open_spreads, progress_of, sheet_of, tabulation_of
from competitions.scoring.services.submitting import Word
from tests.scoring.world import RULES, SAMPLE, Hall, hall, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoring(make_event: Callable[..., Event]) -> Hall:
    return hall(make_event(state="drawn", rules=RULES))


def finish(scoring: Hall, levels: tuple[str, str, str], words: Word | None = None) -> list[Sheet]:
    """Score and submit A1 (A1.1 measured, A1.2 and A1.3 judged) of the first work by all three."""
    scoring.tap(0, "A1.1", "0.50")
    sheets = []
    for judge, level in enumerate(levels):
        for aspect in ("A1.2", "A1.3"):
            scoring.tap(judge, aspect, level)
        said = {scoring.aspects["A1.1"].uid: words or Word(True)}
        sheet = scoring.sheet(judge)
        sheets.append(services.submit_sheet(actor=scoring.judges[judge], sheet_uid=sheet.uid, words=said))
    return sheets


def test_every_judge_gets_a_sheet_per_work_and_sub_criterion(scoring: Hall) -> None:
    desk = desk_of(scoring.judges[1])

    assert Sheet.objects.count() == 2 * 36 * 3
    assert [w["code"] for w in desk["works"]] == ["B17", "C02"]
    assert len(desk["sheets"]) == 72


def test_the_same_tap_sent_twice_counts_once(scoring: Hall) -> None:
    tap = uuid4()

    first = scoring.tap(0, "A1.2", "2", client_id=tap)
    again = scoring.tap(0, "A1.2", "2", client_id=tap)

    assert (first.verdict, again.verdict) == ("taken", "known")
    assert Mark.objects.count() == 1


def test_an_id_that_stands_for_another_mark_is_no_known_tap(scoring: Hall) -> None:
    tap = uuid4()
    scoring.tap(0, "A1.2", "2", client_id=tap)

    colleague = scoring.tap(1, "A1.2", "1", client_id=tap)
    other_work = scoring.tap(0, "A1.2", "1", client_id=tap, work=1)
    other_aspect = scoring.tap(0, "A1.3", "1", client_id=tap)
    on_the_owners_sheet = scoring.tap(0, "A1.2", "2", client_id=tap, actor=scoring.judges[1])

    assert [(v.verdict, v.code) for v in (colleague, other_work, other_aspect)] == [("refused", "id_used")] * 3
    assert (on_the_owners_sheet.verdict, on_the_owners_sheet.code) == ("refused", "not_your_sheet")
    assert list(Mark.objects.values_list("sheet__seat__number", "value")) == [(1, 2)]


@pytest.mark.parametrize("status", ["zeroed", "absent", "withdrawn", "disqualified"])
def test_a_work_that_does_not_count_takes_no_marks(scoring: Hall, status: str) -> None:
    services.note_status(actor=scoring.chief, work=scoring.works[0], status=status, reason="裁判长记录")

    verdict = scoring.tap(0, "A1.2", "2")

    assert (verdict.verdict, verdict.code) == ("refused", "work_not_scored")
    assert scoring.tap(0, "A1.2", "2", work=1).verdict == "taken"


@pytest.mark.parametrize("body", ["", "{}", "nonsense"])
def test_nobody_in_particular_is_asked_to_sign_in_whatever_was_sent(client: Client, body: str) -> None:
    answer = client.post("/api/v1/judge/marks", data=body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (403, "not_authenticated")


def test_desk_and_sheet_say_all_that_their_description_names(scoring: Hall) -> None:
    tap = uuid4()
    scoring.tap(0, "A1.2", "2", client_id=tap)
    desk, sheet = desk_of(scoring.judges[0]), sheet_of(scoring.judges[0], scoring.sheet(0).uid)

    assert DeskSerializer(desk).data == desk
    assert SheetSerializer(sheet).data == sheet


@pytest.mark.parametrize(
    ("judge", "aspect", "value", "code"),
    [
        (0, "A1.2", "4", "out_of_range"),
        (0, "A1.2", "1.5", "not_a_level"),
        (0, "A1.1", "0.51", "out_of_range"),
        (1, "A1.1", "0.50", "recorder_only"),
    ],
)
def test_a_tap_out_of_bounds_is_refused_with_its_reason(
    scoring: Hall, judge: int, aspect: str, value: str, code: str
) -> None:
    verdict = scoring.tap(judge, aspect, value)

    assert (verdict.verdict, verdict.code) == ("refused", code)
    assert aspect in verdict.message
    assert Mark.objects.count() == 0


def test_nobody_scores_on_anothers_sheet(scoring: Hall) -> None:
    other_panel = scoring.round.panels.create(name="B")
    _, stranger = seated(other_panel, 1)

    for actor in (stranger, scoring.judges[1], scoring.chief):
        assert scoring.tap(0, "A1.2", "2", actor=actor).code == "not_your_sheet"
    with pytest.raises(NotFound):
        sheet_of(stranger, scoring.sheet(0).uid)
    with pytest.raises(NotAllowed):
        services.submit_sheet(actor=scoring.judges[1], sheet_uid=scoring.sheet(0).uid, words={})


def test_a_submitted_sheet_takes_no_more_marks(scoring: Hall) -> None:
    finish(scoring, ("2", "2", "2"))

    assert scoring.tap(0, "A1.2", "3").code == "sheet_submitted"


def test_an_incomplete_sheet_names_what_is_missing(scoring: Hall) -> None:
    scoring.tap(0, "A1.1", "0.50")

    with pytest.raises(SheetIncomplete) as refused:
        services.submit_sheet(actor=scoring.judges[0], sheet_uid=scoring.sheet(0).uid, words={})

    assert sorted(refused.value.problems) == ["A1.2", "A1.3"]


def test_colleagues_wait_for_the_recorder(scoring: Hall) -> None:
    with pytest.raises(RecorderNotDone):
        services.submit_sheet(actor=scoring.judges[1], sheet_uid=scoring.sheet(1).uid, words={})


def test_colleagues_levels_stay_hidden_until_all_have_submitted(scoring: Hall) -> None:
    scoring.tap(1, "A1.2", "3")
    before = sheet_of(scoring.judges[0], scoring.sheet(0).uid)["others"]
    finish(scoring, ("2", "2", "2"))

    after = sheet_of(scoring.judges[0], scoring.sheet(0).uid)["others"]

    assert before is None
    assert [row["values"]["A1.2"] for row in after] == ["2", "2", "2"]


def test_a_spread_above_one_goes_back_and_old_marks_stay(scoring: Hall) -> None:
    finish(scoring, ("0", "2", "1"))
    reopened = scoring.sheet(2)
    told = [(s["aspect"], s["levels"]) for s in open_spreads(scoring.event)]
    counted = Mark.objects.count()
    for judge in range(3):
        for aspect in ("A1.2", "A1.3"):
            scoring.tap(judge, aspect, "1")
    for judge in range(3):
        services.submit_sheet(actor=scoring.judges[judge], sheet_uid=scoring.sheet(judge).uid, words={})

    assert (reopened.state, reopened.attempt) == ("open", 2)
    assert told == [(aspect, [["1", "0"], ["2", "2"], ["3", "1"]]) for aspect in ("A1.2", "A1.3")]
    assert Mark.objects.count() == counted + 6
    assert scoring.sheet(0).state == "submitted"
    assert open_spreads(scoring.event) == []


def test_a_disputed_measurement_is_entered_again(scoring: Hall) -> None:
    finish(scoring, ("2", "2", "2"), Word(False, "尺寸不符"))

    told = [(s["aspect"], s["reason"], s["levels"]) for s in open_spreads(scoring.event)]
    assert told == [("A1.1", "dispute", [["1", "0.50"]])]
    with pytest.raises(SheetIncomplete) as refused:
        services.submit_sheet(actor=scoring.judges[0], sheet_uid=scoring.sheet(0).uid, words={})
    assert list(refused.value.problems) == ["A1.1"]


def test_a_refused_level_names_the_highest_level(scoring: Hall) -> None:
    refused = scoring.tap(1, "A1.2", "4")

    assert refused.code == "out_of_range"
    assert "0" in refused.message and refused.message.rstrip("。. ").endswith("3")


def test_no_sheet_is_submitted_when_scoring_is_over(scoring: Hall) -> None:
    scoring.tap(0, "A1.1", "0.50")
    for aspect in ("A1.2", "A1.3"):
        scoring.tap(0, aspect, "2")
    Event.objects.update(state="tallied")

    with pytest.raises(ScoringClosed):
        services.submit_sheet(actor=scoring.judges[0], sheet_uid=scoring.sheet(0).uid, words={})

    assert scoring.sheet(0).state == "open"


def test_the_document_recomputes_and_holds_codes_only(scoring: Hall) -> None:
    finish(scoring, ("2", "2", "3"))

    document = tabulation_of(scoring.round)
    results: dict[str, Any] = tabulate(document)

    assert [e["code"] for e in document["entries"]] == ["B17", "C02"]
    assert results["complete"] is False
    assert results["results"][0]["nodes"]["A1.1"] == "0.5"
    assert results["results"][0]["nodes"]["A1.2"] == "0.39"  # 7 of 9 levels of 0.50


def test_totals_follow_the_marks_of_their_work(scoring: Hall) -> None:
    finish(scoring, ("2", "2", "3"))

    totals = renew_totals(scoring.round, [str(scoring.works[0].uid)])

    assert [(t.sheets_done, t.sheets_all, t.total) for t in totals] == [(3, 108, None)]
    assert progress_of(scoring.round)["done"] == 3


def test_marks_cannot_be_changed_in_the_database(scoring: Hall) -> None:
    scoring.tap(0, "A1.2", "2")

    with pytest.raises(DatabaseError), transaction.atomic():
        Mark.objects.update(value=3)


def test_a_locked_scheme_is_not_replaced(scoring: Hall) -> None:
    with pytest.raises(SchemeLocked):
        services.import_scheme(
            actor=scoring.chief, round=scoring.round, content=SAMPLE.read_bytes(), file_name="s.xlsx"
        )
