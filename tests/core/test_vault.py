"""Sealed values open only where they belong and with a key that is known."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core import vault

UID = UUID(int=7)
HERE: dict[str, Any] = {"table": "people_person", "column": "name", "uid": UID}
TEXT = "张三 34052419800101001X"


@given(st.text())
def test_what_was_sealed_opens_again(text: str) -> None:
    assert vault.unseal(vault.seal(text, **HERE), **HERE) == text


def test_the_same_text_never_looks_the_same() -> None:
    assert vault.seal(TEXT, **HERE) != vault.seal(TEXT, **HERE)


@pytest.mark.parametrize("moved", [{"table": "other"}, {"column": "id_number"}, {"uid": uuid4()}])
def test_a_moved_value_does_not_open(moved: dict[str, Any]) -> None:
    sealed = vault.seal(TEXT, **HERE)

    with pytest.raises(vault.InvalidTag):
        vault.unseal(sealed, **{**HERE, **moved})


def test_an_altered_value_does_not_open() -> None:
    key_id, _, box = vault.seal(TEXT, **HERE).partition(".")
    raw = bytearray(base64.urlsafe_b64decode(box))

    for at in range(len(raw)):
        raw[at] ^= 1
        with pytest.raises(vault.InvalidTag):
            vault.unseal(f"{key_id}.{base64.urlsafe_b64encode(raw).decode()}", **HERE)
        raw[at] ^= 1


def test_an_unknown_key_is_named_by_its_id_only() -> None:
    _, _, box = vault.seal(TEXT, **HERE).partition(".")

    with pytest.raises(vault.KeyMissing, match="^'?gone'?$"):
        vault.unseal(f"gone.{box}", **HERE)


def test_a_former_key_still_opens_what_it_sealed(settings: Any) -> None:
    old = vault.seal(TEXT, **HERE)
    settings.FIELD_KEYS = [("new", bytes(32)), *settings.FIELD_KEYS]

    assert vault.unseal(old, **HERE) == TEXT
    assert vault.seal(TEXT, **HERE).startswith("new.")


def test_a_blind_index_depends_on_purpose_and_key(settings: Any) -> None:
    first, other = vault.blind_index(TEXT, purpose="a"), vault.blind_index(TEXT, purpose="b")
    settings.INDEX_KEY = bytes(32)

    assert len({first, other, vault.blind_index(TEXT, purpose="a")}) == 3
