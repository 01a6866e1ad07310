"""A team leaves its event: freely while registration is open, afterwards with a reason and a decision."""

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
from competitions.registration.errors import EntryFixed, WithdrawalClosed, WithdrawalPending
from competitions.registration.models import ENTRY, Entry, EntryCard, Member, Substitution, Withdrawal
from competitions.registration.permissions import may_change
from competitions.registration.selectors import entry_of
from competitions.registration.selectors.entries import TAKING_PART
from competitions.registration.selectors.requests import first_decider
from competitions.registration.selectors.reviewing import plan_of
from competitions.registration.services.deciding import locked_in_turn, pass_on, settle
from competitions.registration.services.opening import lock_schools, require_changeable
from competitions.registration.signals import left
from realtime.notices import touch


@transaction.atomic
def withdraw_entry(*, actor: Actor, entry: Entry, reason: str = "") -> Entry:
    """Take a team out of the event at once; it stays on record and its places are free in the same moment.

    Schools while registration is open, organisers to the draw; an approved team only with a reason.
    """
    locked = _locked(actor, entry)
    if locked.event.state != "registered" or not may_organise(actor, locked.event):
        require_changeable(actor, locked)
    if locked.state in ("approved", "confirmed") and not reason.strip():
        raise Invalid({"reason": _("Say why this team does not come.")})
    now = clock.now()
    open_ = Withdrawal.objects.filter(entry=locked, state="asked").first()
    if open_ is not None:  # the organisers take out what the school asked to take out
        settle(actor, open_, "approve", reason)
    elif reason.strip():
        done = Withdrawal(entry=locked, state="approved", asked_at=now, decided_at=now)
        done.asked_by_uid = done.decided_by_uid = actor.user_uid
        done.put("reason", reason.strip()[:1000])
        done.save()
    return let_go(actor=actor, entry=locked)


@transaction.atomic
def ask_withdrawal(*, actor: Actor, entry: Entry, reason: str) -> Withdrawal:
    """After registration: a school asks to take a team out, with a reason; the chain's reviewers decide.

    Raises NotAllowed, EntryFixed (nothing to withdraw), WithdrawalClosed, WithdrawalPending, Invalid.
    """
    locked = _locked(actor, entry)
    if locked.state not in TAKING_PART:
        raise EntryFixed(_("Only a team that is handed in or approved is withdrawn like this."))
    if clock.deadline_passed(plan_of(locked.event).withdrawal_closes_at) and not may_organise(actor, locked.event):
        raise WithdrawalClosed
    if not reason.strip():
        raise Invalid({"reason": _("Say why this team does not come.")})
    if Withdrawal.objects.filter(entry=locked, state="asked").exists():
        raise WithdrawalPending
    made = Withdrawal(entry=locked, asked_at=clock.now(), asked_by_uid=actor.user_uid)
    made.review_step = first_decider(locked)
    made.put("reason", reason.strip()[:1000])
    made.save()
    record(actor=actor, action="withdrawal.ask", subject=locked.ref, event_code=locked.event.code)
    touch(f"bench:{locked.event.code}")
    return made


@transaction.atomic
def approve_withdrawal(*, actor: Actor, withdrawal: Withdrawal) -> Entry:
    """Let the team go, or hand the question to the next reviewer where each decides in turn."""
    found = locked_in_turn(actor, withdrawal)
    if not pass_on(actor, found):
        settle(actor, found, "approve", "")
        let_go(actor=actor, entry=found.entry)
    return found.entry


def let_go(*, actor: Actor, entry: Entry) -> Entry:
    """The team is out: members and cards end, what was asked for is void, and whoever holds a place for it hears it."""
    entry.state = ENTRY.after(entry.state, "withdraw")
    entry.save(update_fields=["state"])
    now = clock.now()
    # Members first: whoever issues a card holds them, so that no new card is missed here.
    Member.objects.filter(entry=entry, ended_at=None).update(ended_at=now)
    EntryCard.objects.filter(member__entry=entry, ended_at=None).update(ended_at=now)
    Substitution.objects.filter(entry=entry, state="asked").update(state="taken_back")
    record(actor=actor, action="entry.withdraw", subject=entry.ref, event_code=entry.event.code)
    left.send(Entry, actor=actor, entry=entry)
    touch(f"bench:{entry.event.code}")
    return entry


def _locked(actor: Actor, entry: Entry) -> Entry:
    lock_schools([str(entry.school.uid)])
    Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    found = entry_of(actor, entry.uid)
    require(may_change(actor, found), _("Only the entering school and the organisers change this entry."))
    _require_before_the_draw(found.event)
    return found


def _require_before_the_draw(event: Event) -> None:
    if event.state not in ("registering", "registered"):
        raise WithdrawalClosed
