"""封榜: from a moment on the public board keeps the standing it had; judges and organisers see scoring go on."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from competitions.boards.errors import FrozenAlready, NotFrozen
from competitions.boards.models import BoardSettings
from competitions.boards.permissions import may_set_board
from competitions.boards.projections.public import forget_board, kept_standing
from competitions.boards.projections.totals import SHOWN_IN, renew_board_totals
from competitions.boards.selectors import board_round, due_boards, end_of, round_of
from competitions.contests.models import Event, Round
from realtime.notices import touch

EARLY = timedelta(seconds=2)  # a renewal that begins before the moment may read marks taken after it


@transaction.atomic
def freeze_board(
    *, actor: Actor, event: Event, at: datetime | None = None, minutes_before_end: int | None = None
) -> BoardSettings:
    """Freeze the public board from a moment, or so many minutes before the last session ends; neither: at once.

    Another moment may be chosen until it has come. Raises NotAllowed, Invalid, FrozenAlready.
    """
    board = _locked(event)
    require(may_set_board(actor, event), _("Only the event's organisers decide what its board shows."))
    if board.frozen is not None:
        raise FrozenAlready
    board.freeze_from = _moment(board.round, at, minutes_before_end)
    board.save(update_fields=["freeze_from"])
    moment = board.freeze_from.isoformat()
    audit.record(actor=actor, action="board.freeze", subject=board.ref, event_code=event.code, since=moment)
    _keep(board)
    _tell(event.code)
    return board


@transaction.atomic
def lift_freeze(*, actor: Actor, event: Event) -> BoardSettings:
    """Show the standing as it is now, or drop a freeze that has not come yet. Raises NotAllowed, NotFrozen."""
    board = _locked(event)
    require(may_set_board(actor, event), _("Only the event's organisers decide what its board shows."))
    if board.freeze_from is None:
        raise NotFrozen
    since = board.freeze_from.isoformat()
    board.freeze_from, board.frozen = None, None
    board.save(update_fields=["freeze_from", "frozen"])
    audit.record(actor=actor, action="board.lift", subject=board.ref, event_code=event.code, since=since)
    _tell(event.code)
    return board


@transaction.atomic
def renew_standing(code: str, parts: set[str]) -> list[str]:
    """The source `totals:<event code>`: keep the standing if its moment has come, then renew the touched works' totals.

    Gives the topics that show them.
    """
    shown = board_round(code)
    planned = getattr(shown, "board", None)
    if planned is not None and planned.freeze_from is not None and planned.frozen is None:
        _keep(BoardSettings.objects.select_for_update().get(pk=planned.pk))
    renew_board_totals(shown, parts)
    return [f"{kind}:{code}" for kind in SHOWN_IN]


@transaction.atomic
def keep_due_standings() -> int:
    """Keep the standing of every board whose moment has come, also when no mark comes; by the timetable."""
    kept = 0
    for board in due_boards(clock.now() + EARLY):
        if _keep(board):
            _tell(board.round.event.code)
            kept += 1
    return kept


def _locked(event: Event) -> BoardSettings:
    board, _made = BoardSettings.objects.get_or_create(round=round_of(event))
    return BoardSettings.objects.select_for_update(of=("self",)).select_related("round__event").get(pk=board.pk)


def _moment(shown: Round, at: datetime | None, minutes: int | None) -> datetime:
    if minutes is None:
        return at or clock.now()
    end = end_of(shown)
    if end is None or minutes < 0:
        raise Invalid({"minutes": _("No session of this event has an end yet. Choose a moment instead.")})
    return end - timedelta(minutes=minutes)


def _keep(board: BoardSettings) -> bool:
    """Keep what the stored totals say now, when the moment is there and nothing is kept yet; the row is locked."""
    if board.frozen is not None or board.freeze_from is None or board.freeze_from > clock.now() + EARLY:
        return False
    board.frozen = kept_standing(board_round(board.round.event.code), board.freeze_from)
    board.save(update_fields=["frozen"])
    return True


def _tell(code: str) -> None:
    for kind in ("board", "bench"):
        touch(f"{kind}:{code}")
    transaction.on_commit(lambda: forget_board(code))
