"""Certificates that follow from the newest publication."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.actor import SYSTEM
from backend.notify.services import send_note
from certificates.credentials import services as credentials
from certificates.credentials.models import Credential
from competitions.contests.enums import DIVISIONS
from competitions.contests.models import Event, Round
from competitions.contests.selectors import rules_of
from competitions.draw.services import decode
from competitions.registration.selectors import Roster, RosterMember
from competitions.results.models import Publication
from competitions.results.services.publishing import rosters

DATA_LANGUAGE = "zh-hans"  # what is frozen is Chinese, whoever's request or worker runs this


@transaction.atomic
def issue_certificates(*, publication_uid: str) -> list[Credential]:
    """A certificate for every contestant of an award-winning entry; running it again issues nothing twice.

    Only the newest publication counts: certificates that it no longer supports end. Names with a character that the
    font lacks are held back and told to the publisher; the others get theirs.
    """
    publication = _locked(publication_uid)
    round = publication.round
    if round.publications.filter(number__gt=publication.number).exists():
        return []
    with translation.override(DATA_LANGUAGE):
        claims = _claims(publication)
        held = credentials.unprintable(claims)
        made = credentials.record(actor=SYSTEM, claims=[c for c in claims if c.claim_key not in held])
        if publication.number > 1:
            reason = publication.reason or _("Results corrected")
            credentials.end_unclaimed(actor=SYSTEM, event_code=round.event.code, kept=made, reason=reason[:200])
    if held:
        _tell_held(publication, held)
    return made


def _locked(publication_uid: str) -> Publication:
    """The publication; its round locked, so that a correction waits for the certificates of the former number."""
    found: Publication = Publication.objects.get(uid=UUID(publication_uid))
    rounds = Round.objects.select_for_update(of=("self",))
    found.round = rounds.select_related("event__edition", "event__leading_group", "event__rule_set").get(
        pk=found.round_id
    )
    return found


def _claims(publication: Publication) -> list[credentials.Claim]:
    event = publication.round.event
    entries, teams = decode(round=publication.round), rosters(event)
    return [
        _claim(publication, event, row, member)
        for row in publication.snapshot["rows"]
        if row["award"]
        for member in _contestants(teams[entries[row["code"]]])
    ]


def _contestants(roster: Roster) -> list[RosterMember]:
    return [member for member in roster.members if member.role == "contestant"]


def _claim(publication: Publication, event: Event, row: dict[str, Any], member: RosterMember) -> credentials.Claim:
    group = event.leading_group
    return credentials.Claim(
        claim_key=f"{event.code}:{row['award']}:{member.person.uid}",
        issuer_key=group.code,
        issuer_name=group.name,
        holder=member.person,
        holder_name=member.name,
        facts={"instructors": row["instructors"], "team_mates": row["contestants"], "rank": row["rank"]},
        public_facts={
            "title": rules_of(event).certificate_title,
            "contest": event.edition.name,
            "event": event.name,
            "division": str(DIVISIONS.get(event.division, "")),
            "award": row["award_name"],
            "school": row["school"],
        },
        rests_on=publication.ref,
        issued_on=timezone.localtime(publication.published_at).date(),
        event_code=event.code,
    )


def _tell_held(publication: Publication, held: dict[str, str]) -> None:
    """The characters alone, never the name that needs them."""
    characters = sorted({c for lacking in held.values() for c in lacking.split()})
    send_note(
        recipients=User.objects.filter(uid=publication.published_by_uid),
        kind="certificates.held",
        params={"event": publication.round.event.name, "n": len(held), "characters": " ".join(characters)},
        link=f"/certificates/?event={publication.round.event.code}",
    )
