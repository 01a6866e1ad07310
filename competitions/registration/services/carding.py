"""The roster's confirmation by the team's leader, and the participation cards (参赛证)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.core.permissions import require
from backend.documents.services import content_of
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.registration.models import ENTRY, Entry, EntryCard, Member
from competitions.registration.permissions import leads, may_change
from competitions.registration.selectors import entries_of, entry_of, own_school
from competitions.registration.selectors.papers import photos_of
from competitions.registration.selectors.reviewing import admitted_states, plan_of
from competitions.registration.services.opening import lock_schools
from realtime.notices import touch

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
TOKEN_LENGTH = 20  # of 32 letters: 100 bit, and short enough for a small code


@transaction.atomic
def confirm_roster(*, actor: Actor, entry: Entry, on_paper: bool = False) -> Entry:
    """The leader confirms who takes part; on_paper: the school records the leader's signature on the printed roster."""
    lock_schools([str(entry.school.uid)])
    locked = entry_of(actor, entry.uid)
    allowed = may_change(actor, locked) if on_paper else leads(actor, locked)
    require(allowed, _("The team's leader confirms the roster."))
    locked.state = ENTRY.after(locked.state, "confirm")
    locked.confirmed_at, locked.confirmed_on_paper = clock.now(), on_paper
    locked.save(update_fields=["state", "confirmed_at", "confirmed_on_paper"])
    record(actor=actor, action="entry.confirm", subject=locked.ref, event_code=locked.event.code, on_paper=on_paper)
    touch(f"bench:{locked.event.code}")
    return locked


@transaction.atomic
def confirm_signed_rosters(*, actor: Actor, event: Event) -> int:
    """The school records at once that the leaders of all its approved teams have signed; how many.

    None where the event's plan asks nobody to confirm rosters. NotAllowed for whoever is not a school's coordinator.
    """
    school = own_school(actor)
    require(school is not None, _("The school records what its leaders signed."))
    if not plan_of(event).roster_confirmed:
        return 0
    waiting = entries_of(actor, event).filter(school=school, state="approved").order_by("pk")
    return len([confirm_roster(actor=actor, entry=entry, on_paper=True) for entry in waiting])


@transaction.atomic
def issue_cards(*, actor: Actor, event: Event) -> int:
    """A card for every member who takes part and has none; cards of those who left end. Returns how many are new."""
    event = Event.objects.select_for_update(of=("self",)).select_related("edition").get(pk=event.pk)
    require(may_organise(actor, event), _("The organisers issue the cards."))
    members = Member.objects.filter(event=event, ended_at=None, entry__state__in=carded_states(event))
    stale = EntryCard.objects.filter(member__event=event, ended_at=None).exclude(member__in=members)
    stale.update(ended_at=clock.now())
    without = members.exclude(cards__in=EntryCard.objects.filter(ended_at=None))
    made = _new_cards(_held(without))
    record(actor=actor, action="cards.issue", subject=event.ref, event_code=event.code, count=len(made))
    return len(made)


@transaction.atomic
def replace_card(*, actor: Actor, card: EntryCard) -> EntryCard:
    """A lost card: its code ends, a new one takes its place. Raises NotFound for who left the team meanwhile."""
    held = _held(Member.objects.filter(pk=card.member_id))
    locked = EntryCard.objects.select_for_update(of=("self",)).select_related("member__event").get(pk=card.pk)
    event = locked.member.event
    require(may_organise(actor, event), _("The organisers issue the cards."))
    if locked.ended_at is not None:
        return EntryCard.objects.filter(member=locked.member, ended_at=None).first() or locked
    if not held:
        raise NotFound
    locked.ended_at = clock.now()
    locked.save(update_fields=["ended_at"])
    new = _new_cards(held)[0]
    record(actor=actor, action="cards.replace", subject=event.ref, event_code=event.code)
    return new


def card_photos(*, actor: Actor, cards: Sequence[EntryCard]) -> dict[UUID, bytes]:
    """The photo of each card's holder, by the member's uid; who has none is left out."""
    found = photos_of(card.member for card in cards)
    return {uid: content_of(actor=actor, document=photo) for uid, photo in found.items() if photo.content_id}


def carded_states(event: Event) -> tuple[str, ...]:
    """Entries in these states get cards: confirmed ones where the leader confirms, else all that take part."""
    return ("confirmed",) if plan_of(event).roster_confirmed else admitted_states(event)


def _held(members: QuerySet[Member]) -> list[Member]:
    """Those of them who are still in their teams, until this transaction ends: who leaves later loses the new card."""
    return list(members.filter(ended_at=None).select_for_update(of=("self",)).order_by("pk"))


def _new_cards(members: Sequence[Member]) -> list[EntryCard]:
    now = clock.now()
    cards = [EntryCard(member=member, token=_token(), issued_at=now) for member in members]
    return EntryCard.objects.bulk_create(cards, batch_size=500)


def _token() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(TOKEN_LENGTH))
