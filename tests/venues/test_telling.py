"""Entered people hear of a programme that has lines for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from backend.core.actor import Actor
from backend.notify.models import Note
from competitions.contests.models import Event
from competitions.venues import services
from tests.factories import signed_in
from tests.notify.world import told_now
from tests.registration.world import RULES
from tests.venues.test_booking import entries

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 5, 9, 1, tzinfo=UTC)


def item(audience: str) -> services.ItemDraft:
    return services.ItemDraft("leader_meeting", DAY, DAY + timedelta(hours=1), audience=[audience])


def test_schools_hear_of_a_programme_for_them_and_of_nothing_else(
    make_event: Callable[..., Event], organiser: Actor
) -> None:
    event = make_event(rules=RULES)
    (entry,) = entries(organiser, event, 1)
    coordinator = signed_in("c", "school_coordinator", "organisation", str(entry.school.uid))
    signed_in("stranger", "school_coordinator", "organisation", "0" * 32)
    services.add_item(actor=organiser, event=event, draft=item("judges"))
    services.publish_programme(actor=organiser, event=event)
    services.add_item(actor=organiser, event=event, draft=item("leaders"))
    services.publish_programme(actor=organiser, event=event)

    told_now()
    notes = Note.objects.filter(kind__startswith="programme.")
    people = set(entry.members.values_list("person", flat=True))

    assert [(n.recipient_id, n.kind, n.params["count"]) for n in notes.exclude(recipient=None)] == [
        (coordinator.user_id, "programme.changed", 1)
    ]
    assert {(n.person_id, n.kind) for n in notes.filter(recipient=None)} == {(pk, "programme.changed") for pk in people}
