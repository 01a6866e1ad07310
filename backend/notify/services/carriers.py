"""The interface to whatever carries copies of notes outside: a mail server, an SMS company.

A carrier is opened for a batch and told one letter at a time. The promise it has to keep: `carry` returns only when the
other side has taken the letter, raises `Refused` when it never will (nothing is tried again), and `Unreachable` when it
may later. `client_id` is the letter's own for ever: a gateway that is given it again must not send a second message.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from backend.notify.enums import Failure


@dataclass(frozen=True, slots=True)
class Letter:
    """One copy on its way. address: an e-mail address or a phone number; leave: where the reader turns copies off."""

    client_id: UUID
    address: str
    subject: str
    text: str
    leave: str = ""


class CarryError(Exception):
    """detail: the other side's number for it, such as 550; never its words, which may repeat the address."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(failure)
        self.failure, self.detail = failure, detail[:10]


class Refused(CarryError):
    """For good."""


class Unreachable(CarryError):
    """For now. broken: the line itself is down, so the rest of the batch waits too."""

    def __init__(self, detail: str = "", *, broken: bool = True) -> None:
        super().__init__(Failure.UNREACHABLE, detail)
        self.broken = broken


class Line(Protocol):
    """An open line to the other side."""

    def carry(self, letter: Letter) -> None:
        """Hand one letter over; returns when it is taken. Raises Refused, Unreachable."""


class Carrier(Protocol):
    """One way of sending."""

    def ready(self) -> bool:
        """Whether the operator has set it up."""

    def open(self) -> AbstractContextManager[Line]:
        """A line for a batch. Raises Unreachable."""


_carriers: dict[str, Carrier] = {}


def register_carrier(channel: str, carrier: Carrier) -> None:
    """Called in the room's wiring."""
    _carriers[channel] = carrier


def carrier_of(channel: str) -> Carrier | None:
    """The carrier of a channel, None where the operator has set none up."""
    carrier = _carriers.get(channel)
    return carrier if carrier is not None and carrier.ready() else None
