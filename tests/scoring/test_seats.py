"""A judge leaves while scoring: the sheets go to a successor or are voided, and the round can still close."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core.actor import Actor
from backend.core.errors import NotAllowed, NotFound
from backend.people.selectors import actor_for
from competitions.contests.models import Event
from competitions.judges.errors import SeatIsClosed, SeatsAreSettled
from competitions.judges.models import Seat
from competitions.judges.services import end_seat
from competitions.scoring import services
from competitions.scoring.errors import HandoverRefused, ScoringClosed
from competitions.scoring.models import Mark, Sheet
from competitions.scoring.projections import renew_totals
from competitions.scoring.selectors import desk_of, open_sheets, progress_of
from competitions.scoring.services.submitting import Word
from tests.scoring.test_marking import finish
from tests.scoring.world import RULES, Hall, hall

pytestmark = pytest.mark.django_db
WHY = "突发疾病"


@pytest.fixture
def scoring(make_event: Callable[..., Event]) -> Hall:
    return hall(make_event(state="drawn", rules=RULES))


def replace(scoring: Hall, actor: Actor, judge: int = 1, **said: str) -> services.Handover:
    told = {"successor": "接任者", "reason": WHY, **said}
    return services.replace_seat(actor=actor, seat_uid=scoring.seats[judge].uid, **told)


def holder_of(seat: Seat | None) -> Actor:
    assert seat is not None
    return actor_for(User.objects.get(seats=seat))


@pytest.mark.postgres
def test_a_successor_takes_over_every_open_sheet_and_the_marks_stay(scoring: Hall, organiser: Actor) -> None:
    finish(scoring, ("2", "2", "2"))
    scoring.tap(1, "B1.1", "2")
    kept = Mark.objects.count()

    done = replace(scoring, organiser)

    old, new = scoring.seats[1], done.seat
    assert (done.sheets, Mark.objects.count()) == (71, kept)
    assert Sheet.objects.filter(seat=old, state="submitted").count() == 1
    assert Sheet.objects.filter(seat=old, state="passed", closed_reason=WHY, followed_by__seat=new).count() == 71
    assert len(desk_of(holder_of(new))["sheets"]) == 71
    assert progress_of(scoring.round)["all"] == 2 * 36 * 3


def test_the_successor_scores_and_the_sheet_counts_once(scoring: Hall, organiser: Actor) -> None:
    scoring.tap(1, "A1.2", "0")
    done = replace(scoring, organiser)
    scoring.seats[1], scoring.judges[1] = done.seat or scoring.seats[1], holder_of(done.seat)

    finish(scoring, ("2", "2", "2"))

    assert progress_of(scoring.round)["works"][0]["cells"]["A"][0] == 3
    assert {s.attempt for s in Sheet.objects.live()} == {1}  # the zero of the seat that left made no spread


def test_the_recorders_successor_records(scoring: Hall, organiser: Actor) -> None:
    done = replace(scoring, organiser, judge=0)
    scoring.seats[0], scoring.judges[0] = done.seat or scoring.seats[0], holder_of(done.seat)

    finish(scoring, ("2", "2", "2"))

    assert progress_of(scoring.round)["works"][0]["cells"]["A"][0] == 3


@pytest.mark.postgres
def test_voided_sheets_count_no_more_and_the_others_meet(scoring: Hall, organiser: Actor) -> None:
    scoring.tap(0, "A1.1", "0.50")
    for judge, level in ((0, "0"), (2, "3")):
        for aspect in ("A1.2", "A1.3"):
            scoring.tap(judge, aspect, level)
        words = {scoring.aspects["A1.1"].uid: Word(True)}
        services.submit_sheet(actor=scoring.judges[judge], sheet_uid=scoring.sheet(judge).uid, words=words)

    done = replace(scoring, organiser, successor="")

    assert (done.sheets, done.seat, done.card) == (72, None, None)
    assert [scoring.sheet(judge).attempt for judge in (0, 2)] == [2, 2]  # their spread met when the third was voided
    assert Sheet.objects.filter(seat=scoring.seats[1]).values_list("state").distinct().get() == ("voided",)
    assert dict(open_sheets(scoring.round)) == {"B17": 72, "C02": 72}
    assert renew_totals(scoring.round)[0].sheets_all == 72


@pytest.mark.postgres
def test_when_the_panel_scores_again_the_successor_does_so_in_the_closed_seats_place(
    scoring: Hall, organiser: Actor
) -> None:
    for aspect in ("A1.2", "A1.3"):
        scoring.tap(1, aspect, "0")
    scoring.tap(0, "A1.1", "0.50")
    for judge in (0, 1, 2):
        for aspect in ("A1.2", "A1.3"):
            scoring.tap(judge, aspect, "3" if judge else "0")
        if judge < 2:
            words = {scoring.aspects["A1.1"].uid: Word(True)}
            services.submit_sheet(actor=scoring.judges[judge], sheet_uid=scoring.sheet(judge).uid, words=words)
    done = replace(scoring, organiser)

    words = {scoring.aspects["A1.1"].uid: Word(True)}
    services.submit_sheet(actor=scoring.judges[2], sheet_uid=scoring.sheet(2).uid, words=words)

    again = Sheet.objects.filter(work=scoring.works[0], sub_criterion__code="A1").order_by("seat__number")
    assert [(s.seat.number, s.state, s.attempt) for s in again] == [
        (1, "open", 2),
        (2, "passed", 1),
        (3, "open", 2),
        (4, "open", 2),
    ]
    assert done.seat == again[3].seat


def test_only_the_organisers_close_a_seat_while_scoring(scoring: Hall, other_organiser: Actor) -> None:
    for actor in (scoring.chief, scoring.judges[1], scoring.judges[0], other_organiser):
        with pytest.raises(NotAllowed):
            replace(scoring, actor)

    assert Seat.objects.filter(ended_at=None).count() == 3


def test_a_seat_is_closed_once(scoring: Hall, organiser: Actor) -> None:
    replace(scoring, organiser)

    with pytest.raises(SeatIsClosed):
        replace(scoring, organiser)

    assert Seat.objects.filter(ended_at=None).count() == 3


def test_the_reason_is_needed_and_kept(scoring: Hall, organiser: Actor) -> None:
    with pytest.raises(HandoverRefused) as refused:
        replace(scoring, organiser, reason="  ")
    replace(scoring, organiser)

    assert sorted(refused.value.problems) == ["reason"]
    assert AuditEntry.objects.get(action="seat.hand_over").details == {"sheets": 72, "successor": 4, "reason": WHY}


def test_recorder_and_last_judge_leave_only_to_a_successor(scoring: Hall, organiser: Actor) -> None:
    with pytest.raises(HandoverRefused):
        replace(scoring, organiser, judge=0, successor="")
    Seat.objects.filter(number=3).update(records=False)
    replace(scoring, organiser, judge=2, successor="")
    Seat.objects.filter(number=1).update(records=False)
    replace(scoring, organiser, judge=0, successor="")

    with pytest.raises(HandoverRefused) as refused:
        replace(scoring, organiser, judge=1, successor="")

    assert sorted(refused.value.problems) == ["successor"]


def test_before_and_after_scoring_there_is_nothing_to_hand_over(scoring: Hall, organiser: Actor) -> None:
    Event.objects.update(state="tallied")

    with pytest.raises(ScoringClosed):
        replace(scoring, organiser)
    with pytest.raises(NotFound):
        services.replace_seat(actor=organiser, seat_uid=scoring.works[0].uid, successor="", reason=WHY)


def test_the_plain_closing_of_a_seat_points_to_the_handover(scoring: Hall, organiser: Actor) -> None:
    with pytest.raises(SeatsAreSettled) as refused:
        end_seat(actor=organiser, seat=scoring.seats[1])

    assert str(scoring.seats[1].uid) in refused.value.link
