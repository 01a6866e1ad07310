"""Third-party code comes from the lock by its hash, from whichever registry the machine uses."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from backend.ui import assets

UI = Path(assets.__file__).parent


def test_every_locked_package_has_its_hash_and_no_registry() -> None:
    packages = {k: v for k, v in json.loads((UI / "package-lock.json").read_text())["packages"].items() if k}

    assert [name for name, package in packages.items() if not package.get("integrity")] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_versions_are_those_that_were_tried() -> None:
    wanted = json.loads((UI / "package.json").read_text())["dependencies"]
    packages = json.loads((UI / "package-lock.json").read_text())["packages"]

    assert packages["node_modules/@tabler/core"]["version"] == wanted["@tabler/core"]


def test_an_exposed_text_has_no_source_map_and_a_compressed_twin(tmp_path: Path) -> None:
    source = tmp_path / "a.js"
    source.write_text("export const a = 1;\n//# sourceMappingURL=a.js.map\n")

    assets.expose(source, tmp_path / "out" / "a.js")

    assert (tmp_path / "out" / "a.js").read_text() == "export const a = 1;\n"
    assert gzip.decompress((tmp_path / "out" / "a.js.gz").read_bytes()) == b"export const a = 1;\n"


@pytest.mark.parametrize(
    ("known", "dev", "again"),
    [("", False, True), ("plain", False, False), ("dev", False, False), ("plain", True, True)],
)
def test_assets_are_fetched_only_when_the_lock_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: str, dev: bool, again: bool
) -> None:
    stamps = {"": "", "plain": assets.stamp_of(False), "dev": assets.stamp_of(True)}
    (tmp_path / ".stamp").write_text(stamps[known])
    monkeypatch.setattr(assets, "VENDOR", tmp_path)
    calls: list[bool] = []
    monkeypatch.setattr(assets, "install", calls.append)

    assets.main(dev)

    assert bool(calls) is again
