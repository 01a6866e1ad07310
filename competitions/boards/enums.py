"""What a board may show."""

from enum import StrEnum

from django.utils.translation import gettext_noop


class BoardMode(StrEnum):
    """hidden: nothing; progress: counts only; coded: totals under codes; named: the publication."""

    HIDDEN = "hidden"
    PROGRESS = "progress"
    CODED = "coded"
    NAMED = "named"


MODE_LABELS = {
    BoardMode.HIDDEN: gettext_noop("Hidden: nothing is shown"),
    BoardMode.PROGRESS: gettext_noop("Progress only: how many sheets are in"),
    BoardMode.CODED: gettext_noop("Coded: codes, totals and ranks so far"),
    BoardMode.NAMED: gettext_noop("Named: the published results"),
}
