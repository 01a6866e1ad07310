"""Board states, built from stored totals and publications: what each topic's readers may know, and no more."""

from competitions.boards.projections.bench import bench_state
from competitions.boards.projections.jury import jury_state
from competitions.boards.projections.line import event_pages, plug_line
from competitions.boards.projections.public import board_state, newest_board

__all__ = ["bench_state", "board_state", "event_pages", "jury_state", "newest_board", "plug_line"]
