"""Where the problems of what somebody sent are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from backend.core.errors import Invalid
from competitions.contests.forms.rules import field_name


def show_problems(invalid: Invalid, *asked: forms.Form) -> None:
    """Each problem of a service at the field it names; a JSON path at the field that fills it, else at the top."""
    for name, said in invalid.problems.items():
        for text in said if isinstance(said, list) else [said]:
            _show(name, text, asked)


def _show(name: str, text: Any, asked: tuple[forms.Form, ...]) -> None:
    field = field_name(name) if name.startswith("$") else name
    form = next((form for form in asked if field in form.fields), None)
    if form is None:
        asked[0].add_error(None, f"{name}: {text}" if name.startswith("$") else str(text))
    else:
        form.add_error(field, str(text))


def labelled(choices: Mapping[str, tuple[Any, str]]) -> dict[str, Any]:
    return {value: label for value, (label, _tone) in choices.items()}
