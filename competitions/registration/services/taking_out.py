"""Data of members that leave the system: only to whom they belong, and on record."""

from __future__ import annotations

from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core.actor import Actor
from backend.core.permissions import require
from competitions.contests.models import Event
from competitions.registration.render import template_workbook
from competitions.registration.selectors import entries_of, own_school


def filled_template(*, actor: Actor, event: Event) -> bytes:
    """The registration workbook with the school's own standing teams, numbers in clear; who took it is on record.

    Uploaded again unchanged it changes nothing. Raises NotAllowed for everybody but a school's coordinator.
    """
    school = own_school(actor)
    require(school is not None, _("Only a school's coordinator takes out the school's own data."))
    entries = list(entries_of(actor, event).exclude(state="withdrawn"))
    content = template_workbook(event, entries)
    if school is not None:
        record(actor=actor, action="entry.take_out", subject=school.ref, event_code=event.code, entries=len(entries))
    return content
