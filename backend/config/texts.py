"""Which texts the sources show, and which of them no catalogue translates; works without gettext's tools."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation.template import templatize

PACKAGES = ["backend", "competitions", "training", "certificates", "realtime"]
MARKS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 1, "ngettext_lazy": 1}
MARKS |= {"pgettext": 2, "pgettext_lazy": 2, "npgettext": 2, "npgettext_lazy": 2}
IN_TEMPLATE = re.compile(r"""\b(p?gettext|ngettext|_)\(u?((?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|,\s*u?)+)""", re.S)


def of_python(source: str) -> Iterator[str]:
    """The msgids of a module: constant first (for pgettext second) arguments of the marking functions."""
    tree = ast.parse(source)
    marks = MARKS | _renamed(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        place = marks.get(name, 0)
        if place and len(node.args) >= place:
            given = node.args[place - 1]
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield given.value


def _renamed(tree: ast.Module) -> dict[str, int]:
    """Marking functions imported under a name of the module's own, which gettext's tools do not know."""
    taken = (n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "django.utils.translation")
    return {a.asname: MARKS[a.name] for n in taken for a in n.names if a.asname and a.name in MARKS}


def of_template(source: str) -> Iterator[str]:
    """The msgids of a template, as Django's own extraction hands them to xgettext."""
    for name, arguments in IN_TEMPLATE.findall(templatize(source)):
        values = ast.literal_eval(f"({arguments.rstrip().rstrip(',').replace(',u', ',')},)")
        yield values[1] if name == "pgettext" else values[0]


def shown(root: Path) -> dict[str, str]:
    """msgid -> the first file that shows it."""
    found: dict[str, str] = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.*")):
            if path.suffix not in (".py", ".html", ".txt") or "migrations" in path.parts:
                continue
            source = path.read_text(encoding="utf-8")
            for text in of_python(source) if path.suffix == ".py" else of_template(source):
                found.setdefault(text, str(path.relative_to(root)))
    return found


def untold(root: Path, catalogues: Iterable[Any]) -> list[str]:
    """Complaints: texts that no catalogue holds, and texts that two rooms translate differently."""
    translations: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in (entry for catalogue in catalogues for entry in catalogue if not entry.obsolete):
        translations[entry.msgctxt or "", entry.msgid].add(str(entry.msgstr or entry.msgstr_plural))
    known = {msgid for _, msgid in translations}
    missing = [f"{file}: in no catalogue: {text[:60]!r}" for text, file in shown(root).items() if text not in known]
    several = {msgid: told for (_, msgid), told in translations.items() if len(told) > 1}
    return missing + [f"told in {len(told)} ways: {msgid[:60]!r}: {sorted(told)}" for msgid, told in several.items()]
