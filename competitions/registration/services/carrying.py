"""A team taken over into the event of the next stage."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from backend.audit.services import record
from backend.core.actor import Actor
from competitions.contests.models import Event
from competitions.registration.models import Entry, Member
from competitions.registration.services.judging import OPEN_FIELDS, SEALED_FIELDS
from competitions.registration.services.opening import lock_schools


@transaction.atomic
def carry_over(*, actor: Actor, entry: Entry, into: Event) -> Entry | None:
    """A draft in the next event with the same school and people; None when one of them already stands there.

    The calling service has required its permission and locked the event. Places of a stage are earned, so that no
    quota is asked; they count as used.
    """
    lock_schools([str(entry.school.uid)])
    taken = set(Entry.objects.filter(event=into, school=entry.school_id).values_list("team_number", flat=True))
    try:
        with transaction.atomic():
            made = Entry.objects.create(
                event=into,
                school=entry.school,
                team_number=next(n for n in range(1, 1000) if n not in taken),
                tech_platform=entry.tech_platform if entry.tech_platform in into.tech_platforms else "",
                topic=entry.topic,
                topic_class=entry.topic_class,
                promoted_from=entry,
            )
            for member in entry.members.filter(ended_at=None).order_by("position", "pk"):
                _carry_member(member, made)
    except IntegrityError:
        return None
    record(actor=actor, action="entry.promote", subject=made.ref, event_code=into.code)
    return made


def _carry_member(member: Member, entry: Entry) -> None:
    """Sealed values are opened and sealed again for the new row: a seal holds for one row only."""
    copy = Member(entry=entry, event=entry.event, person=member.person, role=member.role, position=member.position)
    for key in OPEN_FIELDS:
        setattr(copy, key, getattr(member, key))
    for key in SEALED_FIELDS:
        copy.put(key, member.reveal(key))
    copy.save()
