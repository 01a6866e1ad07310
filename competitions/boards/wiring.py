"""What boards plug in: builders of topics and the event's line."""

from django.utils.translation import gettext_lazy as _

from backend.ui.registry import acts
from competitions.boards.projections import bench_state, board_state, jury_state, plug_line, up_to_date
from realtime import projector

ACTS = {
    "board.set_mode": _("Board switched"),
}


def plug() -> None:
    """Called once when the apps are ready."""
    acts(ACTS)
    projector.builder("board", up_to_date(board_state), public=True)
    projector.builder("jury", up_to_date(jury_state))
    projector.builder("bench", up_to_date(bench_state))
    plug_line()
