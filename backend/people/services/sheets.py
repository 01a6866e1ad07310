"""Workbooks with their bad cells marked: made at once, kept encrypted for an hour for whoever sent them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.core.cache import cache

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.core.vault import seal_bytes, unseal_bytes
from backend.spreadsheets.annotate import annotate
from backend.spreadsheets.columns import CellError
from backend.spreadsheets.errors import SheetRefused

KEPT_SECONDS = 3600


def marked_copy(content: bytes, *, sheet: str, errors: Iterable[CellError]) -> bytes:
    """The workbook with its bad cells marked; b"" where no copy of it can be written (the errors are listed anyway)."""
    try:
        return annotate(content, sheet=sheet, errors=errors)
    except SheetRefused:
        return b""


def keep_marked(*, actor: Actor, content: bytes) -> str:
    """Keep a marked workbook for an hour; the word under which the same account gets it back."""
    token = secrets.token_urlsafe(16)
    key = _key(actor, token)
    cache.set(key, seal_bytes(content, bound_to=key), KEPT_SECONDS)
    return token


def marked_workbook(*, actor: Actor, token: str) -> bytes:
    """What was kept. Raises NotFound after an hour, and for another account."""
    key = _key(actor, token)
    sealed = cache.get(key)
    if sealed is None:
        raise NotFound
    return unseal_bytes(sealed, bound_to=key)


def _key(actor: Actor, token: str) -> str:
    return f"marked-sheet:{actor.user_uid}:{token}"
