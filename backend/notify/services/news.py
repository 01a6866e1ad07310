"""News that the system tells by itself: kept with what it is of, told by a job in parts, once to each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from backend.audit import services as audit
from backend.core.actor import SYSTEM, Actor
from backend.core.later import later
from backend.notify.enums import Channel
from backend.notify.models import Note, Notice
from backend.notify.selectors import Addressee, News, Reach, hearers, reach_of_news
from backend.notify.services.carriers import carrier_of
from backend.notify.services.notes import tell
from backend.notify.services.writing import close, notes_of

A_PART = 500  # readers whose notes are written in one transaction


@transaction.atomic
def send_news(*, actor: Actor, news: News, first: Iterable[Addressee] = (), rest: bool = True) -> Notice:
    """Keep the news, in the caller's transaction; a job tells whoever hears of it. The caller has decided that it may.

    first: told at once, such as people whom nobody finds any more afterwards; rest: False tells nobody beside them.
    The same news a second time is the one that was kept.
    """
    notice = news.notice
    scope = actor.scope
    notice.scope_kind, notice.scope_key = (scope.kind, scope.key) if scope else ("system", "")
    notice.made_by_uid = actor.user_uid
    kept = Notice.objects.filter(client_id=news.about).first()
    if kept is not None:
        return kept
    notice.save()
    audit.record(actor=actor, action="notice.news", subject=notice.ref, kind=news.kind)
    _tell(notice, list(first))
    if rest:
        later("notify.tell_news", notice_uid=notice.uid)
    else:
        close(actor, notice)
    return notice


def preview_news(*, actor: Actor, news: News, first: Iterable[Addressee] = ()) -> Reach:
    """Whom `send_news` would tell now, and how. The caller has decided that the actor may see it."""
    ready = [str(channel) for channel in Channel if carrier_of(channel) is not None]
    return reach_of_news(news, first, actor.user_id, ready)


def tell_news(*, notice_uid: UUID | str) -> None:
    """Write the notes of everybody who hears of it, part by part. May run twice and beside itself: each is told once.

    Whoever caused the news knows it and is not told.
    """
    notice = Notice.objects.get(uid=notice_uid)
    everybody = hearers(notice) if notice.state == "queued" else []
    for start in range(0, len(everybody), A_PART):
        _tell_part(notice, everybody[start : start + A_PART])
    _close(notice)


@transaction.atomic
def _tell_part(notice: Notice, part: Sequence[Addressee]) -> None:
    """Those of the part who were not told yet."""
    locked = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if locked.state == "queued":
        _tell(locked, part)


def _tell(notice: Notice, part: Sequence[Addressee]) -> None:
    told = notice.notes.filter(recipient__in=[one.user_id for one in part if one.user_id is not None])
    known = {(0, pk) for pk in told.values_list("recipient_id", flat=True)}
    told = notice.notes.filter(person__in=[one.person_id for one in part if one.user_id is None])
    known |= {(1, pk) for pk in told.values_list("person_id", flat=True)}
    notes = [note for note in notes_of(notice, [one for one in part if one.place not in known]) if _listens(note)]
    tell([note for note in notes if note.person is None], [Channel.EMAIL], asked=False)
    tell([note for note in notes if note.person is not None], list(Channel), asked=False)


def _listens(note: Note) -> bool:
    made_by = note.notice.made_by_uid if note.notice is not None else None
    return note.recipient is None or made_by is None or note.recipient.uid != made_by


@transaction.atomic
def _close(notice: Notice) -> None:
    locked = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if locked.state == "queued":
        close(SYSTEM, locked)
