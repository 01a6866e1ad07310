"""Copies of notes: queued with the note, taken in batches after the commit, tried again without doubling.

A copy is taken by a short transaction of its own before it goes out, so that two workers never carry the same one. What
the other side confirmed is never sent again. A server that dies before it answers leaves a doubt that no sender can
solve; the copy goes again under the same id, by which the reader's mail program knows the repeat.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from backend.core import clock
from backend.core.later import later
from backend.notify.enums import Channel, Failure
from backend.notify.models import DELIVERY, Delivery, Note, Preference
from backend.notify.rulebook import pause_after
from backend.notify.selectors import Mailbox, address_of, is_duty, mailbox_of, mailboxes_for, silent, wanted, ways_of
from backend.notify.services.carriers import CarryError, Letter, Line, Refused, Unreachable, carrier_of
from backend.notify.services.reaching import letter_of

BATCH = 50
LOST_AFTER = timedelta(minutes=10)  # a worker that took copies and was not heard of again


def queue_copies(notes: Sequence[Note], channels: Sequence[str], *, asked: bool) -> None:
    """Queue the notes' copies for those who want them, in the caller's transaction."""
    ready = [c for c in channels if asked or carrier_of(c) is not None]
    accounts = [note for note in notes if note.recipient_id is not None]
    known = Preference.objects.in_bulk([n.recipient_id for n in accounts], field_name="user_id")
    copies = [
        copy
        for note in accounts
        for channel in ready
        if (copy := _copy(note, channel, known.get(note.recipient_id), asked)) is not None
    ]
    copies += _copies_outside([note for note in notes if note.recipient_id is None], ready or channels, channels)
    Delivery.objects.bulk_create(copies, batch_size=500)
    if any(copy.state == "queued" for copy in copies):
        later("notify.deliver")


def _copy(note: Note, channel: str, preference: Preference | None, asked: bool) -> Delivery | None:
    if not wanted(preference, channel, duty=is_duty(note)):
        return None
    failure = ""
    if carrier_of(channel) is None:
        failure = str(Failure.NOT_SET_UP)
    elif not address_of(note, channel, preference):
        failure = str(Failure.NO_ADDRESS)
    if failure and not asked:
        return None
    return _queued(note, channel, failure)


def _copies_outside(notes: Sequence[Note], chosen: Sequence[str], channels: Sequence[str]) -> list[Delivery]:
    """Of notes of one notice to persons without account: by the ways that reach them, or failed by each one chosen.

    Who has only an address for a channel that is not set up fails by that one: it is tried again once it is.
    """
    if not notes or notes[0].notice is None:
        return []
    notice, copies = notes[0].notice, list[Delivery]()
    known = mailboxes_for(notice, {n.person_key for n in notes if n.person_key is not None})
    quiet = set() if notice.duty else silent(known)
    for note in notes:
        if note.person_key in quiet:
            copies.append(_queued(note, chosen[0], str(Failure.SILENT)))
            continue
        box = known.get(note.person_key or 0, Mailbox())
        ways = ways_of(box, chosen, duty=is_duty(note)) or ways_of(box, channels, duty=is_duty(note))
        for channel in ways or chosen:
            failure = str(Failure.NOT_SET_UP) if carrier_of(channel) is None else ""
            copies.append(_queued(note, channel, failure if ways else str(Failure.NO_ADDRESS)))
    return copies


def _queued(note: Note, channel: str, failure: str) -> Delivery:
    """A copy that waits, or that failed before it went."""
    state = "failed" if failure else "queued"
    return Delivery(note=note, channel=channel, client_id=uuid4(), state=state, failure=failure, due_at=clock.now())


def deliver_due() -> int:
    """Carry everything that is due; returns how many copies arrived. May run twice and beside itself."""
    _find_lost()
    return sum(_deliver(channel) for channel in Channel)


def _find_lost() -> None:
    """What a dead worker took is queued again."""
    lost = Delivery.objects.filter(state="sending", taken_at__lt=clock.now() - LOST_AFTER)
    lost.update(state=DELIVERY.after("sending", "wait"))


def _deliver(channel: str) -> int:
    carrier, arrived, stands = carrier_of(channel), 0, True
    while carrier is not None and stands:
        batch = _take(channel)
        if not batch:
            break
        try:
            with carrier.open() as line:
                stands = _carry(line, batch)
        except Unreachable as error:
            stands = False
            for copy in batch:
                _settle(copy, error)
        arrived += sum(copy.state == "sent" for copy in batch)
    return arrived


@transaction.atomic
def _take(channel: str) -> list[Delivery]:
    """The next batch that is due, taken by this worker alone."""
    due = Delivery.objects.filter(channel=channel, state="queued", due_at__lte=clock.now()).order_by("due_at", "pk")
    found = list(due.select_for_update(skip_locked=True, of=("self",))[:BATCH])
    for copy in found:
        copy.state, copy.taken_at = DELIVERY.after(copy.state, "take"), clock.now()
        copy.attempts += 1
    Delivery.objects.bulk_update(found, ["state", "taken_at", "attempts"])
    noted = Delivery.objects.filter(pk__in=[c.pk for c in found]).order_by("due_at", "pk")
    return list(noted.select_related("note__recipient__preference", "note__person", "note__notice"))


def _carry(line: Line, batch: Sequence[Delivery]) -> bool:
    """Hand a batch over one by one, each answer kept before the next goes; False when the line broke on the way."""
    for place, copy in enumerate(batch, start=1):
        try:
            line.carry(_letter(copy))
        except CarryError as error:
            _settle(copy, error)
            if isinstance(error, Unreachable) and error.broken:
                _put_back(batch[place:], copy.due_at)
                return False
        else:
            _settle(copy, None)
    return True


def _put_back(untried: Sequence[Delivery], due_at: datetime) -> None:
    """Copies that the broken line never saw wait with the one that broke it, without an attempt counted."""
    for copy in untried:
        copy.state, copy.attempts, copy.due_at = DELIVERY.after(copy.state, "wait"), copy.attempts - 1, due_at
    Delivery.objects.bulk_update(untried, ["state", "attempts", "due_at"])


def _letter(copy: Delivery) -> Letter:
    if copy.note.person_id is not None:
        if not is_duty(copy.note) and silent([copy.note.person_key or 0]):
            raise Refused(Failure.SILENT)
        address = mailbox_of(copy.note).at(copy.channel)
    else:
        address = address_of(copy.note, copy.channel, getattr(copy.note.recipient, "preference", None))
    if not address:
        raise Refused(Failure.NO_ADDRESS)
    return letter_of(copy.note, copy.channel, address, copy.client_id)


def _settle(copy: Delivery, error: CarryError | None) -> None:
    """Keep what became of an attempt."""
    if error is None:
        verb, copy.failure, copy.detail, copy.sent_at = "arrive", "", "", clock.now()
    else:
        pause = None if isinstance(error, Refused) else pause_after(copy.attempts)
        verb, copy.failure, copy.detail = "wait" if pause else "fail", str(error.failure), error.detail
        copy.due_at = clock.now() + (pause or timedelta(0))
    copy.state = DELIVERY.after(copy.state, verb)
    copy.save(update_fields=["state", "failure", "detail", "sent_at", "due_at"])
