"""封榜: from its moment on nothing public changes; the jury goes on; lifting is an act of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import PUBLIC, Actor
from backend.core.errors import Invalid, NotAllowed
from competitions.boards.errors import FrozenAlready, NotFrozen
from competitions.boards.models import BoardSettings
from competitions.boards.projections import board_state
from competitions.boards.services import freeze_board, keep_due_standings, lift_freeze, set_board_mode
from competitions.contests.models import Event
from competitions.results.models import Publication
from competitions.scoring.services import submit_sheet
from competitions.venues.models import Session, Venue
from realtime import notices
from realtime.models import Notice
from tests.factories import signed_in
from tests.scoring.world import RULES, Hall, hall

pytestmark = pytest.mark.django_db
PUBLIC_PAGES = ["", "board/", "board/screen/", "results/"]
# What every request has of its own: its number in the foot, and its token against forgery.
REQUEST = re.compile(
    rb'(?<=X-CSRFToken": ")\w+|(?<=csrfmiddlewaretoken" value=")\w+|(?<= )[0-9a-f]{12}(?=</span></footer>)'
)
Commit = Callable[..., Any]


@pytest.fixture
def scoring(make_event: Callable[..., Event]) -> Hall:
    return hall(make_event(state="drawn", rules=RULES))


def tap(scoring: Hall, commit: Commit, level: str, work: int = 0) -> None:
    with commit(execute=True):
        assert scoring.tap(0, "A1.2", level, work=work).verdict == "taken"


def hand_in(scoring: Hall, commit: Commit) -> None:
    """The recorder completes and submits a sheet."""
    with commit(execute=True):
        for aspect, value in (("A1.1", "0.50"), ("A1.2", "3"), ("A1.3", "2")):
            scoring.tap(0, aspect, value)
        submit_sheet(actor=scoring.judges[0], sheet_uid=scoring.sheet(0).uid, words={})


def outputs(code: str) -> dict[str, tuple[int, bytes, dict[str, str]]]:
    """Every public answer about the event: status, bytes, and the headers that caches read."""
    cache.clear()
    addresses = [f"/events/{code}/{page}" for page in PUBLIC_PAGES]
    addresses += ["/events/", "/", f"/api/v1/events/{code}", f"/api/v1/events/{code}/board", "/api/v1/events"]
    addresses += [f"/api/v1/notices/board:{code}", f"/api/v1/events/{code}/results"]
    found = {}
    for address in addresses:
        answer = Client().get(address)
        headers = {name: answer.get(name, "") for name in ("ETag", "Last-Modified", "Cache-Control", "Content-Type")}
        found[address] = (answer.status_code, REQUEST.sub(b"", answer.content), headers)
    return found


@pytest.mark.parametrize("mode", ["coded", "progress", "hidden"])
def test_no_public_byte_changes_while_frozen_and_the_jury_goes_on(
    scoring: Hall, organiser: Actor, mode: str, django_capture_on_commit_callbacks: Commit
) -> None:
    code, commit = scoring.event.code, django_capture_on_commit_callbacks
    with commit(execute=True):
        set_board_mode(actor=organiser, event=scoring.event, mode=mode)
    tap(scoring, commit, "1")
    with commit(execute=True):
        freeze_board(actor=organiser, event=scoring.event)
    before, version = outputs(code), Notice.objects.get(topic=f"board:{code}").version

    tap(scoring, commit, "3")
    tap(scoring, commit, "2", work=1)
    hand_in(scoring, commit)

    assert outputs(code) == before
    assert Notice.objects.get(topic=f"board:{code}").version == version
    jury = notices.read(f"jury:{code}")["state"]["rows"]
    assert [row["rank"] for row in jury] == [1, 2]


def test_the_open_board_would_have_changed(
    scoring: Hall, organiser: Actor, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        set_board_mode(actor=organiser, event=scoring.event, mode="coded")
    tap(scoring, django_capture_on_commit_callbacks, "1")
    before = outputs(scoring.event.code)

    hand_in(scoring, django_capture_on_commit_callbacks)

    changed = {address for address, answer in outputs(scoring.event.code).items() if answer != before[address]}
    code = scoring.event.code
    assert changed == {
        f"/events/{code}/",
        f"/events/{code}/board/",
        f"/events/{code}/board/screen/",
        f"/api/v1/events/{code}/board",
        f"/api/v1/notices/board:{code}",
    }


def test_another_mode_chosen_while_frozen_shows_the_kept_standing_too(
    scoring: Hall, organiser: Actor, django_capture_on_commit_callbacks: Commit
) -> None:
    tap(scoring, django_capture_on_commit_callbacks, "1")
    kept = {row["code"]: row["total"] for row in _coded(scoring, organiser)["rows"]}
    freeze_board(actor=organiser, event=scoring.event)

    set_board_mode(actor=organiser, event=scoring.event, mode="progress")
    tap(scoring, django_capture_on_commit_callbacks, "3")

    assert {row["code"]: row["total"] for row in _coded(scoring, organiser)["rows"]} == kept


def _coded(scoring: Hall, organiser: Actor) -> dict[str, Any]:
    set_board_mode(actor=organiser, event=scoring.event, mode="coded")
    return board_state(scoring.event.code, set())


def test_a_mark_after_the_moment_is_not_in_the_standing_that_it_finds_unkept(
    scoring: Hall, organiser: Actor, django_capture_on_commit_callbacks: Commit
) -> None:
    set_board_mode(actor=organiser, event=scoring.event, mode="coded")
    freeze_board(actor=organiser, event=scoring.event, at=clock.now() + timedelta(hours=1))
    tap(scoring, django_capture_on_commit_callbacks, "1")
    before = board_state(scoring.event.code, set())["rows"]
    BoardSettings.objects.update(freeze_from=clock.now() - timedelta(seconds=1))

    tap(scoring, django_capture_on_commit_callbacks, "3")

    state = board_state(scoring.event.code, set())
    assert state["rows"] == before
    assert set(state["frozen"]) == {"since"}


def test_the_timetable_keeps_the_standing_when_no_mark_comes(event: Event, organiser: Actor) -> None:
    freeze_board(actor=organiser, event=event, at=clock.now() + timedelta(minutes=5))
    early = keep_due_standings()
    BoardSettings.objects.update(freeze_from=clock.now())

    assert (early, keep_due_standings(), keep_due_standings()) == (0, 1, 0)
    assert "frozen" in board_state(event.code, set())


def test_lifting_shows_what_scoring_has_come_to(
    scoring: Hall, organiser: Actor, django_capture_on_commit_callbacks: Commit
) -> None:
    set_board_mode(actor=organiser, event=scoring.event, mode="coded")
    tap(scoring, django_capture_on_commit_callbacks, "1")
    freeze_board(actor=organiser, event=scoring.event)
    tap(scoring, django_capture_on_commit_callbacks, "3", work=1)

    with django_capture_on_commit_callbacks(execute=True):
        lift_freeze(actor=organiser, event=scoring.event)

    state = notices.read(f"board:{scoring.event.code}")["state"]
    assert "frozen" not in state
    assert state["rows"][0]["code"] == scoring.works[1].code
    acts = AuditEntry.objects.filter(action__in=["board.freeze", "board.lift"]).order_by("pk")
    assert [(a.action, a.event_code) for a in acts] == [
        ("board.freeze", scoring.event.code),
        ("board.lift", scoring.event.code),
    ]
    with pytest.raises(NotFrozen):
        lift_freeze(actor=organiser, event=scoring.event)


def test_a_publication_ends_the_freeze(event: Event, organiser: Actor, published: Publication) -> None:
    freeze_board(actor=organiser, event=event)

    set_board_mode(actor=organiser, event=event, mode="named")

    state = board_state(event.code, set())
    assert "frozen" not in state
    assert state["count"] == 2


def test_the_freeze_may_be_reckoned_from_the_end_of_the_last_session(event: Event, organiser: Actor) -> None:
    round, now = event.rounds.get(), clock.now()
    with pytest.raises(Invalid):
        freeze_board(actor=organiser, event=event, minutes_before_end=60)
    venue = Venue.objects.create(event=event, name="一号赛场")
    for hours in (3, 5):
        Session.objects.create(
            round=round, venue=venue, name=f"{hours}", starts_at=now, ends_at=now + timedelta(hours=hours)
        )

    board = freeze_board(actor=organiser, event=event, minutes_before_end=60)

    assert (board.freeze_from, board.frozen) == (now + timedelta(hours=4), None)


def test_a_moment_may_be_changed_until_it_has_come(event: Event, organiser: Actor) -> None:
    freeze_board(actor=organiser, event=event, at=clock.now() + timedelta(hours=2))
    freeze_board(actor=organiser, event=event, at=clock.now() - timedelta(minutes=1))

    with pytest.raises(FrozenAlready):
        freeze_board(actor=organiser, event=event, at=clock.now() + timedelta(hours=2))


def test_a_colleague_freezes_and_lifts_and_nobody_else(event: Event, organiser: Actor, other_organiser: Actor) -> None:
    colleague = signed_in("secretary", "group_secretary", "group", event.leading_group.code)
    chief = signed_in("chief", "chief_judge", "event", event.code)
    freeze_board(actor=colleague, event=event)

    for actor in (other_organiser, chief, PUBLIC):
        with pytest.raises(NotAllowed):
            freeze_board(actor=actor, event=event)
        with pytest.raises(NotAllowed):
            lift_freeze(actor=actor, event=event)
    lift_freeze(actor=colleague, event=event)

    assert BoardSettings.objects.get().freeze_from is None


def test_no_standing_is_kept_without_its_moment(event: Event, organiser: Actor) -> None:
    freeze_board(actor=organiser, event=event)

    with pytest.raises(IntegrityError), transaction.atomic():
        BoardSettings.objects.update(freeze_from=None)


def test_the_workbench_freezes_and_lifts_and_the_boards_say_so(event: Event, organiser: Actor, scheme: Any) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=organiser.user_id))
    address = f"/events/{event.code}/board/freeze/"

    frozen = client.post(address, {"verb": "freeze"}, follow=True)
    shown = [Client().get(f"/events/{event.code}/{page}").content.decode() for page in ("board/", "board/screen/")]
    bad = client.post(address, {"at": "yesterday"})
    lifted = client.post(address, {"verb": "lift"}, follow=True)

    assert "已封榜" in frozen.content.decode()
    assert all("封榜" in text for text in shown)
    assert bad.status_code == 422
    assert "已封榜" not in lifted.content.decode()
