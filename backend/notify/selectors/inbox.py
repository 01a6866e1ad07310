"""Questions about notes, and the texts of their kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from backend.core.actor import Actor
from backend.notify.models import Note, Notice
from backend.notify.rulebook import fill, places_of
from backend.ui.words import role_name


@dataclass(frozen=True, slots=True)
class Kind:
    """How notes of a kind read. duty: the reader must know it, so its copy by e-mail cannot be turned off."""

    text: Any
    duty: bool = False


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place that only the reader's own letter fills, such as a secret link. instead: lazy words elsewhere."""

    in_letter: Callable[[Note], str]
    instead: Any


_kinds: dict[str, Kind] = {}
_own_places: dict[str, OwnPlace] = {}
_below: dict[str, list[Callable[[Note], Iterable[str]]]] = {}


def register_text(kind: str, text: Any, *, duty: bool = False) -> None:
    """Say how notes of a kind read: a lazy translation with `%(name)s` places. Called in a room's wiring."""
    _kinds[kind] = Kind(text, duty)


def register_below(kind: str, lines: Callable[[Note], Iterable[str]]) -> None:
    """Add to e-mails of a kind what only its recipient may read, such as a secret link: found anew for each letter,
    never kept with the note. Called in a room's wiring."""
    _below.setdefault(kind, []).append(lines)


def register_place(name: str, in_letter: Callable[[Note], str], instead: Any) -> None:
    """Say what fills a place in the reader's own e-mail, found anew for each letter and never kept; audiences offer it
    among their places. Called in a room's wiring."""
    _own_places[name] = OwnPlace(in_letter, instead)


def lines_below(note: Note) -> list[str]:
    """What rooms add to the e-mail of a note."""
    return [line for find in _below.get(note.kind, ()) for line in find(note)]


def is_duty(note: Note) -> bool:
    """Whether the recipient has to be told, whatever they prefer."""
    return note.notice.duty if note.notice is not None else kind_is_duty(note.kind)


def kind_is_duty(kind: str) -> bool:
    """Whether news of that kind must be known."""
    return kind in _kinds and _kinds[kind].duty


def text_of(note: Note) -> str:
    """The note in the reader's language; a place without a value stays empty, `role` is told by its name."""
    if (notice := hand_written(note)) is not None:
        return words_of(notice, values_of(note))[0]
    return news_text(note.kind, note.params)


def news_text(name: str, params: Mapping[str, Any]) -> str:
    """What a kind of news says in the reader's language."""
    values: dict[str, Any] = defaultdict(str, {key: str(value) for key, value in params.items()})
    if "role" in values:
        values["role"] = role_name(values["role"])
    kind = _kinds.get(name)
    return str(kind.text if kind else name) % values


def hand_written(note: Note) -> Notice | None:
    """The notice whose words somebody wrote; None where the note says the text of its kind."""
    return note.notice if note.notice is not None and not note.notice.kind else None


def body_of(note: Note, *, in_letter: bool = False) -> str:
    """What stands below a notice's subject; "" for the system's own notes. in_letter: with the reader's secrets."""
    notice = hand_written(note)
    return words_of(notice, values_of(note, in_letter=in_letter))[1] if notice is not None else ""


def values_of(note: Note, *, in_letter: bool = False) -> dict[str, str]:
    """What fills a notice's places; the reader's name and secrets are not kept with the note."""
    assert note.notice is not None
    asked = places_of(note.notice.body_zh + note.notice.body_en) if in_letter else []
    own = {k: place.in_letter(note) if k in asked else str(place.instead) for k, place in _own_places.items()}
    return {**own, **{k: str(v) for k, v in note.params.items()}, "name": note.reader}


def words_of(notice: Notice, values: dict[str, str]) -> tuple[str, str]:
    """Subject and body in the reader's language, filled; Chinese where no English was written."""
    english = (translation.get_language() or "").startswith("en") and bool(notice.subject_en and notice.body_en)
    subject = notice.subject_en if english else notice.subject_zh
    body = notice.body_en if english else notice.body_zh
    return fill(subject, values), fill(body, values)


def inbox(actor: Actor) -> QuerySet[Note]:
    """The actor's notes, the newest first."""
    return Note.objects.visible_to(actor).select_related("notice", "recipient__person", "person").order_by("-pk")


def unread_count(actor: Actor) -> int:
    return Note.objects.visible_to(actor).filter(read_at=None).count()
