"""A certificate is typeset once and kept encrypted; what cannot be opened is typeset again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from certificates.credentials import services
from certificates.credentials.models import Credential
from certificates.credentials.render import pdf_of
from tests.credentials.test_issuing import issued

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_the_second_print_is_the_kept_one(kept: Path) -> None:
    credential = issued()

    first = services.printed(credential)
    (file,) = files(kept)
    written = file.stat().st_mtime_ns
    second = services.printed(Credential.objects.get())

    assert first == second == pdf_of(credential)
    assert (files(kept), file.stat().st_mtime_ns) == ([file], written)


def test_nothing_readable_is_kept(kept: Path) -> None:
    credential = issued()
    services.printed(credential)

    (file,) = files(kept)
    assert b"%PDF" not in file.read_bytes()
    assert credential.number not in str(file)


@pytest.mark.parametrize("damage", [b"", b"t.", b"other.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", b"\xff\xfe.nonsense"])
def test_a_damaged_file_is_printed_anew(kept: Path, damage: bytes) -> None:
    credential = issued()
    services.printed(credential)
    (file,) = files(kept)
    file.write_bytes(damage)

    assert services.printed(credential)[:5] == b"%PDF-"
    assert file.read_bytes() != damage


def test_every_certificate_has_its_own_print_and_no_other_opens_there(kept: Path) -> None:
    one, two = issued(key="a"), issued(key="b")
    services.printed(one)
    (first,) = files(kept)
    services.printed(two)
    second = next(path for path in files(kept) if path != first)
    second.write_bytes(first.read_bytes())

    assert services.printed(two) == pdf_of(two)
