"""Questions about links for contestants and guardians' consents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet

from backend.core import clock
from backend.people.rulebook import age_on
from competitions.registration.errors import LinkUsedUp
from competitions.registration.models import Entry, GuardianConsent, Invitation, Member
from competitions.registration.selectors.entries import TAKING_PART

ACCOUNT_WITHIN = timedelta(hours=1)  # stated default: how long after the own data an account may be opened


def secret_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by(token: str) -> Invitation:
    """The live invitation behind a link. Raises LinkUsedUp: unknown, used, replaced and expired look the same."""
    live = Invitation.objects.filter(used_at=None, ended_at=None, expires_at__gt=clock.now())
    return _behind(live, token)


def invitation_for_account(token: str) -> Invitation:
    """The invitation behind a link by which its contestant may open an account: used up within the last hour.

    Raises LinkUsedUp: unknown, unused, replaced and too long ago look the same.
    """
    used = Invitation.objects.filter(ended_at=None, used_at__gt=clock.now() - ACCOUNT_WITHIN)
    return _behind(used, token)


def _behind(invitations: QuerySet[Invitation], token: str) -> Invitation:
    found = invitations.filter(secret_hash=secret_hash(token), member__ended_at=None)
    invitation: Invitation | None = found.select_related(
        "member__person__merged_into", "member__entry__school", "member__entry__event__edition"
    ).first()
    if invitation is None:
        raise LinkUsedUp
    return invitation


def asks_guardian(member: Member) -> bool:
    """Whether a guardian has to agree: below the age of the settings, or of an age that the number does not tell."""
    birth = member.person.birth_date
    return birth is None or age_on(birth, clock.today()) < settings.GUARDIAN_CONSENT_BELOW_AGE


def consent_open(entry: Entry) -> bool:
    """Whether a guardian may still agree although the data is locked: handed in, and the event has not begun."""
    event, begins = entry.event, entry.event.held_on[0]
    ahead = event.state in ("registering", "registered", "drawn") and (begins is None or clock.today() < begins)
    return ahead and entry.state in TAKING_PART


def consented(members: Iterable[Member]) -> set[int]:
    """Keys of those whose guardian's consent stands."""
    found = GuardianConsent.objects.filter(member__in=[m.pk for m in members], ended_at=None)
    return set(found.values_list("member_id", flat=True))


def without_consent(entries: Iterable[Entry]) -> dict[int, list[Member]]:
    """By entry key the contestants who still need a guardian's consent, in one query; entries read with
    `live_members()`.
    """
    young = [
        member
        for entry in entries
        for member in entry.roster  # type: ignore[attr-defined]
        if member.role == "contestant" and asks_guardian(member)
    ]
    given, found = consented(young), dict[int, list[Member]]()
    for member in young:
        if member.pk not in given:
            found.setdefault(member.entry_id, []).append(member)
    return found


def live_links(entry: Entry) -> QuerySet[Invitation]:
    """The links of the team that could still be opened."""
    found: QuerySet[Invitation] = Invitation.objects.filter(
        member__entry=entry, used_at=None, ended_at=None, expires_at__gt=clock.now()
    )
    return found


def invited(members: Iterable[Member]) -> dict[int, Invitation]:
    """The newest invitation of each member, used or not."""
    found = Invitation.objects.filter(member__in=[m.pk for m in members], ended_at=None).order_by("pk")
    return {invitation.member_id: invitation for invitation in found}
