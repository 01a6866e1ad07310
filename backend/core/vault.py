"""Encrypted values: AES-256-GCM bound to table, column and row; a keyed blind index makes them findable."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


class KeyMissing(RuntimeError):
    """A value was sealed with a key that this installation does not have."""


def _bound_to(table: str, column: str, uid: UUID) -> bytes:
    return f"{table}|{column}|{uid.hex}".encode()


def seal(value: str, *, table: str, column: str, uid: UUID) -> str:
    """Encrypt a text for exactly one table, column and row: `key id . base64(nonce + ciphertext)`; "" stays ""."""
    if not value:
        return ""
    key_id, key = settings.FIELD_KEYS[0]
    nonce = os.urandom(12)
    box = AESGCM(key).encrypt(nonce, value.encode(), _bound_to(table, column, uid))
    return f"{key_id}.{base64.urlsafe_b64encode(nonce + box).decode()}"


def unseal(sealed: str, *, table: str, column: str, uid: UUID) -> str:
    """The text behind `seal`; KeyMissing for an unknown key, InvalidTag when moved or altered."""
    if not sealed:
        return ""
    key_id, _, box = sealed.partition(".")
    keys = dict(settings.FIELD_KEYS)
    if key_id not in keys:
        raise KeyMissing(key_id)
    raw = base64.urlsafe_b64decode(box)
    return AESGCM(keys[key_id]).decrypt(raw[:12], raw[12:], _bound_to(table, column, uid)).decode()


def seal_bytes(content: bytes, *, bound_to: str) -> bytes:
    """Encrypt a kept file for exactly one place (such as `import|<uid>|<sha256>`): key id, a dot, nonce, ciphertext."""
    key_id, key = settings.FIELD_KEYS[0]
    nonce = os.urandom(12)
    return key_id.encode() + b"." + nonce + AESGCM(key).encrypt(nonce, content, bound_to.encode())


def unseal_bytes(sealed: bytes, *, bound_to: str) -> bytes:
    """The file behind `seal_bytes`; KeyMissing for an unknown key, InvalidTag when moved or altered."""
    key_id, _, box = sealed.partition(b".")
    keys = dict(settings.FIELD_KEYS)
    if key_id.decode() not in keys:
        raise KeyMissing(key_id.decode())
    return AESGCM(keys[key_id.decode()]).decrypt(box[:12], box[12:], bound_to.encode())


def blind_index(value: str, *, purpose: str) -> str:
    """A keyed digest to find an encrypted value by equality; its key is its own."""
    return hmac.new(settings.INDEX_KEY, f"{purpose}|{value}".encode(), hashlib.sha256).hexdigest()


def fingerprints() -> list[str]:
    """What start-up compares with the database's own record: tells other keys without revealing them.

    One per sealing key, the present one first: after a key was added in front, the record still matches a later one.
    """
    words = b"keys-of-this-database"
    return [
        hmac.new(settings.INDEX_KEY, words + key, hashlib.sha256).hexdigest()[:32] for _, key in settings.FIELD_KEYS
    ]


class SealedRow:
    """Mixin for models with `<name>_sealed` columns: `put("phone", text)` and `reveal("phone")`."""

    uid: UUID
    _meta: Any

    def put(self, name: str, value: str) -> None:
        """Encrypt a value into its column (save it as `<name>_sealed`)."""
        setattr(self, f"{name}_sealed", seal(value, table=self._meta.db_table, column=name, uid=self.uid))

    def reveal(self, name: str) -> str:
        """The plain value of a sealed column."""
        return unseal(getattr(self, f"{name}_sealed"), table=self._meta.db_table, column=name, uid=self.uid)


__all__ = [
    "InvalidTag",
    "KeyMissing",
    "SealedRow",
    "blind_index",
    "fingerprints",
    "seal",
    "seal_bytes",
    "unseal",
    "unseal_bytes",
]
