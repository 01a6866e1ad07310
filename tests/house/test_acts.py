"""Every act that a service records has words in both languages, registered once by its room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from backend.people.models import APPLICATION
from backend.selection.models import APPLICATION as SENT
from backend.selection.models import CALL
from backend.selection.models import OBJECTION as PROTEST
from backend.ui import registry
from competitions.contests.models import EVENT
from competitions.judges.models import NOMINATION
from competitions.registration.models import ENTRY, OBJECTION, SUBSTITUTION, WITHDRAWAL

ROOT = Path(__file__).parents[2]
# lifecycles whose verbs are recorded as they are done
VERBS = {
    "entry.": ENTRY,
    "substitution.": SUBSTITUTION,
    "withdrawal.": WITHDRAWAL,
    "entry_objection.": OBJECTION,
    "event.": EVENT,
    "nomination.": NOMINATION,
    "call.": CALL,
    "application.": SENT,
    "objection.": PROTEST,
    "membership.": APPLICATION,
}


def recorded(source: str) -> Iterator[str]:
    """The actions of a module's `record(…, action=…)`: constants, choices, names given before."""
    for function in (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef)):
        given = {
            target.id: node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and _called(node) in ("record", "record_many"):
                yield from (a for k in node.keywords if k.arg == "action" for a in _words(k.value, given))


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _words(value: ast.expr, given: dict[str, ast.expr]) -> list[str]:
    if isinstance(value, ast.Constant):
        return [str(value.value)]
    if isinstance(value, ast.IfExp):
        return _words(value.body, given) + _words(value.orelse, given)
    if isinstance(value, ast.Name) and value.id in given:
        return _words(given[value.id], given)
    if isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
        prefix = str(value.values[0].value)
        return [prefix + verb for _state, verb in VERBS[prefix].moves]
    raise AssertionError(f"cannot tell which act line {value.lineno} records: name it in its function")


def every_act() -> set[str]:
    packages = ("backend", "competitions", "training", "certificates", "realtime")
    files = (p for package in packages for p in (ROOT / package).rglob("*.py") if "migrations" not in p.parts)
    return {act for path in files for act in recorded(path.read_text("utf-8"))}


@pytest.mark.parametrize("act", sorted(every_act()))
def test_an_act_has_words_in_both_languages(act: str) -> None:
    with translation.override("en"):
        english = registry.act_name(act)
    with translation.override("zh-hans"):
        chinese = registry.act_name(act)

    assert act != english, "register it in its room's wiring.py with registry.acts"
    assert any(letter > "\u4e00" for letter in chinese), chinese


def test_a_seat_is_called_in_the_readers_language() -> None:
    with translation.override("zh-hans"):
        assert registry.label_of("seat", "judge 3") == "裁判席 3"
    with translation.override("en"):
        assert registry.label_of("seat", "judge 3") == "Judge 3"


def test_an_unknown_kind_keeps_the_label_that_was_frozen() -> None:
    assert registry.label_of("work", "B17") == "B17"
