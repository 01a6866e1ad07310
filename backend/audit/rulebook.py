"""How the chain is computed: plain functions that anyone can repeat."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

GENESIS = "0" * 64


def canonical_entry(entry: Any) -> bytes:
    """The bytes of an entry that its seal covers."""
    fields = [
        entry.uid.hex,
        entry.at.isoformat(),
        entry.user_uid.hex if isinstance(entry.user_uid, UUID) else "",
        entry.role,
        entry.scope,
        entry.device,
        entry.action,
        entry.subject_kind,
        entry.subject_key,
        entry.subject_label,
        entry.event_code,
        entry.details,
    ]
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seal_hash(previous: str, sequence: int, body: bytes) -> str:
    """SHA-256 over the previous hash, the sequence number and the entry."""
    return hashlib.sha256(f"{previous}|{sequence}|".encode() + body).hexdigest()
