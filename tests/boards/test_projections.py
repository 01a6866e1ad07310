"""What each topic's readers are told, and what they are not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.core.actor import Actor
from competitions.boards.projections import bench_state, board_state, jury_state
from competitions.boards.services import set_board_mode
from competitions.contests.models import Event
from competitions.results.models import Publication
from competitions.results.selectors import award_rows
from competitions.scoring.models import Scheme
from realtime import projector
from realtime.models import Notice
from realtime.notices import touch

pytestmark = pytest.mark.django_db
Score = Callable[..., Any]


def show(event: Event, organiser: Actor, mode: str) -> dict[str, Any]:
    set_board_mode(actor=organiser, event=event, mode=mode)
    return board_state(event.code, set())


def test_a_hidden_board_tells_nothing_of_the_scoring(
    event: Event, scheme: Scheme, score: Score, organiser: Actor
) -> None:
    score("B17", A="31.50", done=4)

    state = show(event, organiser, "hidden")

    assert set(state) == {"event", "mode", "page_size"}


def test_a_progress_board_tells_counts_and_no_code(event: Event, scheme: Scheme, score: Score) -> None:
    score("B17", A="31.50", done=4)
    score("A03", total="88.00", A="38.00", B="50.00", done=9)

    state = board_state(event.code, set())

    assert state["mode"] == "progress"
    assert state["progress"] == {
        "sheets_done": 13,
        "sheets_all": 18,
        "works_done": 1,
        "works_all": 2,
        "permille": 722,
    }
    assert "B17" not in json.dumps(state)
    assert "88" not in json.dumps(state)


def test_a_coded_board_ranks_sums_so_far_with_ties(
    event: Event, scheme: Scheme, score: Score, organiser: Actor
) -> None:
    score("B17", A="38.40", B="30.00", done=8)
    score("A03", A="37.95", B="30.00", done=7)
    score("D05", A="30.00", B="37.95", done=7)
    score("C24", total="64.10", A="34.10", B="30.00", done=9)
    score("E01")
    score("E02", status="absent")

    rows = show(event, organiser, "coded")["rows"]

    assert [(r["rank"], r["code"], r["total"], r["complete"], r["status"]) for r in rows] == [
        (1, "B17", "68.40", False, ""),
        (2, "A03", "67.95", False, ""),
        (2, "D05", "67.95", False, ""),
        (4, "C24", "64.10", True, ""),
        (None, "E01", "", False, ""),
        (None, "E02", "", False, "absent"),
    ]
    assert rows[0]["parts"] == [960, 500]


def test_totals_that_no_decimal_can_write_are_ranked_too(
    event: Event, scheme: Scheme, score: Score, organiser: Actor
) -> None:
    score("B17", total="100/3", A="33.33", done=1)
    score("A03", A="33.33", done=1)

    rows = show(event, organiser, "coded")["rows"]

    assert [(r["rank"], r["code"], r["total"]) for r in rows] == [(1, "B17", "100/3"), (2, "A03", "33.33")]


def test_the_rule_sets_ranking_decides_between_equal_totals(
    make_event: Callable[..., Event], scheme: Scheme, score: Score, event: Event, organiser: Actor
) -> None:
    event.rule_set.rules = {"result": {"ranking": {"by": [["total", "desc"], ["B", "desc"]]}}}
    event.rule_set.save()
    score("A03", A="37.95", B="30.00")
    score("D05", A="30.00", B="37.95")

    rows = show(event, organiser, "coded")["rows"]

    assert [(r["rank"], r["code"]) for r in rows] == [(1, "D05"), (2, "A03")]


def test_an_arrow_tells_the_last_change_of_rank_and_stays(
    event: Event, scheme: Scheme, score: Score, organiser: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    score("B17", A="10.00")
    score("A03", A="20.00")
    with django_capture_on_commit_callbacks(execute=True):
        set_board_mode(actor=organiser, event=event, mode="coded")
    score("B17", A="30.00")
    for _ in range(2):
        touch(f"board:{event.code}")
        projector.project(f"board:{event.code}")

    notice = Notice.objects.get(topic=f"board:{event.code}")

    assert [(r["code"], r["move"]) for r in notice.state["rows"]] == [("B17", 1), ("A03", -1)]
    assert notice.version == 2


def test_a_named_board_shows_the_newest_publication(event: Event, published: Publication, organiser: Actor) -> None:
    state = show(event, organiser, "named")

    assert [(r["rank"], r["school"], r["names"], r["award"]) for r in state["rows"]] == [
        (1, "郑州铁路职业技术学院", ["张三"], "一等奖"),
        (2, "河南农业职业学院", ["李四"], "二等奖"),
    ]
    assert state["publication"]["number"] == 1
    assert state["count"] == 2


def test_a_named_board_tells_no_more_than_the_page_of_results(
    event: Event, published: Publication, organiser: Actor
) -> None:
    state = show(event, organiser, "named")

    page = [{key: row[key] for key in ("rank", "school", "team")} for row in award_rows(published)]
    assert [{key: row[key] for key in ("rank", "school", "team")} for row in state["rows"]] == page
    assert set(state["rows"][0]) == {"rank", "school", "team", "names", "award"}
    told = json.dumps(state, ensure_ascii=False)
    assert [word for word in ("孙七", "61.25", "88.40", "B17", "C09") if word in told] == []


def test_codes_end_with_the_publication(
    event: Event, scheme: Scheme, score: Score, organiser: Actor, request: pytest.FixtureRequest
) -> None:
    score("B17", total="88.40", A="38.40", B="50.00", done=9)
    assert show(event, organiser, "coded")["mode"] == "coded"

    request.getfixturevalue("published")

    state = board_state(event.code, set())
    assert state["mode"] == "named"
    assert "88.40" not in json.dumps(state)


def test_every_state_of_a_large_event_stays_under_16_kib(
    event: Event, scheme: Scheme, score: Score, organiser: Actor
) -> None:
    for number in range(400):
        score(f"W{number:03d}", A="31.50", B="20.25", done=5, unresolved=["A1.1", "B2.3"])
    states = [show(event, organiser, "coded"), jury_state(event.code, set()), bench_state(event.code, set())]

    sizes = [len(json.dumps(state, ensure_ascii=False).encode()) for state in states]

    assert max(sizes) < 16 * 1024
    assert states[0]["count"] == states[1]["count"] == 400
    assert len(states[0]["rows"]) >= 80


def test_a_state_costs_the_same_queries_for_one_work_and_for_thirty(
    event: Event, scheme: Scheme, score: Score, organiser: Actor
) -> None:
    def queries() -> list[int]:
        counted = []
        for build in (board_state, jury_state, bench_state):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                build(event.code, set())
            counted.append(len(seen))
        return counted

    score("A00", A="1.00")
    set_board_mode(actor=organiser, event=event, mode="coded")
    one = queries()
    for number in range(1, 30):
        score(f"A{number:02d}", A="1.00")

    assert queries() == one


def test_the_jury_sees_what_must_be_resolved_first(event: Event, scheme: Scheme, score: Score) -> None:
    score("B17", A="38.40")
    score("A03", A="10.00", unresolved=["A1.1"])

    state = jury_state(event.code, set())

    assert [(r["code"], r["rank"], r["unresolved"]) for r in state["rows"]] == [("A03", 2, ["A1.1"]), ("B17", 1, [])]
    assert state["waiting"] == 1


def test_the_bench_marks_the_criterion_to_resolve(event: Event, scheme: Scheme, score: Score) -> None:
    score("A03", A="10.00", unresolved=["B2.1"])

    state = bench_state(event.code, set())

    assert [(line["criterion"], line["cells"]) for line in state["matrix"]] == [("A", [0]), ("B", [-1])]
