"""Lifecycles as tables that anyone can hold against the regulation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import CheckConstraint, Q

from backend.core.errors import IllegalMove


class Lifecycle:
    """The allowed moves of one kind of thing: `(state, verb) -> next state`."""

    def __init__(self, name: str, moves: Mapping[tuple[str, str], str], *, also: tuple[str, ...] = ()) -> None:
        self.name = name
        self.moves = dict(moves)
        self.states = sorted({s for s, _ in self.moves} | set(self.moves.values()) | set(also))

    def allows(self, state: str, verb: str) -> bool:
        return (state, verb) in self.moves

    def after(self, state: str, verb: str) -> str:
        """The state after that verb; IllegalMove when the table has no such row."""
        if (state, verb) not in self.moves:
            raise IllegalMove(state=state, verb=verb)
        return self.moves[state, verb]

    def check(self, field: str = "state") -> Any:
        """The database's copy of the table's states, for `Meta.constraints`."""
        return CheckConstraint(condition=Q(**{f"{field}__in": self.states}), name=f"{self.name}_{field}_known")
