"""Touched topics become versions: one row lock per topic, newest state only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from backend.core import clock
from realtime.models import Notice, Touch

# A builder: (key, parts touched) -> the topic's whole state, JSON under 16 KiB.
Builder = Callable[[str, set[str]], dict[str, Any]]
_builders: dict[str, Builder] = {}


def builder(kind: str, build: Builder) -> None:
    """Register how topics of that kind (`kind:key`) are built; called by a room's wiring."""
    _builders[kind] = build


def wake_after_commit(topic: str) -> None:
    """Have the process's projector look at the topic once the present transaction stands."""
    transaction.on_commit(lambda: project(topic), robust=True)


@transaction.atomic
def project(topic: str) -> Notice | None:
    """Build the newest state of a touched topic under its row lock; None when nothing was touched."""
    Notice.objects.get_or_create(topic=topic)
    notice = Notice.objects.select_for_update().get(topic=topic)
    touches = list(Touch.objects.filter(topic=topic))
    if not touches:
        return None
    kind, _, key = topic.partition(":")
    notice.state = _builders[kind](key, {t.part for t in touches if t.part})
    notice.version += 1
    notice.changed_at = clock.now()
    notice.save(update_fields=["state", "version", "changed_at"])
    Touch.objects.filter(pk__in=[t.pk for t in touches]).delete()
    return notice
