"""Writers touch a topic, readers read its row."""

from __future__ import annotations

from typing import Any

from realtime.models import Notice, Touch


def touch(topic: str, part: str = "") -> None:
    """Say that something of a topic changed (part: which, e.g. a work's uid); acts after commit, an insert only.

    topic: `kind:key`, for example `board:GZ-2026-046`; the kind's builder is registered by the room that owns it.
    """
    from realtime import projector

    if not projector.is_known(topic):
        return  # nobody shows this kind of topic here
    Touch.objects.create(topic=topic, part=part)
    projector.wake_after_commit(topic)


def read(topic: str) -> dict[str, Any]:
    """`{"topic", "version", "state", "changed_at"}` of a topic as it stands; version 0 when nothing was built yet."""
    row = Notice.objects.filter(topic=topic).first()
    if row is None:
        return {"topic": topic, "version": 0, "state": {}, "changed_at": None}
    changed = row.changed_at.isoformat() if row.changed_at else None
    return {"topic": topic, "version": row.version, "state": row.state, "changed_at": changed}
