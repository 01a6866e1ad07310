"""Publication: decode what two people signed and freeze it under a number."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.later import later
from backend.core.permissions import require
from backend.notify.services import send_note
from backend.tabulation import sha256_of
from competitions.contests.models import Event, Round
from competitions.contests.services import move_event
from competitions.draw.services import decode
from competitions.judges import services as judges
from competitions.registration.models import ENTRY
from competitions.registration.selectors import Roster, rosters_of
from competitions.results.errors import NotSigned, ReasonMissing
from competitions.results.models import Publication, Tally
from competitions.results.permissions import may_publish
from competitions.results.selectors import coordinators_of
from competitions.results.services.signing import SIGNERS
from competitions.scoring.models import Sheet


@transaction.atomic
def publish(*, actor: Actor, round: Round, reason: str = "") -> Publication:
    """Decode the signed tally and publish it as the next number; publishing it twice is once.

    reason: needed from the second number on. Raises NotSigned, ReasonMissing, NotAllowed, CodeTableAltered.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("event__edition__contest").get(pk=round.pk)
    event = round.event
    require(may_publish(actor, event), _("Only the organisers publish."))
    tally = _signed(round)
    done: Publication | None = tally.publications.first()
    if done is not None:
        return done
    number = (round.publications.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > 1 and not reason.strip():
        raise ReasonMissing({"reason": ReasonMissing.message})
    snapshot = _snapshot(event, round, tally)
    publication = Publication.objects.create(
        round=round,
        number=number,
        tally=tally,
        snapshot=snapshot,
        snapshot_sha256=sha256_of(snapshot),
        published_at=clock.now(),
        published_by_uid=actor.user_uid or UUID(int=0),
        reason=reason.strip()[:300],
    )
    move_event(actor=actor, event=event, verb="publish" if event.state == "signed" else "correct")
    audit.record(
        actor=actor,
        action="results.publish",
        subject=publication.ref,
        event_code=event.code,
        number=number,
        sha256=publication.snapshot_sha256,
    )
    _credit_judges(actor, round, tally)
    _tell_schools(event, number)
    later("results.issue_certificates", publication_uid=publication.uid)
    return publication


def _credit_judges(actor: Actor, round: Round, tally: Tally) -> None:
    """Who scored and who signed has served."""
    seats = Sheet.objects.filter(work__round=round, submitted_at__isnull=False).values_list("seat", flat=True)
    signers = tally.signatures.values_list("user_uid", "duty")
    judges.record_services(actor=actor, round=round, seats=seats.distinct(), signers=signers)


def _tell_schools(event: Event, number: int) -> None:
    """Those who look after an entering school's teams learn it where they work."""
    send_note(
        recipients=coordinators_of(event),
        kind="results.published",
        params={"event": event.name, "number": number},
        link=f"/events/{event.code}/results/",
    )


def _signed(round: Round) -> Tally:
    tally: Tally | None = round.tallies.filter(ended_at=None).first()
    signed = tally.signatures.filter(signed_sha256=tally.results_sha256) if tally else None
    if tally is None or signed is None or {s.duty for s in signed} != SIGNERS:
        raise NotSigned
    return tally


def rosters(event: Event) -> dict[str, Roster]:
    """By entry uid; an entry withdrawn after the draw still has its line."""
    return {str(roster.entry.uid): roster for roster in rosters_of(SYSTEM, event, tuple(sorted(ENTRY.states)))}


def _snapshot(event: Event, round: Round, tally: Tally) -> dict[str, Any]:
    """What is published: names, schools, ranks, totals, awards; never a number of a person."""
    entries, teams = decode(round=round), rosters(event)
    tiers = {t["code"]: t.get("name", t["code"]) for t in (tally.document.get("awards") or {}).get("tiers", [])}
    rows = [_row(result, teams[entries[result["entry"]]], tiers) for result in tally.results["results"]]
    return {
        "event": {"code": event.code, "name": event.name, "name_en": event.name_en},
        "contest": event.edition.name,
        "results_sha256": tally.results_sha256,
        "rows": rows,
    }


def _row(result: dict[str, Any], roster: Roster, tiers: dict[str, str]) -> dict[str, Any]:
    def named(role: str) -> list[str]:
        return [m.name for m in roster.members if m.role == role]

    return {
        "rank": result["rank"],
        "code": result["entry"],
        "total": result["total"],
        "award": result["award"],
        "award_name": tiers.get(result["award"] or "", ""),
        "school": roster.school.name,
        "team": roster.team_number,
        "contestants": named("contestant"),
        "instructors": named("instructor"),
    }
