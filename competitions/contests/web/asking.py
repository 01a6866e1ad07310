"""What pages ask before they show anything, and where the problems of what somebody sent are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from competitions.contests.forms.rules import field_name
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.contests.selectors import event_of


def organised(actor: Actor, code: str) -> Event:
    """The event, for one of its organisers. Raises NotFound, NotAllowed."""
    found = event_of(actor, code)
    require(may_organise(actor, found), _("Only the organisers of this event do this."))
    return found


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
