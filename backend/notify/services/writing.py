"""Notices: written as a draft, sent once to whoever belongs to the audience at that moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.later import later
from backend.core.permissions import require
from backend.notify.enums import Channel
from backend.notify.errors import AlreadySent, NobodyReached, NoticeRefused, NoWayToReach
from backend.notify.models import DELIVERY, NOTICE, Delivery, Note, Notice, Template
from backend.notify.permissions import may_change_notice, may_write
from backend.notify.rulebook import Text
from backend.notify.selectors import Addressee, addressees, keys_of, problems_of_text, unreached
from backend.notify.services.carriers import carrier_of
from backend.notify.services.notes import tell
from backend.people.models import Person

NOTICE_KIND = "notice"


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice as its writer wants it. audience, audience_key: as offered by `selectors.keys_of`."""

    audience: str
    audience_key: str
    text: Text
    channels: Sequence[str] = (Channel.EMAIL,)
    duty: bool = False
    template: Template | None = None


@transaction.atomic
def draft_notice(*, actor: Actor, client_id: UUID, draft: Draft) -> Notice:
    """Keep a draft; the same form sent twice makes one. Raises NoticeRefused, NotAllowed."""
    require(may_write(actor), _("Only officers write notices."))
    label = _decide(actor, draft)
    scope = actor.scope
    notice, made = Notice.objects.get_or_create(
        client_id=client_id,
        defaults={
            **_columns(draft, label),
            "scope_kind": scope.kind if scope else "system",
            "scope_key": scope.key if scope else "",
            "made_by_uid": actor.user_uid,
        },
    )
    require(may_change_notice(actor, notice))
    if made:
        audit.record(actor=actor, action="notice.draft", subject=notice.ref, audience=draft.audience)
    return notice


@transaction.atomic
def change_notice(*, actor: Actor, notice: Notice, draft: Draft) -> Notice:
    """Write a draft anew. Raises NoticeRefused, AlreadySent, NotAllowed."""
    locked = _locked(actor, notice)
    columns = _columns(draft, _decide(actor, draft))
    for key, value in columns.items():
        setattr(locked, key, value)
    locked.save(update_fields=[*columns, "changed_at"])
    audit.record(actor=actor, action="notice.change", subject=locked.ref, audience=draft.audience)
    return locked


@transaction.atomic
def delete_notice(*, actor: Actor, notice: Notice) -> None:
    """Throw a draft away; what was sent stays. Raises AlreadySent, NotAllowed."""
    locked = _locked(actor, notice)
    audit.record(actor=actor, action="notice.delete", subject=locked.ref)
    locked.delete()


@transaction.atomic
def send_notice(*, actor: Actor, notice: Notice) -> Notice:
    """Tell everybody who belongs to the audience now; a second time is refused, so nobody is told twice.

    Accounts find it in the system, with copies by the ticked channels; persons without account get the copies alone.
    Raises AlreadySent, NobodyReached, NoWayToReach, NoticeRefused (the audience is no longer the actor's), NotAllowed.
    """
    locked = _locked(actor, notice)
    _decide(actor, _draft_of(locked))
    notes = notes_of(locked, addressees(locked.audience, locked.audience_key))
    if not notes:
        raise NobodyReached
    tell(notes, locked.channels, asked=True)
    if not close(actor, locked):
        raise NoWayToReach(link=f"/notices/{locked.uid}/")
    return locked


def close(actor: Actor, notice: Notice) -> int:
    """Count and record what was told, once every note is written; returns how many are reached."""
    left, everybody = unreached(notice).count(), notice.notes.count()
    told: int = everybody - left
    notice.state = NOTICE.after(notice.state, "send")
    notice.sent_at, notice.recipients_count = clock.now(), told
    notice.save(update_fields=["state", "sent_at", "recipients_count"])
    audit.record(actor=actor, action="notice.send", subject=notice.ref, told=told, unreached=left)
    return told


def notes_of(notice: Notice, told: Sequence[Addressee]) -> list[Note]:
    """One for each account that may sign in and for each person without one."""
    users = User.objects.filter(is_active=True).in_bulk([one.user_id for one in told if one.user_id is not None])
    persons = Person.objects.in_bulk([one.person_id for one in told if one.user_id is None])
    return [
        Note(
            recipient=users.get(one.user_id),
            person=persons.get(one.person_id) if one.user_id is None else None,
            notice=notice,
            kind=notice.kind or NOTICE_KIND,
            params=dict(one.facts),
            link=notice.link,
        )
        for one in told
        if one.user_id in users or (one.user_id is None and one.person_id in persons)
    ]


@transaction.atomic
def retry_failed(*, actor: Actor, notice: Notice) -> int:
    """Queue again what did not arrive; what arrived is left alone. Returns how many copies."""
    locked: Notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    require(may_change_notice(actor, locked))
    ready = [str(channel) for channel in Channel if carrier_of(channel)]
    failed = Delivery.objects.filter(note__notice=locked, state="failed", channel__in=ready)
    count: int = failed.update(state=DELIVERY.after("failed", "retry"), attempts=0, failure="", due_at=clock.now())
    if count:
        audit.record(actor=actor, action="notice.retry", subject=locked.ref, copies=count)
        later("notify.deliver")
    return count


def _locked(actor: Actor, notice: Notice) -> Notice:
    locked: Notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    require(may_change_notice(actor, locked), _("Only officers write notices."))
    if locked.state != "draft":
        raise AlreadySent
    return locked


def _decide(actor: Actor, draft: Draft) -> str:
    """The audience's words, after everything about the draft was looked at."""
    keys = keys_of(actor, draft.audience)
    if draft.audience_key not in keys:
        raise NoticeRefused({"audience": _("You cannot write to this audience. Choose another.")})
    problems: dict[str, Any] = problems_of_text(draft.text, draft.audience)
    if problems:
        raise NoticeRefused(problems)
    return keys[draft.audience_key]


def _columns(draft: Draft, label: str) -> dict[str, Any]:
    return {
        **asdict(draft.text),
        "audience": draft.audience,
        "audience_key": draft.audience_key,
        "audience_label": label[:160],
        "channels": [str(channel) for channel in draft.channels],
        "duty": draft.duty,
        "template": draft.template,
    }


def _draft_of(notice: Notice) -> Draft:
    text = Text(notice.subject_zh, notice.body_zh, notice.subject_en, notice.body_en)
    return Draft(notice.audience, notice.audience_key, text, notice.channels, notice.duty)
