"""Tally and signatures, on codes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from backend.accounts.services import reauthenticate
from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.people.selectors import holds_still
from backend.tabulation import sha256_of, tabulate
from competitions.contests.models import Event, Round
from competitions.contests.services import move_event
from competitions.results.errors import PROBLEMS, NotComplete, SecondDeviceNeeded, SecondPersonNeeded, StaleTally
from competitions.results.models import Signature, Tally
from competitions.results.permissions import duty_of, may_tally
from competitions.scoring.selectors import open_sheets, tabulation_of

SIGNERS = {"chief", "supervisor"}
SHOWN = 20


@transaction.atomic
def make_tally(*, actor: Actor, round: Round) -> Tally:
    """Compute the round's results on codes; the former tally and its signatures end.

    Raises NotComplete with every open sheet and unresolved node, IllegalMove before scoring.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("event__rule_set").get(pk=round.pk)
    event = round.event
    require(may_tally(actor, event), _("The chief judge or the organisers tally."))
    if event.state == "signed":
        move_event(actor=actor, event=event, verb="tally_again")
    elif event.state not in ("tallied", "published"):
        move_event(actor=actor, event=event, verb="tally")
    waiting = open_sheets(round)
    if waiting:
        raise NotComplete({work: _("%(n)s sheets are not submitted") % {"n": n} for work, n in waiting[:SHOWN]})
    document = tabulation_of(round)
    results = tabulate(document)
    if not results["complete"]:
        problems = results["problems"][:SHOWN]
        raise NotComplete({_place(p): PROBLEMS.get(p["code"], p["code"]) for p in problems})
    now = clock.now()
    round.tallies.filter(ended_at=None).update(ended_at=now)
    number = (round.tallies.aggregate(last=Max("number"))["last"] or 0) + 1
    tally = Tally.objects.create(
        round=round,
        number=number,
        document=document,
        document_sha256=sha256_of(document),
        results=results,
        results_sha256=sha256_of(results),
        complete=True,
        made_at=now,
    )
    audit.record(
        actor=actor, action="tally.make", subject=tally.ref, event_code=event.code, sha256=tally.results_sha256
    )
    return tally


def _place(problem: dict[str, Any]) -> str:
    return f"{problem.get('entry', '')} {problem.get('node', '')}".strip()


@transaction.atomic
def sign_tally(*, actor: Actor, tally: Tally, password: str, sha256: str, device_index: str = "") -> Signature:
    """Sign the hash that was shown, as chief judge or supervisor, with the password entered again.

    device_index: tells the signing device from another one; "" where one device may serve both.
    Raises WrongPassword, StaleTally, SecondPersonNeeded, SecondDeviceNeeded, NotAllowed. Signing twice gives the
    same one.
    """
    tally = Tally.objects.select_for_update(of=("self",)).select_related("round__event").get(pk=tally.pk)
    event: Event = tally.round.event
    duty = duty_of(actor, event)
    require(bool(duty) and holds_still(actor), _("Only the chief judge and the supervisor of this event sign."))
    user = reauthenticate(actor=actor, password=password)
    if tally.ended_at is not None or sha256 != tally.results_sha256:
        raise StaleTally
    given = {s.duty: s for s in tally.signatures.all()}
    if duty in given and given[duty].user_uid == user.uid:
        return given[duty]
    if duty in given or any(s.user_uid == user.uid for s in given.values()):
        raise SecondPersonNeeded
    if device_index and any(s.device_index == device_index for s in given.values()):
        raise SecondDeviceNeeded
    signature = Signature.objects.create(
        tally=tally,
        duty=duty,
        user_uid=user.uid,
        signed_sha256=sha256,
        signed_at=clock.now(),
        device_index=device_index,
    )
    audit.record(actor=actor, action="tally.sign", subject=tally.ref, event_code=event.code, duty=duty, sha256=sha256)
    if set(given) | {duty} == SIGNERS and event.state == "tallied":
        move_event(actor=actor, event=event, verb="sign")
    return signature
