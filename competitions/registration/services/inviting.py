"""A contestant completes their own data by a link that works once; a minor's guardian agrees on the same page.

Once the team is handed in the data is locked; a guardian may still agree until the event begins.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.accounts.services.tries import counted
from backend.audit.services import record
from backend.core import clock
from backend.core.actor import PUBLIC, Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.people.rulebook import is_mobile
from backend.people.selectors import has_account
from backend.people.services import open_own_account, take_own_account
from competitions.registration.enums import CONSENT_TEXT, CONSENT_VERSION, Relation
from competitions.registration.errors import ConsentOver, EntryFixed, OwnDataFirst
from competitions.registration.models import FIXED, Entry, GuardianConsent, Invitation, Member
from competitions.registration.permissions import may_change
from competitions.registration.selectors.inviting import (
    asks_guardian,
    consent_open,
    consented,
    invitation_by,
    invitation_for_account,
    live_links,
    secret_hash,
)
from competitions.registration.services.opening import require_changeable
from realtime.notices import touch

OWN_FIELDS = ("major_code", "major_name", "grade")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a contestant fills in; name and number stay as the school wrote them."""

    phone: str
    study_number: str = ""
    major_code: str = ""
    major_name: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who agrees for a minor."""

    guardian: str
    relation: str
    phone: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A link as it is handed out once: token is in no table, so it cannot be shown again."""

    member: Member
    token: str
    invitation: Invitation


@transaction.atomic
def invite(*, actor: Actor, entry: Entry, only: UUID | None = None, accounts: bool = False) -> list[Handed]:
    """A new link for each contestant of the team, or for one of them; older links of those end.

    only: uid of the one; nobody is invited when the team has no such contestant. Of a team that is handed in only
    those are invited whose guardian has still to agree, and with `accounts` those who have no account yet.
    Raises NotAllowed, EntryFixed, RegistrationClosed, DeadlineOver, CorrectionsClosed.
    """
    locked = Entry.objects.select_for_update(of=("self",)).select_related("event__edition", "school").get(pk=entry.pk)
    require(may_change(actor, locked), _("Only the entering school and the organisers change this entry."))
    late = consent_open(locked)
    if not late:
        _require_open(actor, locked)
    found = locked.members.filter(role="contestant", ended_at=None).select_related("person").order_by("position", "pk")
    members = list(found if only is None else found.filter(uid=only))
    if late:
        agreed = consented(members)
        members = [
            member
            for member in members
            if (asks_guardian(member) and member.pk not in agreed)
            or (accounts and not has_account(member.person.canonical))
        ]
    now, handed = clock.now(), []
    Invitation.objects.filter(member__in=members, used_at=None, ended_at=None).update(ended_at=now)
    for member in members:
        token = secrets.token_urlsafe(32)
        made = Invitation(
            member=member,
            secret_hash=secret_hash(token),
            made_at=now,
            made_by_uid=actor.user_uid,
            expires_at=now + timedelta(days=settings.INVITATION_DAYS),
        )
        handed.append(Handed(member, token, made))
    Invitation.objects.bulk_create([one.invitation for one in handed])
    record(actor=actor, action="invitation.make", subject=locked.ref, event_code=locked.event.code, links=len(handed))
    return handed


@transaction.atomic
def complete_own(*, token: str, words: OwnWords, agreement: Agreement | None = None) -> Member:
    """Take what the contestant wrote, and the guardian's consent where one is needed; the link is used up then.

    Raises LinkUsedUp, EntryFixed, RegistrationClosed, DeadlineOver, Invalid with every problem at once.
    """
    invitation, entry = _locked(token)
    member = invitation.member
    _require_open(PUBLIC, entry)
    _refuse_wrong(member, words, agreement)
    member.put("phone", words.phone)
    member.put("study_number", words.study_number or member.reveal("study_number"))
    for key in OWN_FIELDS:
        setattr(member, key, getattr(words, key) or getattr(member, key))
    member.save(update_fields=["phone_sealed", "study_number_sealed", *OWN_FIELDS])
    if agreement is not None and asks_guardian(member):
        _keep_consent(member, agreement)
    _use_up(invitation)
    details = {"member": str(member.uid), "consent": agreement is not None}
    record(actor=PUBLIC, action="invitation.use", subject=entry.ref, event_code=entry.event.code, **details)
    touch(f"bench:{entry.event.code}")
    return member


@transaction.atomic
def agree_late(*, token: str, agreement: Agreement | None) -> Member:
    """Take a guardian's consent for a team that is handed in: nothing else changes, and the link is used up then.

    Raises LinkUsedUp, ConsentOver (the event has begun, the team is out, or nobody has to agree), Invalid.
    """
    invitation, entry = _locked(token)
    member = invitation.member
    if agreement is None or not consent_open(entry) or not asks_guardian(member):
        raise ConsentOver
    if problems := _wrong_in(agreement):
        raise Invalid(problems)
    _keep_consent(member, agreement)
    _use_up(invitation)
    record(actor=PUBLIC, action="consent.give", subject=entry.ref, event_code=entry.event.code, member=str(member.uid))
    touch(f"bench:{entry.event.code}")
    return member


@transaction.atomic
def go_on_to_account(*, token: str) -> Invitation:
    """Use a link up for nothing but an account: the team is handed in, so no data is asked, and no guardian either.

    Raises LinkUsedUp, OwnDataFirst.
    """
    invitation, entry = _locked(token)
    member = invitation.member
    if entry.state not in FIXED or (asks_guardian(member) and not consented([member])):
        raise OwnDataFirst
    _use_up(invitation)
    details = {"member": str(member.uid), "consent": False}
    record(actor=PUBLIC, action="invitation.use", subject=entry.ref, event_code=entry.event.code, **details)
    return invitation


@transaction.atomic
def open_account(*, token: str, account_name: str, password: str) -> User:
    """The contestant's own account, by the link just used up; at most one for a person, whatever is tried at once.

    Raises LinkUsedUp, AccountThere, AccountNameTaken, PasswordUnfit, TooManyTries.
    """
    invitation = invitation_for_account(token)
    with counted(("own-account", str(invitation.uid))):
        user = open_own_account(person=invitation.member.person, account_name=account_name, password=password)
    _record_account(PUBLIC, invitation.member)
    return user


@transaction.atomic
def take_account(*, actor: Actor, token: str, password: str) -> User:
    """The account in which the actor is signed in becomes the contestant's own, by the link just used up.

    Raises LinkUsedUp, WrongPassword, AccountThere, AccountOfAnother, TooManyTries.
    """
    member = invitation_for_account(token).member
    user = take_own_account(actor=actor, person=member.person, password=password)
    _record_account(actor, member)
    return user


def _record_account(actor: Actor, member: Member) -> None:
    entry, told = member.entry, {"member": str(member.uid)}
    record(actor=actor, action="invitation.account", subject=entry.ref, event_code=entry.event.code, **told)


@transaction.atomic
def end_links(*, actor: Actor, entry: Entry, only: UUID | None = None) -> int:
    """End the unused links of a team, or of one contestant, and make no new ones; how many were ended.

    Allowed whatever became of the team: a link in wrong hands ends at once. Raises NotAllowed.
    """
    locked = Entry.objects.select_for_update(of=("self",)).select_related("event", "school").get(pk=entry.pk)
    require(may_change(actor, locked), _("Only the entering school and the organisers change this entry."))
    live = live_links(locked)
    ended = (live if only is None else live.filter(member__uid=only)).update(ended_at=clock.now())
    if ended:
        record(actor=actor, action="invitation.end", subject=locked.ref, event_code=locked.event.code, links=ended)
        touch(f"bench:{locked.event.code}")
    return int(ended)


def _locked(token: str) -> tuple[Invitation, Entry]:
    """The link and its entry, held until the caller's transaction ends."""
    known = invitation_by(token)
    entry = Entry.objects.select_for_update(of=("self",)).select_related("event__edition").get(pk=known.member.entry_id)
    return invitation_by(token), entry  # read again, now that nobody else can use it


def _use_up(invitation: Invitation) -> None:
    invitation.used_at = clock.now()
    invitation.save(update_fields=["used_at"])


def _require_open(actor: Actor, entry: Entry) -> None:
    if entry.state in FIXED or entry.state == "withdrawn":
        raise EntryFixed
    require_changeable(actor, entry)


def _refuse_wrong(member: Member, words: OwnWords, agreement: Agreement | None) -> None:
    problems: dict[str, str] = {}
    if not is_mobile(words.phone):
        problems["phone"] = _("This is not a mobile number of mainland China: 11 digits beginning with 13 to 19.")
    if agreement is not None:
        problems |= _wrong_in(agreement)
    elif asks_guardian(member) and not consented([member]):
        problems["guardian"] = _("A guardian has to agree before this can be handed in.")
    if problems:
        raise Invalid(problems)


def _wrong_in(agreement: Agreement) -> dict[str, str]:
    problems = {}
    if not agreement.guardian.strip():
        problems["guardian"] = _("This is empty. Please fill it in.")
    if agreement.relation not in list(Relation):
        problems["relation"] = _("Choose how the guardian is related to you.")
    if not is_mobile(agreement.phone):
        problems["guardian_phone"] = _(
            "This is not a mobile number of mainland China: 11 digits beginning with 13 to 19."
        )
    return problems


def _keep_consent(member: Member, agreement: Agreement) -> None:
    text = str(CONSENT_TEXT)
    GuardianConsent.objects.filter(member=member, ended_at=None).update(ended_at=clock.now())
    given = GuardianConsent(
        member=member,
        relation=agreement.relation,
        text_version=CONSENT_VERSION,
        text_language=(get_language() or "")[:10],
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        given_at=clock.now(),
    )
    given.put("guardian", agreement.guardian.strip()[:50])
    given.put("phone", agreement.phone)
    given.save()
