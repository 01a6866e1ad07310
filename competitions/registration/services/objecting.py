"""The register of objections to entries: who said what, how it was answered."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.registration.models import OBJECTION, Entry, EntryObjection


@transaction.atomic
def record_objection(
    *, actor: Actor, event: Event, objector: str, text: str, entry: Entry | None = None
) -> EntryObjection:
    """Write an objection into the register as it was received; objector: name and contact, kept encrypted."""
    require(may_organise(actor, event))
    problems = {}
    if not objector.strip():
        problems["objector"] = _("Say who objects and how to reach them: the answer goes there.")
    if not text.strip():
        problems["text"] = _("Write down what is objected to.")
    if entry is not None and entry.event_id != event.pk:
        problems["entry"] = _("This entry belongs to another event.")
    if problems:
        raise Invalid(problems)
    made = EntryObjection(event=event, entry=entry, received_at=clock.now(), recorded_by_uid=actor.user_uid)
    made.put("objector", objector.strip()[:200])
    made.put("text", text.strip()[:2000])
    made.save()
    record(actor=actor, action="entry_objection.record", subject=made.ref, event_code=event.code)
    return made


@transaction.atomic
def answer_objection(*, actor: Actor, objection: EntryObjection, verb: str, answer: str) -> EntryObjection:
    """Uphold or dismiss it, once, with what was answered. What follows for the entry is its own act."""
    locked = EntryObjection.objects.select_for_update(of=("self",)).select_related("event").get(pk=objection.pk)
    require(may_organise(actor, locked.event))
    if not answer.strip():
        raise Invalid({"answer": _("Write down the answer.")})
    locked.state = OBJECTION.after(locked.state, verb)
    locked.put("answer", answer.strip()[:2000])
    locked.decided_at, locked.decided_by_uid = clock.now(), actor.user_uid
    locked.save(update_fields=["state", "answer_sealed", "decided_at", "decided_by_uid"])
    record(actor=actor, action=f"entry_objection.{verb}", subject=locked.ref, event_code=locked.event.code)
    return locked
