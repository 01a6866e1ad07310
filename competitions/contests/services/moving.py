"""Moving events along their line."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from competitions.contests.errors import DeadlineMissing, HoldingUndecided, RulesUnsigned
from competitions.contests.models import EVENT, Event
from competitions.contests.permissions import may_organise
from realtime.notices import touch


@transaction.atomic
def open_registration(*, actor: Actor, event: Event) -> Event:
    """Let schools enter: the rules must be signed off and the deadline lie ahead."""
    locked = locked_event(actor, event)
    if locked.rule_set.signed_off_at is None:
        raise RulesUnsigned
    if locked.registration_closes_at is None or clock.deadline_passed(locked.registration_closes_at):
        raise DeadlineMissing
    event.state = move_event(actor=actor, event=locked, verb="open_registration").state
    return event


@transaction.atomic
def close_registration(*, actor: Actor, event: Event) -> Event:
    """End registration; the entries that were submitted are the field of the draw."""
    event.state = move_event(actor=actor, event=locked_event(actor, event), verb="close_registration").state
    return event


@transaction.atomic
def move_event(*, actor: Actor, event: Event, verb: str) -> Event:
    """Move an event along its line; IllegalMove when the table of `EVENT` has no such step.

    The calling service has already required its own permission: a draw, a signature and a publication are made by
    different people.
    """
    locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    after = EVENT.after(locked.state, verb)
    if verb == "draw" and locked.holding_checks.filter(verdict="").exists():
        raise HoldingUndecided
    locked.state = after
    locked.save(update_fields=["state"])
    event.state = locked.state
    record(actor=actor, action=f"event.{verb}", subject=locked.ref, event_code=locked.code, state=locked.state)
    for kind in ("board", "bench", "jury"):
        touch(f"{kind}:{locked.code}")
    return locked


def locked_event(actor: Actor, event: Event) -> Event:
    """The event under its lock, for one of its organisers."""
    found: Event = (
        Event.objects.select_for_update(of=("self",))
        .select_related("rule_set", "edition__contest__family", "leading_group")
        .get(pk=event.pk)
    )
    require(may_organise(actor, found), _("Only the organisers of this event do this."))
    return found
