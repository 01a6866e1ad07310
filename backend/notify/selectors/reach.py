"""Where accounts are reached outside the system, and what they want there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import override

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.notify.enums import Channel, Wants
from backend.notify.models import Note, Notice, Preference
from backend.notify.selectors.audiences import Addressee
from backend.notify.selectors.inbox import values_of, words_of

CONFIRM = "address.confirm"


@dataclass(frozen=True, slots=True)
class Reached:
    """What the page of preferences shows its owner."""

    email: str = ""
    new_email: str = ""
    phone: str = ""
    email_wants: str = Wants.ALL
    sms_wants: str = Wants.DUTY


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as one recipient will read it: (subject, body) in each language."""

    name: str
    chinese: tuple[str, str]
    english: tuple[str, str]


def wanted(preference: Preference | None, channel: str, *, duty: bool) -> bool:
    """Whether the account wants a copy by that channel: what one must know always by e-mail, by SMS unless refused."""
    if channel == Channel.EMAIL:
        return duty or preference is None or preference.email_wants == Wants.ALL
    wants = preference.sms_wants if preference else Wants.DUTY
    return wants == Wants.ALL or (duty and wants == Wants.DUTY)


def address_of(note: Note, channel: str, preference: Preference | None) -> str:
    """Where the copy goes, "" when nothing is recorded; the link that confirms a new address goes to that address."""
    if channel == Channel.SMS:
        return preference.reveal("phone") if preference else ""
    if note.kind == CONFIRM:
        return preference.reveal("new_email") if preference else ""
    return (preference.reveal("email") if preference else "") or note.recipient.email


def reached(actor: Actor) -> Reached:
    """The actor's own addresses and wishes."""
    mine: Preference | None = Preference.objects.visible_to(actor).select_related("user").first()
    if mine is None:
        user = User.objects.filter(pk=actor.user_id or 0).first()
        return Reached(email=user.email if user else "")
    email = mine.reveal("email") or mine.user.email
    return Reached(email, mine.reveal("new_email"), mine.reveal("phone"), mine.email_wants, mine.sms_wants)


def preview_of(notice: Notice, addressee: Addressee) -> Shown:
    """The notice filled for one real recipient."""
    user = User.objects.get(pk=addressee.user_id)
    note = Note(recipient=user, notice=notice, params=dict(addressee.facts))
    values = values_of(note)
    with override("zh-hans"):
        chinese = words_of(notice, values)
    with override("en"):
        english = words_of(notice, values)
    return Shown(values["name"], chinese, english)


def reach_of(notice: Notice, told: Sequence[Addressee], ready: Sequence[str]) -> dict[str, int]:
    """How many copies would go by each chosen channel now."""
    chosen = [channel for channel in ready if channel in notice.channels]
    counts = dict.fromkeys(chosen, 0)
    pks = [one.user_id for one in told] if chosen else []
    for start in range(0, len(pks), 500):
        users = User.objects.filter(pk__in=pks[start : start + 500], is_active=True).select_related("preference")
        for user in users:
            preference = getattr(user, "preference", None)
            note = Note(recipient=user, notice=notice)
            for channel in chosen:
                wants = wanted(preference, channel, duty=notice.duty)
                counts[channel] += bool(wants and address_of(note, channel, preference))
    return counts
