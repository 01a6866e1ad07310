"""What pages of this room share: problems at their fields, the chosen offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from backend.core.errors import Invalid, NotFound
from backend.selection.models import Offer


def show_problems(form: Any, invalid: Invalid, *, prefix: str = "") -> None:
    """Problems of a service at the fields they name, all others above the form."""
    for name, said in invalid.problems.items():
        field = f"{prefix}{name}" if f"{prefix}{name}" in form.fields else name
        for text in said if isinstance(said, list) else [said]:
            form.add_error(field if field in form.fields else None, text)


def chosen(offers: Sequence[Offer], request: HttpRequest) -> Offer | None:
    """The offer that the address names, else the first; NotFound for one that is not among them."""
    wanted = request.GET.get("offer") or request.POST.get("offer")
    if not wanted:
        return offers[0] if offers else None
    found = next((offer for offer in offers if str(offer.uid) == wanted), None)
    if found is None:
        raise NotFound
    return found
