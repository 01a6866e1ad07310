"""Setting up who reviews the entries of an event, and until when what may still change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.registration.enums import DECIDED_BY, PAPERS, REVIEWED_FIELDS, REVIEWERS
from competitions.registration.models import Entry, ReviewPlan


@transaction.atomic
def set_review_plan(
    *,
    actor: Actor,
    event: Event,
    steps: Sequence[str],
    reviewed_fields: Sequence[str],
    papers: Sequence[str] = (),
    return_reasons: Sequence[str] = (),
    corrections_close_at: datetime | None = None,
    substitution_closes_at: datetime | None = None,
    withdrawal_closes_at: datetime | None = None,
    changes_decided_by: str = "last",
    roster_confirmed: bool = False,
    for_contest: bool = False,
) -> ReviewPlan:
    """Say who reviews, in which order. The steps stay as they are once an entry was handed in.

    for_contest: the plan of the whole contest, for every event of it without an own one.
    Raises Invalid with every problem, NotAllowed.
    """
    event = Event.objects.select_for_update(of=("self",)).select_related("edition__contest").get(pk=event.pk)
    require(may_organise(actor, event))
    plan = _standing(event, for_contest)
    problems = _problems(event, plan, steps, reviewed_fields, for_contest)
    if changes_decided_by not in DECIDED_BY:
        problems["changes_decided_by"] = _("Choose who decides about replacements and withdrawals.")
    if problems:
        raise Invalid(problems)
    plan.steps = list(steps)
    plan.reviewed_fields = [key for key in REVIEWED_FIELDS if key in reviewed_fields]
    plan.return_reasons = [text for text in (line.strip()[:100] for line in return_reasons) if text][:20]
    plan.papers = [key for key in PAPERS if key in papers]
    plan.corrections_close_at = corrections_close_at
    plan.substitution_closes_at = substitution_closes_at
    plan.withdrawal_closes_at = withdrawal_closes_at
    plan.changes_decided_by = changes_decided_by
    plan.roster_confirmed = roster_confirmed
    plan.save()
    record(actor=actor, action="review_plan.set", subject=event.ref, event_code=event.code, steps=list(steps))
    return plan


def _standing(event: Event, for_contest: bool) -> ReviewPlan:
    owner = {"contest": event.edition.contest} if for_contest else {"event": event}
    return ReviewPlan.objects.filter(**owner).first() or ReviewPlan(**owner)


def _problems(
    event: Event, plan: ReviewPlan, steps: Sequence[str], reviewed_fields: Sequence[str], for_contest: bool
) -> dict[str, str]:
    problems = {}
    if set(steps) - set(REVIEWERS) or len(set(steps)) != len(steps):
        problems["steps"] = _("Name each kind of reviewer at most once.")
    if set(reviewed_fields) - set(REVIEWED_FIELDS):
        problems["reviewed_fields"] = _("One of these fields is not known.")
    concerned = {"event__edition__contest": event.edition.contest_id} if for_contest else {"event": event}
    if list(steps) != plan.steps and Entry.objects.filter(submitted_at__isnull=False, **concerned).exists():
        problems["steps"] = _("Entries were handed in already, so the steps of their review stay as they are.")
    return problems
