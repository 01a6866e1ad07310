"""The only writers of boards."""

from competitions.boards.services.freezing import freeze_board, keep_due_standings, lift_freeze, renew_standing
from competitions.boards.services.modes import set_board_mode

__all__ = ["freeze_board", "keep_due_standings", "lift_freeze", "renew_standing", "set_board_mode"]
