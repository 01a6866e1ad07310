"""Replacements and objections as their pages show them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from backend.people.rulebook import mask_id_number
from competitions.registration.enums import OBJECTION_STATES, SUBSTITUTION_STATES
from competitions.registration.models import EntryObjection, Substitution


@dataclass(frozen=True, slots=True)
class ReplacementLine:
    substitution: Substitution
    leaving: str
    arriving: str
    id_number: str
    reason: str
    answer: str
    word: Any


def replacement_lines(found: Iterable[Substitution]) -> list[ReplacementLine]:
    """With names in clear for those who may decide, the number masked."""
    lines = []
    for each in found:
        arriving = json.loads(each.reveal("arriving"))
        lines.append(
            ReplacementLine(
                each,
                each.leaving.reveal("name"),
                arriving["name"],
                mask_id_number(arriving["id_number"]),
                each.reveal("reason"),
                each.reveal("answer"),
                SUBSTITUTION_STATES[each.state][0],
            )
        )
    return lines


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    objection: EntryObjection
    about: str
    objector: str
    text: str
    answer: str
    word: Any

    @property
    def received_at(self) -> Any:
        return self.objection.received_at


def objection_lines(found: Iterable[EntryObjection]) -> list[ObjectionLine]:
    return [
        ObjectionLine(
            each,
            f"{each.entry.school.name} {each.entry.team_number}" if each.entry else _("the event"),
            each.reveal("objector"),
            each.reveal("text"),
            each.reveal("answer"),
            OBJECTION_STATES[each.state][0],
        )
        for each in found
    ]
