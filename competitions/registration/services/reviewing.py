"""Reviewing what was submitted, step by step: approve (also many at once), return with reasons per field, reject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from competitions.registration.enums import REVIEWED_FIELDS
from competitions.registration.errors import NotWaiting
from competitions.registration.models import ENTRY, Entry, Remark, Review
from competitions.registration.permissions import may_review
from competitions.registration.rulebook.reviewing import next_step
from competitions.registration.selectors.reviewing import latest_submission, plan_of, waiting_for
from competitions.registration.services.telling import tell_school
from competitions.registration.signals import left
from realtime.notices import touch


@dataclass(frozen=True, slots=True)
class RemarkDraft:
    """What is wrong with one field; member: uid of the member, None: the team."""

    field: str
    text: str
    member: UUID | None = None


@transaction.atomic
def approve_entries(*, actor: Actor, entries: Sequence[Entry]) -> int:
    """Approve each at the step it waits for: all or none. Returns how many are now wholly approved.

    Raises NotAllowed for a step that is another reviewer's, NotWaiting when one was decided meanwhile.
    """
    done = 0
    for entry in _locked(entries):
        _decide(actor, entry, "approve", "", ())
        plan = plan_of(entry.event)
        step = next_step(plan.steps, entry.review_step, overseen=entry.school.overseen_by_id is not None)
        if step is None:
            _move(actor, entry, "approve")
            done += 1
        else:
            entry.review_step = step
            entry.save(update_fields=["review_step"])
            record(actor=actor, action="entry.pass", subject=entry.ref, event_code=entry.event.code)
    return done


@transaction.atomic
def return_entry(*, actor: Actor, entry: Entry, reason: str, remarks: Sequence[RemarkDraft] = ()) -> Entry:
    """Give it back to the school with what is to be mended, field by field or in one sentence."""
    problems = _problems(entry, reason, remarks)
    if problems:
        raise Invalid(problems)
    locked = _locked([entry])[0]
    _decide(actor, locked, "return", reason.strip() or _("See the marked fields."), remarks)
    return _move(actor, locked, "return")


@transaction.atomic
def return_entries(*, actor: Actor, entries: Sequence[Entry], reason: str) -> int:
    """Give several back for the same reason: all or none. Returns how many.

    Raises NotAllowed for a step that is another reviewer's, NotWaiting when one was decided meanwhile.
    """
    if not reason.strip():
        raise Invalid({"reason": _("Say why: the school reads it.")})
    locked = _locked(entries)
    for entry in locked:
        _decide(actor, entry, "return", reason, ())
        _move(actor, entry, "return")
    return len(locked)


@transaction.atomic
def reject_entry(*, actor: Actor, entry: Entry, reason: str) -> Entry:
    """Refuse it for good, with the reason."""
    if not reason.strip():
        raise Invalid({"reason": _("Say why: the school reads it.")})
    locked = _locked([entry])[0]
    _decide(actor, locked, "reject", reason, ())
    _move(actor, locked, "reject")
    left.send(Entry, actor=actor, entry=locked)
    return locked


def _problems(entry: Entry, reason: str, remarks: Sequence[RemarkDraft]) -> dict[str, str]:
    if not reason.strip() and not remarks:
        return {"reason": _("Say what is to be mended: mark a field or write a sentence.")}
    members = set(entry.members.values_list("uid", flat=True))
    return {
        f"{remark.member or 'team'}.{remark.field}": _("This field cannot be marked, or its remark is empty.")
        for remark in remarks
        if remark.field not in REVIEWED_FIELDS
        or not remark.text.strip()
        or (remark.member is not None and remark.member not in members)
    }


def _locked(entries: Sequence[Entry]) -> list[Entry]:
    found = Entry.objects.select_for_update(of=("self",)).filter(pk__in=[e.pk for e in entries])
    return list(found.select_related("event__edition", "school").order_by("pk"))


def _decide(actor: Actor, entry: Entry, verdict: str, reason: str, remarks: Sequence[RemarkDraft]) -> None:
    reviewer = waiting_for(entry)
    if reviewer is None:
        raise NotWaiting
    require(may_review(actor, entry), _("This entry waits for another reviewer."))
    submission = latest_submission(entry)
    review = Review(
        submission=submission,
        step=entry.review_step,
        reviewer=reviewer,
        verdict=verdict,
        by_uid=actor.user_uid,
        at=clock.now(),
    )
    review.put("reason", reason.strip()[:1000])
    review.save()
    rows = [Remark(review=review, member_uid=r.member, field=r.field) for r in remarks]
    for row, remark in zip(rows, remarks, strict=True):
        row.put("text", remark.text.strip()[:500])
    Remark.objects.bulk_create(rows)


def _move(actor: Actor, entry: Entry, verb: str) -> Entry:
    entry.state = ENTRY.after(entry.state, verb)
    entry.save(update_fields=["state"])
    record(actor=actor, action=f"entry.{verb}", subject=entry.ref, event_code=entry.event.code)
    tell_school(entry=entry, happened=verb)
    touch(f"bench:{entry.event.code}")
    return entry
