"""Notes: told in the caller's transaction, read by their recipient."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import Actor
from backend.notify.enums import Channel
from backend.notify.models import Note, Preference
from backend.notify.selectors import CONFIRM
from backend.notify.services.delivering import queue_copies


@transaction.atomic
def send_note(*, recipients: Iterable[User], kind: str, params: dict[str, Any] | None = None, link: str = "") -> int:
    """Tell each recipient once, in the caller's transaction, with a copy by e-mail to those who want one.

    kind: as registered with `selectors.register_text`; params: JSON values that fill its text, never personal ones;
    link: a page of this site. Returns how many were told.
    """
    told = {user.pk: user for user in recipients if user.is_active}
    notes = [Note(recipient=user, kind=kind, params=params or {}, link=link) for user in told.values()]
    return len(tell(notes, [Channel.EMAIL], asked=False))


@transaction.atomic
def send_confirmation(*, user_uid: str) -> None:
    """The link to a new e-mail address; once for each time it was asked for."""
    preference = Preference.objects.select_for_update(of=("self",)).select_related("user").get(user__uid=UUID(user_uid))
    sent = Note.objects.filter(recipient=preference.user, kind=CONFIRM, sent_at__gte=preference.asked_at)
    if preference.new_email_sealed and not sent.exists():
        send_note(recipients=[preference.user], kind=CONFIRM, link="/inbox/preferences/")


def tell(notes: Sequence[Note], channels: Sequence[str], *, asked: bool) -> list[Note]:
    """Write the notes and queue their copies. asked: a copy that cannot be carried is shown as failed, not left out."""
    made: list[Note] = Note.objects.bulk_create(notes, batch_size=500)
    queue_copies(made, channels, asked=asked)
    return made


def mark_read(*, actor: Actor, note: Note) -> None:
    """The recipient has seen it; a second time changes nothing."""
    Note.objects.visible_to(actor).filter(pk=note.pk, read_at=None).update(read_at=clock.now())


def mark_all_read(*, actor: Actor) -> int:
    """Returns how many were unread."""
    return Note.objects.visible_to(actor).filter(read_at=None).update(read_at=clock.now())
