"""The audit's only writers: `record` inserts, `seal_entries` chains."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction

from backend.audit.models import AuditEntry, AuditSeal
from backend.audit.rulebook import GENESIS, canonical_entry, seal_hash
from backend.core import clock
from backend.core.actor import Actor
from backend.core.refs import Ref

BATCH = 500
ADVISORY_LOCK = 7_316_001
SEAL_PAUSE = 0.3  # seconds in which entries gather, so that a burst of marks is sealed at once
_wanted = threading.Event()
log = logging.getLogger("audit.head")


def record(*, actor: Actor, action: str, subject: Ref, event_code: str = "", **details: Any) -> None:
    """Write what happened, in the caller's transaction; an insert only, so that no writer waits for another.

    details: JSON values without anything personal.
    """
    _insert(actor, action, [(subject, details)], event_code)


def record_many(
    *, actor: Actor, action: str, facts: Iterable[tuple[Ref, Mapping[str, Any]]], event_code: str = ""
) -> None:
    """The same act on many subjects, each with its details: one entry for each, in few inserts."""
    _insert(actor, action, facts, event_code)


def _insert(actor: Actor, action: str, facts: Iterable[tuple[Ref, Mapping[str, Any]]], event_code: str) -> None:
    at, scope = clock.now(), str(actor.scope or "")
    rows = (
        AuditEntry(
            at=at,
            user_uid=actor.user_uid,
            role=actor.role,
            scope=scope,
            device=actor.device,
            action=action,
            subject_kind=subject.kind,
            subject_key=subject.key,
            subject_label=subject.label[:120],
            event_code=event_code,
            details=json.loads(json.dumps(details, default=str)),
        )
        for subject, details in facts
    )
    written = False
    while batch := list(islice(rows, BATCH)):
        AuditEntry.objects.bulk_create(batch)
        written = True
    if written and settings.EMBEDDED and not settings.TASKS_EAGER:
        transaction.on_commit(_wanted.set, robust=True)


def seal_when_wanted(stopping: threading.Event) -> None:
    """The embedded process's sealer: chains what was recorded, a moment after the commit that told it."""
    _wanted.set()  # the last process may have left something
    while not stopping.is_set():
        if _wanted.wait(1):
            stopping.wait(SEAL_PAUSE)
            _wanted.clear()
            _seal_all()
    _seal_all()


def _seal_all() -> None:
    try:
        while seal_entries():
            pass
    except DatabaseError:
        log.exception("sealing failed; it is tried again with the next entry")
        _wanted.set()
    finally:
        close_old_connections()


@transaction.atomic
def seal_entries(limit: int = 2000) -> int:
    """Chain every visible unsealed entry; one sealer at a time. Returns how many were sealed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ADVISORY_LOCK])
            if not cursor.fetchone()[0]:
                return 0
    last = AuditSeal.objects.order_by("-sequence").first()
    sequence, previous = (last.sequence, last.hash) if last else (0, GENESIS)
    waiting = list(AuditEntry.objects.filter(seal=None).order_by("pk")[:limit])
    seals, now = [], clock.now()
    for entry in waiting:
        sequence += 1
        digest = seal_hash(previous, sequence, canonical_entry(entry))
        seals.append(AuditSeal(sequence=sequence, entry=entry, previous=previous, hash=digest, sealed_at=now))
        previous = digest
    AuditSeal.objects.bulk_create(seals)
    if seals:
        transaction.on_commit(lambda: _write_head(sequence, previous), robust=True)
    return len(seals)


def _write_head(count: int, digest: str) -> None:
    """Keep the chain's head outside the database, so that a cut tail shows."""
    path = settings.STATE_DIR / "audit-head.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(f"{clock.now().isoformat()} {count} {digest}\n")
    log.info("audit head", extra={"count": count, "hash": digest})
