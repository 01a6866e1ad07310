"""What a school hands in is kept as it stood, each time, for its reviewers and for who asks later."""

from __future__ import annotations

import json
from collections.abc import Iterable

from backend.core import clock
from backend.core.actor import Actor
from backend.people.rulebook import mask_id_number
from competitions.registration.enums import REVIEWED_FIELDS
from competitions.registration.models import ENTRY, Entry, Member, ReviewPlan, Submission
from competitions.registration.rulebook.reviewing import next_step
from competitions.registration.selectors.reviewing import Content, plan_of

SEALED = ("name", "phone", "study_number")


def hand_in(
    *, actor: Actor, entry: Entry, plan: ReviewPlan | None = None, members: Iterable[Member] | None = None
) -> Submission:
    """Keep the roster and send it to its first reviewer, in the caller's transaction, and save where the entry stands.

    plan, members (as they stand, in the roster's order): for callers that have read them.
    """
    plan = plan or plan_of(entry.event)
    first = next_step(plan.steps, -1, overseen=entry.school.overseen_by_id is not None)
    # Without a reviewer the step lies past the end: nobody's turn.
    entry.review_step = len(plan.steps) if first is None else first
    if plan.steps and first is None:  # no step of the plan concerns this school
        entry.state = ENTRY.after(entry.state, "approve")
    entry.save(update_fields=["review_step", "state", "submitted_at"])
    return keep_submission(actor=actor, entry=entry, members=members)


def keep_submission(*, actor: Actor, entry: Entry, members: Iterable[Member] | None = None) -> Submission:
    """Keep the roster as the entry's next submission."""
    kept = Submission(
        entry=entry, number=entry.submissions.count() + 1, submitted_at=clock.now(), by_uid=actor.user_uid
    )
    kept.put("content", json.dumps(written_down(entry, members), ensure_ascii=False))
    kept.save()
    return kept


def written_down(entry: Entry, members: Iterable[Member] | None = None) -> Content:
    """The roster in words: member uid ("" for the team) to field to text; the number masked, as reviewers see it."""
    if members is None:
        members = entry.members.filter(ended_at=None).select_related("person").order_by("role", "position", "pk")
    content = {"": {"tech_platform": entry.tech_platform}}
    return {**content, **{str(member.uid): _fields(member) for member in members}}


def _fields(member: Member) -> dict[str, str]:
    found = {"role": member.role, "id_number": mask_id_number(member.person.reveal("id_number"))}
    found |= {key: member.reveal(key) for key in SEALED}
    others = [key for key in REVIEWED_FIELDS if key not in found and key != "tech_platform"]
    return {**found, **{key: str(getattr(member, key)) for key in others}}
