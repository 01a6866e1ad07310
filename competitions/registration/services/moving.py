"""Submitting, reopening and deleting entries."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from competitions.contests.models import Event
from competitions.contests.selectors import rules_of
from competitions.registration.errors import EntryFixed, EntryIncomplete, PapersMissing, RegistrationClosed
from competitions.registration.models import ENTRY, Entry
from competitions.registration.permissions import may_change
from competitions.registration.rulebook import gaps_of
from competitions.registration.selectors import counts_of, entries_of, entry_of, roster
from competitions.registration.selectors.hindrances import hindrances_of
from competitions.registration.selectors.papers import lacking_papers
from competitions.registration.selectors.reviewing import plan_of
from competitions.registration.services.eligibility import require_eligible
from competitions.registration.services.handing import hand_in
from competitions.registration.services.opening import lock_schools, require_changeable, require_open
from realtime.notices import touch


@transaction.atomic
def submit_entry(*, actor: Actor, entry: Entry) -> Entry:
    """Hand a complete team in, to its first reviewer; after EntryIncomplete the entry's page shows what is missing."""
    locked = _locked(actor, entry)
    require_changeable(actor, locked)
    short = locked.state in ("draft", "returned") and gaps_of(counts_of(locked), rules_of(locked.event).team)
    if locked.state == "incomplete" or short:
        raise EntryIncomplete
    require_eligible(locked)
    plan = plan_of(locked.event)
    if lacking_papers([locked], {locked.event_id: plan})[locked.pk]:
        raise PapersMissing(link=reverse("registration:papers", args=[locked.uid]))
    locked.state, locked.submitted_at = ENTRY.after(locked.state, "submit"), clock.now()
    hand_in(actor=actor, entry=locked, plan=plan, members=roster(locked))
    _tell(actor, locked, "submit")
    return locked


@transaction.atomic
def submit_complete(*, actor: Actor, event: Event) -> int:
    """Hand in every complete draft of the event whose conditions are met and that lacks no document; how many."""
    drafts = (
        entries_of(actor, event).filter(state="draft").select_related("event__edition__rule_set", "event__rule_set")
    )
    ready = [hindered.entry for hindered in hindrances_of(drafts) if not hindered]
    for entry in sorted(ready, key=lambda e: e.pk):
        submit_entry(actor=actor, entry=entry)
    return len(ready)


@transaction.atomic
def reopen_entry(*, actor: Actor, entry: Entry) -> Entry:
    """Take a submitted team back to draft, to change it."""
    locked = _locked(actor, entry)
    require_open(actor, locked.event)
    return _move(actor, locked, "reopen")


@transaction.atomic
def delete_draft(*, actor: Actor, entry: Entry) -> None:
    """Delete a team that was never submitted; what was submitted is withdrawn instead."""
    locked = _locked(actor, entry)
    require_open(actor, locked.event)
    if locked.submitted_at is not None or locked.state not in ("draft", "incomplete"):
        raise EntryFixed(_("This entry was submitted once, so it stays on record. Withdraw it instead."))
    record(actor=actor, action="entry.delete", subject=locked.ref, event_code=locked.event.code)
    locked.members.all().delete()
    locked.delete()
    touch(f"bench:{locked.event.code}")


def _locked(actor: Actor, entry: Entry) -> Entry:
    lock_schools([str(entry.school.uid)])
    found = entry_of(actor, entry.uid)
    require(may_change(actor, found), _("Only the entering school and the organisers change this entry."))
    if found.event.state not in ("registering", "registered"):
        raise RegistrationClosed
    return found


def _move(actor: Actor, entry: Entry, verb: str) -> Entry:
    entry.state = ENTRY.after(entry.state, verb)
    entry.save(update_fields=["state"])
    _tell(actor, entry, verb)
    return entry


def _tell(actor: Actor, entry: Entry, verb: str) -> None:
    record(actor=actor, action=f"entry.{verb}", subject=entry.ref, event_code=entry.event.code)
    touch(f"bench:{entry.event.code}")
