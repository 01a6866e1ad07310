"""How many entries a new version of the rules concerns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.core.actor import SYSTEM, Actor
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import Entry
from competitions.registration.selectors.entries import Concerned, concerned_by
from tests.factories import organisation
from tests.registration.world import RULES, team

pytestmark = pytest.mark.django_db


def test_entries_that_stand_are_counted_for_an_event_and_its_edition(
    make_event: Callable[..., Event], organiser: Actor, other_organiser: Actor
) -> None:
    event = make_event(rules=RULES)
    drafts = [team(organisation(name), serial) for name, serial in (("甲", 100), ("乙", 200), ("丙", 300))]
    first, _second, gone = services.enter_many(actor=SYSTEM, event=event, drafts=drafts)
    Entry.objects.filter(pk=first.pk).update(state="approved")
    Entry.objects.filter(pk=gone.pk).update(state="withdrawn")

    assert concerned_by(organiser, event) == Concerned(entries=2, submitted=1, schools=2)
    assert concerned_by(organiser, event.edition) == Concerned(entries=2, submitted=1, schools=2)
    assert concerned_by(other_organiser, event) == Concerned(0, 0, 0)
