"""What the public board shows."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from competitions.boards.enums import BoardMode
from competitions.boards.errors import CodesEnded, NotPublishedYet
from competitions.boards.models import BoardSettings
from competitions.boards.permissions import may_set_board
from competitions.boards.projections.public import forget_board
from competitions.boards.selectors import publication_of, round_of
from competitions.contests.models import Event
from realtime.notices import touch

PAGE_SIZES = range(1, 13)


@transaction.atomic
def set_board_mode(*, actor: Actor, event: Event, mode: str, page_size: int | None = None) -> BoardSettings:
    """Decide what the public board shows from now on.

    page_size: rows at once on the hall's screen, 1 to 12. Raises NotAllowed, Invalid, NotPublishedYet, CodesEnded.
    """
    shown = round_of(event)
    board, _made = BoardSettings.objects.get_or_create(round=shown)
    board = BoardSettings.objects.select_for_update().get(pk=board.pk)
    require(may_set_board(actor, event), _("Only the event's organisers decide what its board shows."))
    _refuse_unknown(mode, page_size)
    if mode == BoardMode.NAMED and publication_of(shown) is None:
        raise NotPublishedYet
    if mode == BoardMode.CODED and publication_of(shown) is not None:
        raise CodesEnded
    board.mode, board.page_size = mode, page_size or board.page_size
    board.save(update_fields=["mode", "page_size"])
    audit.record(actor=actor, action="board.set_mode", subject=board.ref, event_code=event.code, mode=mode)
    touch(f"board:{event.code}")
    touch(f"bench:{event.code}")
    transaction.on_commit(lambda: forget_board(event.code))
    return board


def _refuse_unknown(mode: str, page_size: int | None) -> None:
    problems = {}
    if mode not in set(BoardMode):
        problems["mode"] = _("Choose one of the listed ways to show the board.")
    if page_size is not None and page_size not in PAGE_SIZES:
        problems["page_size"] = _("The screen shows 1 to 12 rows at once.")
    if problems:
        raise Invalid(problems)
