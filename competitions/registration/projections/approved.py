"""Replacements, withdrawals and objections as their pages show them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from backend.people.rulebook import mask_id_number
from certificates.credentials.render import missing_characters
from competitions.registration.enums import OBJECTION_STATES, REVIEWERS, SUBSTITUTION_STATES
from competitions.registration.models import EntryCard, EntryObjection, Substitution, Withdrawal
from competitions.registration.selectors.requests import deciders_now


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A replacement (leaving and arriving are named) or a withdrawal of the whole team (both are empty)."""

    asked: Substitution | Withdrawal
    leaving: str
    arriving: str
    id_number: str
    reason: str
    answer: str
    word: Any
    decider: str  # the kind of reviewer who decides, while it is open

    @property
    def open(self) -> bool:
        return self.asked.state == "asked"

    @property
    def waits_for(self) -> Any:
        return REVIEWERS[self.decider] if self.open else ""


def request_lines(found: Iterable[Substitution | Withdrawal]) -> list[RequestLine]:
    """With names in clear for those who may decide, the number masked."""
    asked = list(found)
    return [_request_line(each, kind) for each, kind in zip(asked, deciders_now(asked), strict=True)]


def _request_line(each: Substitution | Withdrawal, decider: str) -> RequestLine:
    leaving = arriving = id_number = ""
    if isinstance(each, Substitution):
        draft = json.loads(each.reveal("arriving"))
        leaving, arriving = each.leaving.reveal("name"), draft["name"]
        id_number = mask_id_number(draft["id_number"])
    word = SUBSTITUTION_STATES[each.state][0]
    return RequestLine(each, leaving, arriving, id_number, each.reveal("reason"), each.reveal("answer"), word, decider)


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    objection: EntryObjection
    about: str
    objector: str
    text: str
    answer: str
    word: Any

    @property
    def received_at(self) -> Any:
        return self.objection.received_at


def objection_lines(found: Iterable[EntryObjection]) -> list[ObjectionLine]:
    return [
        ObjectionLine(
            each,
            _about(each),
            each.reveal("objector"),
            each.reveal("text"),
            each.reveal("answer"),
            OBJECTION_STATES[each.state][0],
        )
        for each in found
    ]


def _about(objection: EntryObjection) -> str:
    entry = objection.entry
    if entry is None:
        return _("the event")
    return f"{entry.school.name} {_('Team %(n)s') % {'n': entry.team_number}}"


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card as its page lists it. unprintable: characters of the name that the printed card cannot show."""

    card: EntryCard
    name: str
    unprintable: str


def card_lines(cards: Iterable[EntryCard]) -> list[CardLine]:
    """In the order given, with the names in clear."""
    named = [(card, card.member.reveal("name")) for card in cards]
    return [CardLine(card, name, "".join(missing_characters(name))) for card, name in named]


def cards_about(cards: Sequence[EntryCard], *, school: str = "", card: str = "") -> list[EntryCard]:
    """Those of the schools that are called so in part; card: the uid of one. Empty words leave all of them."""
    word = "".join(school.split())
    found = [each for each in cards if word in each.member.entry.school.name]
    return [each for each in found if card in ("", str(each.uid))]
