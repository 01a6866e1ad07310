"""Foreign keys point down, files stay small, and a planted violation is caught."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from tests.house.floorplan import FLOORS, PACKAGES, ROOT, source_files


def test_foreign_keys_point_to_the_same_or_a_lower_floor() -> None:
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if (field.many_to_one or field.one_to_one) and field.concrete and field.related_model
        if FLOORS.index(field.related_model._meta.app_label) > FLOORS.index(model._meta.app_label)
    ]

    assert upward == []


def test_rows_that_pages_reach_have_a_visibility_rule() -> None:
    silent = [
        model.__name__
        for model in apps.get_models()
        if "objects" in vars(model) or hasattr(model, "objects")
        if hasattr(model.objects, "visible_to") and model.objects.none().visible_to.__qualname__.startswith("Visible")
    ]

    assert silent == []


@pytest.mark.parametrize(("suffix", "limit"), [(".py", 300), (".html", 120), (".js", 150)])
def test_files_stay_small(suffix: str, limit: int) -> None:
    long = {
        str(p.relative_to(ROOT)): lines
        for p in source_files(suffix)
        if (lines := len(p.read_text(encoding="utf-8").splitlines())) > limit
    }

    assert long == {}


EDGES = {"web", "api", "tasks", "receivers", "consumers", "management", "templatetags"}


def test_an_edge_calls_only_its_own_rooms_services() -> None:
    strangers = []
    for path in source_files():
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[0] not in ("competitions", "certificates") or len(parts) < 3 or parts[2] not in EDGES:
            continue
        room = ".".join(parts[:2])
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if isinstance(node, ast.ImportFrom):
                names += [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names += [alias.name for alias in node.names]
            strangers += [
                f"{'.'.join(parts)} -> {name}"
                for name in names
                if name.split(".")[2:3] == ["services"] and not name.startswith(f"{room}.")
                if name.split(".")[0] in ("competitions", "certificates")
            ]

    assert strangers == []


PLANTED = {
    "an upward import": ("backend/people/selectors.py", "import competitions.contests.models  # noqa"),
    "a sideways import": ("competitions/contests/selectors.py", "import training  # noqa"),
    "a room already left": ("competitions/contests/selectors.py", "import competitions.scoring.models  # noqa"),
    "a utils module": ("competitions/draw/utils.py", '"""Planted."""'),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_violation_is_caught(what: str, tmp_path: Path) -> None:
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "static", "locale")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path, line = PLANTED[what]
    with (tmp_path / path).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")

    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "BROKEN" in done.stdout
