"""What the chief judge notes about a work besides marks."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from competitions.contests.permissions import may_organise
from competitions.draw.models import Work
from competitions.scoring.permissions import is_chief
from competitions.scoring.services.marking import tell_boards

STATUSES = ("competed", "absent", "withdrawn", "disqualified", "zeroed")


@transaction.atomic
def note_status(*, actor: Actor, work: Work, status: str, reason: str) -> Work:
    """Note that a work is absent, withdrawn, disqualified or zeroed; marks already given stay, but do not count."""
    work = Work.objects.select_for_update(of=("self",)).select_related("round__event").get(pk=work.pk)
    event = work.round.event
    require(is_chief(actor, event) and event.state in ("drawn", "scoring"))
    _change(actor, work, status, reason)
    tell_boards(event.code, work.uid)
    return work


@transaction.atomic
def correct_status(*, actor: Actor, work: Work, status: str, reason: str) -> Work:
    """After publication, by the organisers; no screen shows it before corrected results are signed and published."""
    work = Work.objects.select_for_update(of=("self",)).select_related("round__event").get(pk=work.pk)
    event = work.round.event
    require(may_organise(actor, event) and event.state == "published")
    if work.status == status:
        raise Invalid({"status": _("The work has this state already.")})
    _change(actor, work, status, reason)
    return work


def _change(actor: Actor, work: Work, status: str, reason: str) -> None:
    problems = {} if status in STATUSES else {"status": _("Choose one of the states listed.")}
    if not reason.strip():
        problems["reason"] = _("Say why: the reason is kept in the record.")
    if problems:
        raise Invalid(problems)
    before, work.status = work.status, status
    work.save(update_fields=["status"])
    audit.record(
        actor=actor,
        action="work.status",
        subject=work.ref,
        event_code=work.round.event.code,
        before=before,
        after=status,
        reason=reason,
    )
