"""Data of members that leave the system: only to whom they belong, and on record."""

from __future__ import annotations

from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core.actor import Actor
from backend.core.errors import NotAllowed
from competitions.contests.models import Event
from competitions.registration.render import template_workbook
from competitions.registration.selectors import entries_of, own_school
from competitions.registration.selectors.known import people_of_school


def filled_template(*, actor: Actor, event: Event) -> bytes:
    """The registration workbook with the school's own standing teams, numbers in clear; who took it is on record.

    A second sheet holds whom the school has entered in other events, to copy from. Uploaded again unchanged it changes
    nothing. Raises NotAllowed for everybody but a school's coordinator.
    """
    school = own_school(actor)
    if school is None:
        raise NotAllowed(_("Only a school's coordinator takes out the school's own data."))
    entries = list(entries_of(actor, event).exclude(state="withdrawn"))
    people = people_of_school(actor, school, event)
    content = template_workbook(event, entries, school=school, people=people)
    counts = {"entries": len(entries), "people": len(people)}
    record(actor=actor, action="entry.take_out", subject=school.ref, event_code=event.code, **counts)
    return content
