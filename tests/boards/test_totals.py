"""Totals are renewed once per burst, and every board shows the same ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.transaction import atomic
from django.test.utils import CaptureQueriesContext

from competitions.boards.services import set_board_mode
from competitions.contests.models import Event
from competitions.scoring.models import WorkTotal
from realtime import notices
from realtime.models import Touch
from tests.scoring.world import RULES, Hall, hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoring(make_event: Callable[..., Event]) -> Hall:
    return hall(make_event(state="drawn", rules=RULES))


def test_a_burst_of_marks_computes_totals_once_and_three_boards_show_them(
    scoring: Hall, organiser: Any, django_capture_on_commit_callbacks: Any
) -> None:
    code = scoring.event.code
    with django_capture_on_commit_callbacks(execute=True):
        set_board_mode(actor=organiser, event=scoring.event, mode="coded")

    with CaptureQueriesContext(connection) as seen, django_capture_on_commit_callbacks(execute=True), atomic():
        for judge, level in ((0, "3"), (1, "2"), (2, "3")):
            for aspect in ("A1.2", "A1.3"):
                scoring.tap(judge, aspect, level)
        scoring.tap(0, "A1.2", "2", work=1)

    written = [q["sql"] for q in seen if q["sql"].startswith('INSERT INTO "scoring_worktotal"')]
    assert len(written) == 1
    totals = {row.work.code: f"{row.partial:.2f}" for row in WorkTotal.objects.select_related("work")}
    for kind in ("board", "jury"):
        shown = {row["code"]: row["total"] for row in notices.read(f"{kind}:{code}")["state"]["rows"]}
        assert shown == {c: total if float(total) else "" for c, total in totals.items()}
    assert notices.read(f"bench:{code}")["version"] > 0
    assert Touch.objects.count() == 0
