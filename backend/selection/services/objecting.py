"""Objections during the notice, and what becomes of them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.accounts.services.tries import seconds_to_wait
from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, Invalid, NotFound
from backend.core.permissions import require
from backend.notify.services import send_note
from backend.people.enums import Role, ScopeKind
from backend.people.models import Grant
from backend.selection.errors import ListFlooded, PublicityOver, TooManyObjections
from backend.selection.models import OBJECTION, Call, Choice, Objection
from backend.selection.permissions import may_run
from backend.selection.selectors import objectable, shown_decision
from backend.selection.services.deciding import decide, restart
from backend.selection.services.moving import call_link, locked_call, move_call, tell_schools

HOUR = timedelta(hours=1)
LENGTHS = {"name": (2, 50), "contact": (5, 100), "words": (10, 2000)}


@transaction.atomic
def object_to(
    *,
    actor: Actor,
    call: Call,
    name: str,
    contact: str,
    words: str,
    client_id: UUID,
    choice_uid: UUID | None = None,
    address: str = "",
) -> Objection:
    """Object to a list while it is shown; anybody may, with a name and a way to be reached, which stay private.

    choice_uid: the line it is about, if one; address: where it comes from, counted and never kept.
    The same client id gives the same objection. Raises PublicityOver, Invalid, TooManyObjections, ListFlooded.
    """
    found = Call.objects.select_for_update(of=("self",)).select_related("group").get(pk=call.pk)
    known = Objection.objects.filter(client_id=client_id, call=found).first()
    if known is not None:
        return known
    if not objectable(found):
        raise PublicityOver
    given = {"name": name.strip(), "contact": contact.strip(), "words": words.strip()}
    _check(given)
    choice = _choice(found, choice_uid)
    _spare(found, address)
    objection = Objection(
        call=found,
        number=(found.objections.aggregate(last=Max("number"))["last"] or 0) + 1,
        decision=shown_decision(found),
        choice=choice,
        filed_at=clock.now(),
        client_id=client_id,
    )
    for key, value in given.items():
        objection.put(key, value)
    objection.save()
    record(actor=actor, action="objection.file", subject=objection.ref, call=str(found.uid))
    _tell_officers(found, "selection.objection")
    if _within_the_hour(found).count() == settings.OBJECTIONS_TO_LIST_PER_HOUR:
        _tell_officers(found, "selection.objections_many")
    return objection


def _tell_officers(call: Call, kind: str) -> None:
    officers = (
        Grant.objects.filter(role=Role.GROUP_SECRETARY, scope_kind=ScopeKind.GROUP, scope_key=call.group.code)
        if call.group
        else Grant.objects.filter(role=Role.SYS_ADMIN)
    )
    send_note(
        recipients=User.objects.filter(grants__in=officers.filter(ended_at=None)).distinct(),
        kind=kind,
        params={"call": call.title},
        link=f"{call_link(call)}objections/",
    )


def _within_the_hour(call: Call) -> QuerySet[Objection]:
    return call.objections.filter(filed_at__gt=clock.now() - HOUR).order_by("-filed_at")


def _spare(call: Call, address: str) -> None:
    """Only what would be taken is counted: a mended form or a second tap costs nothing.

    The list as a whole has a limit too, so that nobody buries it from many addresses; the call is locked.
    """
    newest = list(_within_the_hour(call).values_list("filed_at", flat=True)[: settings.OBJECTIONS_TO_LIST_PER_HOUR])
    if len(newest) >= settings.OBJECTIONS_TO_LIST_PER_HOUR:
        raise ListFlooded(seconds=int((newest[-1] + HOUR - clock.now()).total_seconds()) + 1)
    if not address:
        return
    most = settings.OBJECTIONS_PER_HOUR
    seconds = seconds_to_wait("objection", f"{call.uid}|{address}", most=most, window_seconds=3600)
    if seconds:
        raise TooManyObjections(seconds=seconds)


def _check(given: dict[str, str]) -> None:
    problems = {
        key: [_("Write between %(least)s and %(most)s characters.") % {"least": low, "most": high}]
        for key, (low, high) in LENGTHS.items()
        if not low <= len(given[key]) <= high
    }
    if problems:
        raise Invalid(problems)


def _choice(call: Call, uid: UUID | None) -> Choice | None:
    if uid is None:
        return None
    found = Choice.objects.filter(offer__call=call, uid=uid).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def decide_objection(
    *, actor: Actor, objection: Objection, verdict: str, answer: str, exclude: bool = False
) -> Objection:
    """Answer an objection; the answer is public. verdict: `uphold` or `dismiss`.

    exclude: the line it is about leaves the list: the next list is made, says why, and the notice starts anew.
    """
    call = locked_call(actor, objection.call)
    found = Objection.objects.select_for_update().get(pk=objection.pk)
    require(may_run(actor, call), _("Only the officers of this call answer objections."))
    if call.state != "publicity":
        raise IllegalMove(state=call.state)
    after = OBJECTION.after(found.state, verdict)
    if not answer.strip():
        raise Invalid({"answer": [_("Write the answer that everybody reads.")]})
    if exclude and (after != "upheld" or found.choice is None):
        raise Invalid({"exclude": [_("Only the line that an upheld objection is about can leave the list.")]})
    found.state, found.answer = after, answer.strip()[:1000]
    found.decided_at, found.decided_by_uid = clock.now(), actor.user_uid
    found.save(update_fields=["state", "answer", "decided_at", "decided_by_uid"])
    record(actor=actor, action=f"objection.{verdict}", subject=found.ref, call=str(call.uid), excludes=exclude)
    if exclude and found.choice is not None:
        _exclude(actor, call, found.choice, found)
    return found


def _exclude(actor: Actor, call: Call, choice: Choice, objection: Objection) -> None:
    choice.excluded_reason = objection.answer[:500]
    choice.save(update_fields=["excluded_reason"])
    decide(actor, call, "shortlist", objection.answer)
    restart(call)
    move_call(actor, call, "amend", "publicity_until")
    applicants = call.applications.filter(submitted_at__isnull=False).exclude(state="withdrawn")
    told = applicants.values_list("organisation__uid", flat=True)
    tell_schools(told, "selection.amended", call_link(call), call=call.title)
