"""What a process of a race does: one service each, with everything it names read before the word."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from backend.core.actor import SYSTEM, Actor
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import Entry, EntryCard, Substitution, Withdrawal
from competitions.registration.rulebook import EntryDraft
from tests.registration.world import member


def prepared(act: str, uid: str = "", serial: int = 0, event: str = "", school: str = "") -> Callable[[], object]:
    """uid: of the entry or request; serial: of the arriving or entered person; event: a code; school: a uid."""
    if act == "enter":
        at = Event.objects.get(code=event)
        draft = EntryDraft(school, 0, "平台甲", (member(serial),))
        return lambda: services.enter_many(actor=SYSTEM, event=at, drafts=[draft])
    if act == "issue_cards":
        at = Event.objects.get(code=event)
        return lambda: services.issue_cards(actor=SYSTEM, event=at)
    if act in REQUESTS:
        kind, decide = REQUESTS[act]
        asked = kind.objects.select_related("entry__school").get(uid=uid)
        return lambda: decide(asked)
    if act == "replace_card":
        card = EntryCard.objects.get(member__entry__uid=uid, ended_at=None)
        return lambda: services.replace_card(actor=SYSTEM, card=card)
    entry = Entry.objects.select_related("event__edition", "school").get(uid=UUID(uid))
    return lambda: ON_ENTRY[act](entry, serial)


def _ask(entry: Entry, serial: int) -> object:
    leaving = entry.members.get(ended_at=None)
    return services.ask_substitution(actor=SYSTEM, entry=entry, leaving=leaving, arriving=member(serial), reason="骨折")


def _withdraw_as_school(entry: Entry, _serial: int) -> object:
    office = Actor(role="school_coordinator", scope=entry.school.ref)
    return services.withdraw_entry(actor=office, entry=entry, reason="学生退学")


ON_ENTRY: dict[str, Callable[[Entry, int], object]] = {
    "approve": lambda entry, _: services.approve_entries(actor=SYSTEM, entries=[entry]),
    "return": lambda entry, _: services.return_entry(actor=SYSTEM, entry=entry, reason="补正"),
    "reject": lambda entry, _: services.reject_entry(actor=SYSTEM, entry=entry, reason="不符"),
    "withdraw": _withdraw_as_school,
    "ask_withdrawal": lambda entry, _: services.ask_withdrawal(actor=SYSTEM, entry=entry, reason="学生退学"),
    "ask_substitution": _ask,
}
REQUESTS = {
    "approve_withdrawal": (Withdrawal, lambda found: services.approve_withdrawal(actor=SYSTEM, withdrawal=found)),
    "approve_substitution": (
        Substitution,
        lambda found: services.approve_substitution(actor=SYSTEM, substitution=found),
    ),
    "take_back": (Withdrawal, lambda found: services.take_back_request(actor=SYSTEM, asked=found)),
}
