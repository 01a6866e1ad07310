"""The only writers of notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import Actor
from backend.notify.models import Note


@transaction.atomic
def send_note(*, recipients: Iterable[User], kind: str, params: dict[str, Any] | None = None, link: str = "") -> int:
    """Tell each recipient once, in the caller's transaction.

    kind: as registered with `selectors.register_text`; params: JSON values that fill its text, never personal ones;
    link: a page of this site. Returns how many were told.
    """
    told = {user.pk: user for user in recipients if user.is_active}
    notes = [Note(recipient=user, kind=kind, params=params or {}, link=link) for user in told.values()]
    return len(Note.objects.bulk_create(notes, batch_size=500))


def mark_read(*, actor: Actor, note: Note) -> None:
    """The recipient has seen it; a second time changes nothing."""
    Note.objects.visible_to(actor).filter(pk=note.pk, read_at=None).update(read_at=clock.now())


def mark_all_read(*, actor: Actor) -> int:
    """Returns how many were unread."""
    return Note.objects.visible_to(actor).filter(read_at=None).update(read_at=clock.now())
