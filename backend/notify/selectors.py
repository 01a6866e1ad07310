"""Questions about notes, and the texts of their kinds."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from backend.core.actor import Actor
from backend.notify.models import Note
from backend.ui.words import role_name

_texts: dict[str, Any] = {}


def register_text(kind: str, text: Any) -> None:
    """Say how notes of a kind read: a lazy translation with `%(name)s` places. Called in a room's wiring."""
    _texts[kind] = text


def text_of(note: Note) -> str:
    """The note in the reader's language; a place without a value stays empty, `role` is told by its name."""
    values: dict[str, Any] = defaultdict(str, {key: str(value) for key, value in note.params.items()})
    if "role" in values:
        values["role"] = role_name(values["role"])
    return str(_texts.get(note.kind, note.kind)) % values


def inbox(actor: Actor) -> QuerySet[Note]:
    """The actor's notes, the newest first."""
    return Note.objects.visible_to(actor).order_by("-pk")


def unread_count(actor: Actor) -> int:
    return Note.objects.visible_to(actor).filter(read_at=None).count()
