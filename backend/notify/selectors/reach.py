"""Where accounts are reached outside the system, and what they want there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy, override

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.notify.enums import Channel, Unreached, Wants
from backend.notify.models import Note, Notice, Preference, Silence
from backend.notify.rulebook import ways_to
from backend.notify.selectors.audiences import Addressee, Mailbox, audience_of
from backend.notify.selectors.inbox import values_of, words_of
from backend.notify.selectors.news import News, hearers, hearing, mailboxes_for
from backend.people.models import Person

CONFIRM = "address.confirm"
CHANNELS: dict[str, Any] = {Channel.EMAIL: gettext_lazy("By e-mail"), Channel.SMS: gettext_lazy("By SMS")}
LEFT: dict[str, Any] = {
    Unreached.NO_ADDRESS: gettext_lazy("neither an e-mail address nor a phone number is recorded"),
    Unreached.NOT_CHOSEN: gettext_lazy("can be reached in a way that is not ticked"),
    Unreached.SILENT: gettext_lazy("wants letters only about what must be known"),
    Unreached.NOT_SET_UP: gettext_lazy("can be reached only in a way that is not set up on this system"),
}


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


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody without an account who is not written to. school: "" where the audience tells none."""

    name: str
    school: str
    why: Unreached


@dataclass(frozen=True, slots=True)
class Outside:
    """Those without an account. ways: how many each channel reaches; left: who is not written to, by school and why."""

    total: int
    ways: dict[str, int]
    left: list[Left]

    @property
    def reached(self) -> int:
        return self.total - len(self.left)

    @property
    def by_way(self) -> list[tuple[Any, int]]:
        """The ways in words."""
        return [(CHANNELS[channel], n) for channel, n in self.ways.items()]

    @property
    def why_left(self) -> list[tuple[Left, Any]]:
        """Who is not written to, with the reason in words."""
        return [(one, LEFT[one.why]) for one in self.left]

    @property
    def left_together(self) -> list[tuple[str, Any, list[str]]]:
        """The same as (school, reason, names)."""
        together = groupby(self.left, key=lambda one: (one.school, LEFT[one.why]))
        return [(school, why, [one.name for one in some]) for (school, why), some in together]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom news would be told. accounts: how many in the system; remedy: what to do about those left, in words."""

    accounts: int
    outside: Outside
    remedy: str

    @property
    def total(self) -> int:
        return self.accounts + self.outside.total


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
    account = note.recipient.email if note.recipient is not None else ""
    return (preference.reveal("email") if preference else "") or account


def mailbox_of(note: Note) -> Mailbox:
    """Where somebody without an account is reached at this moment."""
    key = note.person_key
    if note.notice is None or key is None:
        return Mailbox()
    return mailboxes_for(note.notice, [key]).get(key, Mailbox())


def ways_of(mailbox: Mailbox, chosen: Sequence[str], *, duty: bool) -> list[str]:
    """By which of the chosen channels somebody without an account is written to: SMS only where it has to be."""
    has = [channel for channel in Channel if mailbox.at(channel)]
    return ways_to(chosen, has=has, spare=Channel.SMS, duty=duty)


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
    note = Note(
        recipient=User.objects.filter(pk=addressee.user_id or 0).first(),
        person=Person.objects.filter(pk=addressee.person_id or 0).first() if addressee.user_id is None else None,
        notice=notice,
        params=dict(addressee.facts),
    )
    values = values_of(note)
    with override("zh-hans"):
        chinese = words_of(notice, values)
    with override("en"):
        english = words_of(notice, values)
    return Shown(values["name"], chinese, english)


def reach_of(notice: Notice, told: Sequence[Addressee], ready: Sequence[str]) -> dict[str, int]:
    """How many copies would go to accounts by each chosen channel now."""
    chosen = [channel for channel in ready if channel in notice.channels]
    counts = dict.fromkeys(chosen, 0)
    pks = [one.user_id for one in told if one.user_id is not None] if chosen else []
    for start in range(0, len(pks), 500):
        users = User.objects.filter(pk__in=pks[start : start + 500], is_active=True).select_related("preference")
        for user in users:
            preference = getattr(user, "preference", None)
            note = Note(recipient=user, notice=notice)
            for channel in chosen:
                wants = wanted(preference, channel, duty=notice.duty)
                counts[channel] += bool(wants and address_of(note, channel, preference))
    return counts


def outside_of(notice: Notice, told: Sequence[Addressee], ready: Sequence[str]) -> Outside:
    """How those without an account would be reached now, and who would not."""
    schools = {
        one.person_id: one.facts.get("school", "") for one in told if one.user_id is None and one.person_id is not None
    }
    pks = list(schools)
    known = mailboxes_for(notice, pks)
    chosen = [channel for channel in notice.channels if channel in ready]
    quiet = set() if notice.duty else silent(pks)
    ways, left = dict.fromkeys(chosen, 0), dict.fromkeys(sorted(quiet), Unreached.SILENT)
    for pk in (pk for pk in pks if pk not in quiet):
        mailbox = known.get(pk, Mailbox())
        found = ways_of(mailbox, chosen, duty=notice.duty)
        for channel in found:
            ways[channel] += 1
        if not found:
            left[pk] = _why(mailbox, ready)
    listed = [Left(name, schools[pk], left[pk]) for pk, name in _names(list(left))]
    return Outside(len(pks), ways, sorted(listed, key=lambda one: (one.school, one.why, one.name)))


def silent(persons: Collection[int]) -> set[int]:
    """Which of the persons want letters only about what they must know; said of either of two merged records."""
    found: set[int] = set()
    keys = sorted(persons)
    for start in range(0, len(keys), 500):
        rows = Silence.objects.annotate(counts=Coalesce("person__merged_into_id", "person_id"))
        found |= set(rows.filter(counts__in=keys[start : start + 500]).values_list("counts", flat=True))
    return found


def reach_of_news(news: News, first: Iterable[Addressee], but: int | None, ready: Sequence[str]) -> Reach:
    """Whom news would be told now. first: those told beside who hears of it; but: the account that is not told."""
    notice = news.notice
    told = {one.place: one for one in (*first, *hearers(notice)) if but is None or one.user_id != but}
    pks, accounts = [one.user_id for one in told.values() if one.user_id is not None], 0
    for start in range(0, len(pks), 500):
        accounts += User.objects.filter(pk__in=pks[start : start + 500], is_active=True).count()
    return Reach(accounts, outside_of(notice, list(told.values()), ready), remedy_of(notice))


def remedy_of(notice: Notice) -> str:
    """What to do about those who cannot be reached, as the audiences say."""
    asked = [audience for audience, _topic in hearing(notice.topics)] if notice.kind else [audience_of(notice.audience)]
    return " ".join(dict.fromkeys(str(audience.remedy) for audience in asked if audience.remedy))


def _why(mailbox: Mailbox, ready: Sequence[str]) -> Unreached:
    has = [channel for channel in Channel if mailbox.at(channel)]
    if not has:
        return Unreached.NO_ADDRESS
    return Unreached.NOT_CHOSEN if any(channel in ready for channel in has) else Unreached.NOT_SET_UP


def _names(pks: Sequence[int]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for start in range(0, len(pks), 500):
        found += [(p.pk, p.reveal("name")) for p in Person.objects.filter(pk__in=pks[start : start + 500])]
    return found
