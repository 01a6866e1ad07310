"""Kept workbooks: encrypted, named by event and SHA-256, never by their uploaded name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

from backend.core.vault import seal_bytes, unseal_bytes
from competitions.registration.errors import ImportPurged
from competitions.registration.models import EntryImport


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(entry_import: EntryImport, content: bytes) -> None:
    """Write the file once, whole or not at all."""
    path = _path(entry_import)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(seal_bytes(content, bound_to=_bound(entry_import)))
    part.replace(path)


def content_of(entry_import: EntryImport) -> bytes:
    """The workbook as it was uploaded; ImportPurged once it was deleted."""
    path = _path(entry_import)
    if not path.exists():
        raise ImportPurged
    return unseal_bytes(path.read_bytes(), bound_to=_bound(entry_import))


def drop(entry_import: EntryImport) -> None:
    _path(entry_import).unlink(missing_ok=True)


def _bound(entry_import: EntryImport) -> str:
    return f"import|{entry_import.uid.hex}|{entry_import.sha256}"


def _path(entry_import: EntryImport) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / f"{entry_import.sha256}-{entry_import.uid.hex}"
