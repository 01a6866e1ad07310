"""Every service, asked for with the world's things by everybody in it and by every kind of stranger.

`who_may.txt` says who is not refused, so that a change of a permission is read where it is reviewed. A service that is
declared nowhere counts as somebody's own: strangers are refused before anything else is said.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from backend.accounts.models import User
from backend.core.actor import PUBLIC, Actor
from backend.core.errors import DomainError, NotAllowed, NotFound
from backend.people.selectors import actor_for
from tests.house.calls import all_services, arguments
from tests.house.world import World, world

__all__ = ["world"]
pytestmark = pytest.mark.django_db
WHO_MAY = Path(__file__).with_name("who_may.txt")

# Each acts on what is the actor's own, or on what whoever holds the word in a link may do.
OWN = {
    "people.keep_marked",
    "people.marked_workbook",
    "notify.ask_for_address",
    "notify.come_back",
    "notify.confirm_address",
    "notify.forget_address",
    "notify.leave",
    "notify.mark_all_read",
    "notify.mark_read",
    "notify.prefer",
    "notify.draft_notice",
    "notify.make_template",
    "registration.submit_complete",
    "registration.take_account",
    "venues.end_own_calendar",
    "venues.renew_own_calendar",
}
# The province's own: organisations and the pool of judges are kept by the officers of every group.
PROVINCE = {
    "people.record_former_name",
    "people.record_organisation",
    "people.rename_organisation",
    "judges.invite",
    "judges.note_conduct",
    "judges.place_unit",
    "judges.record_judge",
    "judges.record_service",
    "judges.restore",
    "judges.suspend",
}
# Any school may take part: its coordinator begins something of the own school's.
SCHOOLS = {
    "selection.start",
    "registration.confirm_signed_rosters",
    "registration.filled_template",
    "registration.hand_in_many",
    "registration.stage_import",
}
# Anybody may, during the public notice.
PUBLIC_TOO = {"selection.object_to"}
# Parts of other services: who calls them has asked for the permission, as their docstrings say.
PARTS = {
    "notify.preview_news",
    "notify.record_address",
    "notify.send_news",
    "people.take_own_account",
    "contests.move_event",
    "registration.carry_over",
    "registration.card_photos",
    "registration.check_import",
    "registration.purge_imports",
    "registration.require_changeable",
    "registration.require_open",
    "venues.free_places",
    "venues.renew_calendar",
}


class Undone(Exception):
    """Nothing of a try is kept."""


def refused(function: Callable[..., Any], actor: Actor | None, given: dict[str, Any]) -> bool:
    """Whether it is the permission that stands in the way; anything else that is said comes after it."""
    try:
        with transaction.atomic():
            function(actor=actor or PUBLIC, **given)
            raise Undone
    except (NotAllowed, NotFound):
        return True
    except (Undone, DomainError, DatabaseError, LookupError, ValueError):
        return False


def as_now(actor: Actor) -> Actor:
    """The same with what the account has come to since, such as the person behind it."""
    return actor_for(User.objects.get(pk=actor.user_id))


def open_to(name: str, who: str) -> bool:
    if name in SCHOOLS:
        return who.startswith("coordinator")
    if name in PROVINCE:
        return who.startswith(("organiser", "secretary"))
    return name in OWN | PUBLIC_TOO | PARTS


def test_a_stranger_is_refused_before_anything_else_is_said(world: World) -> None:
    wrong, before = [], world.states()

    for name, function in all_services().items():
        given = arguments(name, function, world)
        wrong += [
            f"{name} lets in: {who}"
            for who, actor in world.strangers.items()
            if not open_to(name, who) and not refused(function, actor, given)
        ]

    assert wrong == []
    assert world.states() == before


def test_who_may_do_what_is_as_written(world: World) -> None:
    written = dict(line.split(": ", 1) for line in WHO_MAY.read_text(encoding="utf-8").splitlines())
    found, insiders = {}, {who: as_now(actor) for who, actor in world.insiders.items()}

    for name, function in all_services().items():
        if name not in PARTS:
            given = arguments(name, function, world)
            may = [who for who, actor in insiders.items() if not refused(function, actor, given)]
            found[name] = ", ".join(may) or "nobody here"

    assert found == written
