"""Who decides what the board shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.audit.models import AuditEntry
from backend.core.actor import PUBLIC, Actor
from backend.core.errors import Invalid, NotAllowed
from competitions.boards.errors import CodesEnded, NotPublishedYet
from competitions.boards.models import BoardSettings
from competitions.boards.services import set_board_mode
from competitions.contests.models import Event
from competitions.results.models import Publication
from realtime.models import Touch
from tests.factories import signed_in

pytestmark = pytest.mark.django_db


def test_an_organiser_and_a_colleague_of_the_group_decide(event: Event, organiser: Actor) -> None:
    colleague = signed_in("secretary", "group_secretary", "group", event.leading_group.code)

    set_board_mode(actor=organiser, event=event, mode="coded", page_size=6)
    set_board_mode(actor=colleague, event=event, mode="hidden")

    board = BoardSettings.objects.get()
    assert (board.mode, board.page_size) == ("hidden", 6)
    assert list(AuditEntry.objects.order_by("pk").values_list("action", "event_code")) == [
        ("board.set_mode", event.code),
        ("board.set_mode", event.code),
    ]
    assert set(Touch.objects.values_list("topic", flat=True)) == {f"board:{event.code}", f"bench:{event.code}"}


@pytest.mark.parametrize("who", ["stranger", "public", "chief"])
def test_nobody_else_decides(event: Event, other_organiser: Actor, who: str) -> None:
    actors: dict[str, Callable[[], Actor]] = {
        "stranger": lambda: other_organiser,
        "public": lambda: PUBLIC,
        "chief": lambda: signed_in("chief", "chief_judge", "event", event.code),
    }

    with pytest.raises(NotAllowed):
        set_board_mode(actor=actors[who](), event=event, mode="hidden")


def test_names_are_refused_before_a_publication(event: Event, organiser: Actor) -> None:
    with pytest.raises(NotPublishedYet):
        set_board_mode(actor=organiser, event=event, mode="named")


def test_names_are_shown_after_a_publication(event: Event, published: Publication, organiser: Actor) -> None:
    assert set_board_mode(actor=organiser, event=event, mode="named").mode == "named"


def test_every_problem_is_told_at_once(event: Event, organiser: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        set_board_mode(actor=organiser, event=event, mode="loud", page_size=40)

    assert set(refused.value.problems) == {"mode", "page_size"}


def test_codes_are_not_chosen_again_once_names_are_published(
    event: Event, organiser: Actor, published: Publication
) -> None:
    set_board_mode(actor=organiser, event=event, mode="named")

    with pytest.raises(CodesEnded):
        set_board_mode(actor=organiser, event=event, mode="coded")

    assert BoardSettings.objects.get().mode == "named"
