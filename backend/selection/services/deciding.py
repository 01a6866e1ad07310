"""From points to a list, from a list to a notice, from a notice to what is confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.people.models import Group, Organisation
from backend.selection.errors import ObjectionsOpen, PublicityRuns, ScoresMissing
from backend.selection.models import CALL, Call, Choice, Decision, Offer
from backend.selection.projections.lists import snapshot_of
from backend.selection.selectors import in_review, shown_decision
from backend.selection.services.moving import call_link, locked_call, move_call, tell_schools
from backend.selection.signals import offer_decided
from backend.tabulation import sha256_of

PROVINCE = "HA"


@transaction.atomic
def shortlist(*, actor: Actor, call: Call) -> Decision:
    """Compute the list from the experts' points; nothing is shown yet. Raises ScoresMissing."""
    found = locked_call(actor, call)
    CALL.after(found.state, "shortlist")
    for offer in Offer.objects.select_for_update().filter(call=found):
        if in_review(offer) and offer.scored_at is None:
            raise ScoresMissing(offer=offer.label)
    decision = decide(actor, found, "shortlist")
    move_call(actor, found, "shortlist")
    return decision


@transaction.atomic
def publish(*, actor: Actor, call: Call) -> Call:
    """Show the list to everybody; objections can be made until its time is over, to the second."""
    found = locked_call(actor, call)
    CALL.after(found.state, "publish")
    restart(found)
    move_call(actor, found, "publish", "publicity_until")
    _tell_all(found, "selection.publicity")
    return found


def restart(call: Call) -> None:
    """The notice runs its whole time from now on (saved by the caller)."""
    call.publicity_until = clock.now() + timedelta(days=call.publicity_days)


@transaction.atomic
def confirm(*, actor: Actor, call: Call) -> Decision:
    """Make the list final: outcomes are written, who owns the offered things hears of it, applicants are told.

    Raises PublicityRuns, ObjectionsOpen.
    """
    found = locked_call(actor, call)
    CALL.after(found.state, "confirm")
    if found.publicity_until is None or clock.now() <= found.publicity_until:
        raise PublicityRuns(until=found.publicity_until)
    if found.objections.filter(state="filed").exists():
        raise ObjectionsOpen
    shown = shown_decision(found)
    assert shown is not None, "a call in publicity has a list"
    decision = _write(actor, found, "confirmed", shown.snapshot, "")
    move_call(actor, found, "confirm")
    _write_outcomes(actor, found, shown.snapshot)
    _tell_all(found, "selection.confirmed")
    return decision


def _write_outcomes(actor: Actor, call: Call, snapshot: dict[str, Any]) -> None:
    won = [row["choice"] for offer in snapshot["offers"] for row in offer["rows"] if row["outcome"] == "chosen"]
    Choice.objects.filter(offer__call=call).update(outcome="rejected")
    Choice.objects.filter(offer__call=call, uid__in=won).update(outcome="confirmed")
    organisations = {str(o.uid): o for o in Organisation.objects.filter(selections__call=call).distinct()}
    offers = {str(offer.uid): offer for offer in call.offers.select_related("call")}
    for line in snapshot["offers"]:
        chosen = [organisations[r["organisation_uid"]] for r in line["rows"] if r["outcome"] == "chosen"]
        offer_decided.send(sender=Offer, offer=offers[line["offer"]], organisations=chosen, actor=actor)


def decide(actor: Actor, call: Call, kind: str, reason: str = "") -> Decision:
    """The next numbered list of a locked call (in the caller's transaction)."""
    return _write(actor, call, kind, snapshot_of(call), reason)


def _write(actor: Actor, call: Call, kind: str, snapshot: dict[str, Any], reason: str) -> Decision:
    issuer, year = call.group.code if call.group else PROVINCE, clock.today().year
    Group.objects.select_for_update().order_by("pk").first()  # one serial at a time, for groups and the province
    last = Decision.objects.filter(issuer=issuer, year=year).aggregate(last=Max("serial"))["last"] or 0
    decision = Decision.objects.create(
        call=call,
        number=(call.decisions.aggregate(last=Max("number"))["last"] or 0) + 1,
        kind=kind,
        issuer=issuer,
        year=year,
        serial=last + 1,
        snapshot=snapshot,
        sha256=sha256_of(snapshot),
        reason=reason[:500],
        made_at=clock.now(),
        made_by_uid=actor.user_uid,
    )
    record(actor=actor, action="decision.make", subject=decision.ref, number=decision.number, sha256=decision.sha256)
    return decision


def _tell_all(call: Call, kind: str) -> None:
    tell_schools(_applicants(call), kind, call_link(call), call=call.title)


def _applicants(call: Call) -> Iterable[Any]:
    sent = call.applications.filter(submitted_at__isnull=False).exclude(state="withdrawn")
    return sent.values_list("organisation__uid", flat=True)
