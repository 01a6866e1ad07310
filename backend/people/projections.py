"""Persons as an officer may see them: masked, with the rows that name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from backend.people.models import Person
from backend.people.rulebook import mask_id_number, mask_name
from backend.people.selectors import Holding, holdings_of
from backend.ui.registry import state_of


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """One person for comparison with another; number and name are masked."""

    id_type: str
    id_number: str
    name: str
    birth_date: date | None
    account: str
    holdings: list[dict[str, object]]  # label, count


def _label(holding: Holding) -> str:
    """The kind of row in the reader's language, as its room registered it."""
    return str(state_of("holding", holding.kind)[0])


def differences(duplicate: Person, into: Person) -> list[str]:
    """What speaks against the two being one human, for the second officer to look at once more."""
    told = []
    if _without_spaces(duplicate) != _without_spaces(into):
        told.append(_("The names differ."))
    if None not in (duplicate.birth_date, into.birth_date) and duplicate.birth_date != into.birth_date:
        told.append(_("The dates of birth differ."))
    return told


def _without_spaces(person: Person) -> str:
    return "".join(person.reveal("name").split())


def identity_card(person: Person) -> IdentityCard:
    """What a system officer compares before confirming."""
    return IdentityCard(
        id_type=person.id_type,
        id_number=mask_id_number(person.reveal("id_number")),
        name=mask_name(person.reveal("name")),
        birth_date=person.birth_date,
        account=person.user.account_name if person.user else "",
        holdings=[{"label": _label(each), "count": each.count} for each in holdings_of(person) if each.count],
    )
