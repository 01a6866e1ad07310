"""What locking a scheme and publishing would do is said in numbers first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from competitions.contests.models import Event
from competitions.draw.models import Work
from competitions.scoring.models import Aspect, Sheet
from competitions.scoring.selectors.waiting import effects_of_locking
from tests.scoring.world import RULES, hall

pytestmark = pytest.mark.django_db


def test_the_sheets_foretold_are_the_sheets_laid_out(make_event: Callable[..., Event]) -> None:
    scoring = hall(make_event(state="drawn", rules=RULES), codes=("B17", "C02", "D03"))
    scheme = scoring.round.schemes.get(state="locked")
    judged, measured = Aspect.objects.filter(kind="J").count(), Aspect.objects.filter(kind="M").count()

    effects = effects_of_locking(scheme)

    assert effects == {
        "aspects": judged + measured,
        "works": 3,
        "judges": 3,
        "sheets": Sheet.objects.count(),
        "marks": 3 * (3 * judged + measured),
    }


def test_before_the_draw_there_is_nothing_to_count_but_the_scheme(make_event: Callable[..., Event]) -> None:
    scoring = hall(make_event(state="drawn", rules=RULES))
    scheme = scoring.round.schemes.get(state="locked")
    Work.objects.update(panel=None)

    effects = effects_of_locking(scheme)

    assert (effects["sheets"], effects["marks"], effects["aspects"]) == (0, 0, Aspect.objects.count())
