"""Whom a notice may reach: each room that knows people registers its audiences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.notify.rulebook import Text, unknown_places


@dataclass(frozen=True, slots=True)
class Addressee:
    """One account to be told, with what fills the places of the text for it (never personal: it is kept)."""

    user_id: int
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Audience:
    """A kind of recipients.

    label: lazy words; keys: what the actor may address, as (key, words) such as an event's code and name; people:
    who that is now; places: name -> lazy words of what fills it, beside `name`, which every audience offers.
    """

    kind: str
    label: Any
    keys: Callable[[Actor], Iterable[tuple[str, str]]]
    people: Callable[[str], Iterable[Addressee]]
    places: Mapping[str, Any] = field(default_factory=dict)

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
    """Everybody of the audience once, in a steady order; the caller has decided that the actor may address it."""
    found: dict[int, Addressee] = {}
    for one in audience_of(kind).people(key):
        found.setdefault(one.user_id, one)
    return [found[pk] for pk in sorted(found)]


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
