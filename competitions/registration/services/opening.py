"""Whether an event takes entries, and the lock that every change of a school's entries takes first."""

from __future__ import annotations

from collections.abc import Iterable

from backend.core import clock
from backend.core.actor import Actor
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.registration.errors import CorrectionsClosed, DeadlineOver, RegistrationClosed
from competitions.registration.models import Entry
from competitions.registration.selectors.reviewing import correctable


def lock_schools(uids: Iterable[str]) -> dict[str, Organisation]:
    """The schools by uid, locked in one order: each owns the total of its teams."""
    found = Organisation.objects.select_for_update().filter(uid__in=sorted(set(uids))).order_by("pk")
    return {str(school.uid): school for school in found}


def require_open(actor: Actor, event: Event) -> None:
    """Schools until the end of the deadline's minute; organisers until they close registration."""
    if event.state != "registering":
        raise RegistrationClosed
    if clock.deadline_passed(event.registration_closes_at) and not may_organise(actor, event):
        raise DeadlineOver


def require_changeable(actor: Actor, entry: Entry) -> None:
    """A returned entry may be mended until its own deadline, everything else while registration is open."""
    if entry.state != "returned":
        require_open(actor, entry.event)
    elif not correctable(entry) and not may_organise(actor, entry.event):
        raise CorrectionsClosed
