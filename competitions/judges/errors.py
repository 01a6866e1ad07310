"""What can go wrong with panels and seats."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class SeatIsClosed(DomainError):
    code = "seat_is_closed"
    message: Any = _("This seat is closed already.")


class SeatsAreSettled(DomainError):
    code = "seats_are_settled"
    message: Any = _("Scoring is open: its sheets are laid out, so no seat can be added and no recorder changed now.")
