"""Too few entries at the deadline: flagged by itself, decided by the organisers."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import Invalid
from backend.notify.services import send_note
from competitions.contests.errors import HoldingDecided
from competitions.contests.models import Event, HoldingCheck
from competitions.contests.models.changes import HOLDING_VERDICTS
from competitions.contests.selectors import accounts_running
from competitions.contests.services.moving import locked_event, move_event

WATCHED = ("registering", "registered")


@transaction.atomic
def flag_too_few(*, event: Event, found: int) -> HoldingCheck | None:
    """Flag an event "not to be held" once: found entries by its rules' unit. None: nothing to flag, or flagged before.

    The event cannot be drawn until `decide_holding`.
    """
    locked = Event.objects.select_for_update(of=("self",)).select_related("rule_set", "leading_group").get(pk=event.pk)
    minimum = locked.rule_set.rules.get("minimum")
    flagged = locked.holding_checks.exists()
    if minimum is None or flagged or locked.state not in WATCHED or found >= minimum["entries"]:
        return None
    check = HoldingCheck.objects.create(
        event=locked,
        found=found,
        needed=minimum["entries"],
        unit=minimum.get("unit", "teams"),
        source=minimum.get("source", "")[:300],
        flagged_at=clock.now(),
    )
    record(actor=SYSTEM, action="event.flag_too_few", subject=locked.ref, event_code=locked.code, found=found)
    send_note(
        recipients=accounts_running([locked]),
        kind="event.too_few",
        params={"event": locked.name, "found": found, "needed": check.needed},
        link=f"/events/{locked.code}/holding/",
    )
    return check


@transaction.atomic
def decide_holding(*, actor: Actor, event: Event, verdict: str, reason: str, into: Event | None = None) -> HoldingCheck:
    """Hold the event anyway, cancel it, or merge it into another of the same edition, with a reason.

    The room that keeps the entries moves them first. Raises NotAllowed, HoldingDecided, Invalid, IllegalMove.
    """
    locked = locked_event(actor, event)
    check: HoldingCheck | None = locked.holding_checks.select_for_update().filter(verdict="").first()
    if check is None:
        raise HoldingDecided
    _check(locked, verdict, reason, into)
    check.verdict, check.reason, check.into = verdict, reason.strip()[:300], into if verdict == "merge" else None
    check.decided_at, check.decided_by_uid = clock.now(), actor.user_uid
    check.save(update_fields=["verdict", "reason", "into", "decided_at", "decided_by_uid"])
    if verdict != "hold":
        event.state = move_event(actor=actor, event=locked, verb="cancel").state
    record(actor=actor, action="event.decide_holding", subject=locked.ref, event_code=locked.code, verdict=verdict)
    return check


def _check(event: Event, verdict: str, reason: str, into: Event | None) -> None:
    problems = {}
    if verdict not in HOLDING_VERDICTS:
        problems["verdict"] = _("Choose one of: hold, cancel, merge.")
    if not reason.strip():
        problems["reason"] = _("Give the reason: everyone who is entered reads it.")
    if verdict == "merge":
        target = Event.objects.filter(pk=into.pk).first() if into else None
        fits = target and target.pk != event.pk and target.edition_id == event.edition_id and target.state in WATCHED
        if not fits:
            problems["into"] = _("Choose another event of the same edition whose draw is still to come.")
    if problems:
        raise Invalid(problems)
