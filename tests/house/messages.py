"""Catalogues of all rooms: `python -m tests.house.messages` says what is stale, `--write` collects and compiles."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polib

from tests.house.floorplan import PACKAGES, ROOT

DOMAIN = "LC_MESSAGES/django.po"


def catalogues() -> list[Path]:
    return sorted(p for package in PACKAGES for p in (ROOT / package).rglob(f"locale/*/{DOMAIN}"))


def complaints(path: Path) -> list[str]:
    """What is wrong with one catalogue: untranslated, fuzzy, or compiled from another text."""
    catalogue, name = polib.pofile(str(path)), path.relative_to(ROOT)
    entries = [e for e in catalogue if not e.obsolete]
    found = [f"{name}: no translation of {e.msgid[:60]!r}" for e in entries if not e.translated() and not e.fuzzy]
    found += [f"{name}: fuzzy {e.msgid[:60]!r}" for e in entries if e.fuzzy]
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        return [*found, f"{name}: not compiled"]
    if _texts(polib.mofile(str(compiled))) != _texts(e for e in entries if e.translated()):
        found.append(f"{name}: the compiled file is older than the text; run make messages")
    return found


def _texts(entries: object) -> dict[tuple[str, str], object]:
    return {(e.msgctxt or "", e.msgid): e.msgstr_plural or e.msgstr for e in entries}  # type: ignore[attr-defined]


def write() -> None:
    for path in catalogues():
        room = path.parents[3]
        manage = [sys.executable, str(ROOT / "manage.py")]
        subprocess.run([*manage, "makemessages", "-l", path.parents[1].name, "--no-location"], cwd=room, check=True)
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    wrong = [line for path in catalogues() for line in complaints(path)]
    print("\n".join(wrong) or f"messages: {len(catalogues())} catalogues complete and compiled")
    raise SystemExit(1 if wrong else 0)
