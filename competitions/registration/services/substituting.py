"""After approval: corrections of the same people, and replacing a member with a reason and an approval."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from competitions.contests.permissions import may_organise
from competitions.registration.errors import EntryFixed, SubstitutionClosed, SubstitutionPending
from competitions.registration.models import ENTRY, Entry, EntryCard, Member, Substitution
from competitions.registration.permissions import may_change
from competitions.registration.rulebook import EntryDraft, MemberDraft
from competitions.registration.rulebook.reviewing import changes_between
from competitions.registration.selectors import entry_of
from competitions.registration.selectors.requests import first_decider
from competitions.registration.selectors.reviewing import plan_of
from competitions.registration.services.deciding import locked_in_turn, pass_on, settle
from competitions.registration.services.entering import rewrite_team
from competitions.registration.services.handing import hand_in, keep_submission, written_down
from competitions.registration.services.opening import lock_schools
from realtime.notices import touch

APPROVED = ("approved", "confirmed")


@transaction.atomic
def amend_entry(*, actor: Actor, entry: Entry, draft: EntryDraft) -> Entry:
    """Correct what stands about the same people; where a reviewed field changes, the entry is reviewed again.

    Raises EntryFixed, SubstitutionClosed, MembersFixed (somebody would come or leave), EntriesRefused.
    """
    locked = _approved(actor, entry)
    before = written_down(locked)
    rewrite_team(actor=actor, event=locked.event, draft=_whole(draft, locked), same_people=True)
    locked.refresh_from_db(fields=["tech_platform"])
    changed = {change.field for change in changes_between(before, written_down(locked))}
    if changed & set(plan_of(locked.event).reviewed_fields):
        _review_again(actor, locked)
    elif changed:
        keep_submission(actor=actor, entry=locked)
    return locked


@transaction.atomic
def ask_substitution(
    *, actor: Actor, entry: Entry, leaving: Member, arriving: MemberDraft, reason: str
) -> Substitution:
    """A school asks to replace a member of an approved team; the new one is held against the rules at once."""
    locked = _approved(actor, entry)
    if leaving.entry_id != locked.pk or leaving.ended_at is not None:
        raise Invalid({"leaving": _("This person is not in the team.")})
    if not reason.strip():
        raise Invalid({"reason": _("Say why this member is replaced.")})
    if Substitution.objects.filter(leaving=leaving, state="asked").exists():
        raise SubstitutionPending
    arriving = replace(arriving, role=leaving.role, row=1, kept="")
    _try_out(actor, locked, leaving, arriving)
    made = Substitution(entry=locked, leaving=leaving, asked_at=clock.now(), asked_by_uid=actor.user_uid)
    made.review_step = first_decider(locked)
    made.put("arriving", json.dumps(asdict(arriving), ensure_ascii=False))
    made.put("reason", reason.strip()[:1000])
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise SubstitutionPending from error
    record(actor=actor, action="substitution.ask", subject=locked.ref, event_code=locked.event.code)
    touch(f"bench:{locked.event.code}")
    return made


@transaction.atomic
def approve_substitution(*, actor: Actor, substitution: Substitution) -> Entry:
    """Let the new member in, or hand the question to the next reviewer where each decides in turn.

    Once the last has decided the leaving member's card is worth nothing any more.
    """
    found = locked_in_turn(actor, substitution)
    if found.entry.state not in APPROVED:
        raise EntryFixed(_("This team is under review again. Decide about the team first, then about the replacement."))
    if pass_on(actor, found):
        return found.entry
    arriving = MemberDraft(**json.loads(found.reveal("arriving")))
    entry = rewrite_team(actor=actor, event=found.entry.event, draft=_with(found.entry, found.leaving, arriving))
    now = clock.now()
    # The leaving member's row was ended by the rewrite; nobody with that card gets in.
    EntryCard.objects.filter(member=found.leaving, ended_at=None).update(ended_at=now)
    settle(actor, found, "approve", "")
    keep_submission(actor=actor, entry=entry)
    return entry


def _approved(actor: Actor, entry: Entry) -> Entry:
    lock_schools([str(entry.school.uid)])
    Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    found = entry_of(actor, entry.uid)
    require(may_change(actor, found), _("Only the entering school and the organisers change this entry."))
    if found.state not in APPROVED:
        raise EntryFixed(_("Members are replaced like this only after the entry was approved."))
    over = clock.deadline_passed(plan_of(found.event).substitution_closes_at)
    drawn = found.event.state not in ("registering", "registered")
    if drawn or (over and not may_organise(actor, found.event)):
        raise SubstitutionClosed
    return found


def _whole(draft: EntryDraft, entry: Entry) -> EntryDraft:
    return replace(draft, school=str(entry.school.uid), team_number=entry.team_number, whole=True)


def _with(entry: Entry, leaving: Member, arriving: MemberDraft) -> EntryDraft:
    """The team as it stands, the arriving member in the leaving one's place."""
    members = entry.members.filter(ended_at=None).exclude(pk=leaving.pk).order_by("role", "position", "pk")
    stay = tuple(
        MemberDraft(role=m.role, name=m.reveal("name"), kept=str(m.uid), row=n + 2) for n, m in enumerate(members)
    )
    return EntryDraft(str(entry.school.uid), entry.team_number, entry.tech_platform, (arriving, *stay), whole=True)


def _try_out(actor: Actor, entry: Entry, leaving: Member, arriving: MemberDraft) -> None:
    """Hold the new team against the rules as if it were written, and take it back."""
    point = transaction.savepoint()
    rewrite_team(actor=actor, event=entry.event, draft=_with(entry, leaving, arriving))
    transaction.savepoint_rollback(point)


def _review_again(actor: Actor, entry: Entry) -> None:
    entry.state = ENTRY.after(entry.state, "review_again")
    entry.confirmed_at, entry.confirmed_on_paper = None, False
    entry.save(update_fields=["state", "confirmed_at", "confirmed_on_paper"])
    hand_in(actor=actor, entry=entry)
    record(actor=actor, action="entry.review_again", subject=entry.ref, event_code=entry.event.code)
    touch(f"bench:{entry.event.code}")
