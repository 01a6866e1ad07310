"""Whom a notice may reach: each room that knows people registers its audiences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.notify.enums import Channel
from backend.notify.rulebook import Text, unknown_places


@dataclass(frozen=True, slots=True)
class Addressee:
    """One to be told, with what fills the places of the text for them (never personal: it is kept).

    user_id: the account; None for somebody without one, who is then named by person_id and reached by letters only.
    """

    user_id: int | None
    facts: Mapping[str, str] = field(default_factory=dict)
    person_id: int | None = None

    @property
    def place(self) -> tuple[int, int]:
        """By whom they are told apart and sorted, accounts first."""
        return (0, self.user_id) if self.user_id is not None else (1, self.person_id or 0)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where somebody without an account is reached, "" where nothing is recorded; shown and kept nowhere."""

    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)

    def at(self, channel: str) -> str:
        return self.email if channel == Channel.EMAIL else self.phone


def no_mailboxes(_keys: Sequence[str], _persons: Collection[int]) -> Mapping[int, Mailbox]:
    """Of an audience whose people all have accounts."""
    return {}


@dataclass(frozen=True)
class Audience:
    """A kind of recipients.

    label: lazy words; keys: what the actor may address, as (key, words) such as an event's code and name; people:
    who that is now, in all the keys together, once for each key; places: name -> lazy words of what fills it, beside
    `name`, which every audience offers.
    mailboxes: of the persons without account of the keys, asked anew for every letter, so that no address is kept here
    and a corrected one counts; remedy: lazy words of what to do where none is recorded.
    hears: topics of news that the system tells these people by itself.
    """

    kind: str
    label: Any
    keys: Callable[[Actor], Iterable[tuple[str, str]]]
    people: Callable[[Sequence[str]], Iterable[Addressee]]
    places: Mapping[str, Any] = field(default_factory=dict)
    mailboxes: Callable[[Sequence[str], Collection[int]], Mapping[int, Mailbox]] = no_mailboxes
    remedy: Any = ""
    hears: Collection[str] = ()

    @property
    def offered(self) -> dict[str, Any]:
        return {"name": gettext_lazy("the recipient's name"), **self.places}


_audiences: dict[str, Audience] = {}


def register_audience(audience: Audience) -> None:
    """Called in a room's wiring."""
    _audiences[audience.kind] = audience


def audiences() -> list[Audience]:
    return list(_audiences.values())


def audience_of(kind: str) -> Audience:
    """Raises NotFound for a kind that no room registered."""
    if kind not in _audiences:
        raise NotFound
    return _audiences[kind]


def keys_of(actor: Actor, kind: str) -> dict[str, str]:
    """What of that kind the actor may address: key -> words."""
    return dict(_audiences[kind].keys(actor)) if kind in _audiences else {}


def addressees(kind: str, key: str) -> list[Addressee]:
    """Everybody of the audience once, in a steady order, accounts first; the caller has decided that the actor may
    address it.
    """
    found: dict[tuple[int, int], Addressee] = {}
    for one in audience_of(kind).people([key]):
        found.setdefault(one.place, one)
    return [found[place] for place in sorted(found)]


def mailboxes(kind: str, keys: Sequence[str], persons: Collection[int]) -> Mapping[int, Mailbox]:
    """Mailboxes of persons without account, by their key; the many are asked for in parts."""
    known, asked = dict[int, Mailbox](), sorted(persons)
    for start in range(0, len(asked), 500):
        known |= audience_of(kind).mailboxes(keys, asked[start : start + 500])
    return known


def problems_of_text(text: Text, audience: str) -> dict[str, str]:
    """What is wrong with a text for that audience, by field: an English half alone, places that nobody fills."""
    problems: dict[str, str] = {}
    offered = audience_of(audience).offered
    for key, written in asdict(text).items():
        unknown = unknown_places([written], offered)
        if unknown:
            problems[key] = _("There is nothing to put in the place of %(places)s. Offered are: %(offered)s.") % {
                "places": ", ".join(f"{{{name}}}" for name in unknown),
                "offered": ", ".join(f"{{{name}}}" for name in offered),
            }
    if bool(text.subject_en) != bool(text.body_en):
        problems["body_en" if text.subject_en else "subject_en"] = _("Write both in English, or neither.")
    return problems
