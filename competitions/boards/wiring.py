"""What boards plug in: builders of topics and the event's line."""

from django.utils.translation import gettext_lazy as _

from backend.ui.registry import acts
from competitions.boards.projections import bench_state, board_state, jury_state, plug_line
from competitions.boards.services import renew_standing
from realtime import projector

PAGES_PAUSE = 0.5  # seconds: these pages ask for themselves again at most once a second
ACTS = {
    "board.freeze": _("Board frozen"),
    "board.lift": _("Freeze of the board lifted"),
    "board.set_mode": _("Board switched"),
}


def plug() -> None:
    """Called once when the apps are ready."""
    acts(ACTS)
    projector.source("totals", renew_standing)
    projector.builder("board", board_state, public=True)
    projector.builder("jury", jury_state, pause=PAGES_PAUSE)
    projector.builder("bench", bench_state, pause=PAGES_PAUSE)
    plug_line()
