"""From an ask to an answer, given a way to solve programs; and what each person of a composition is worth."""

from __future__ import annotations

from competitions.judges.rulebook.checking import cost, hard_breaches
from competitions.judges.rulebook.program import Answer, Solve, clash_of, enforceable, write
from competitions.judges.rulebook.values import Ask


def answer(ask: Ask, solve: Solve) -> Answer:
    """The cheapest composition that breaks no hard rule; else which rules clash, and the way with the fewest broken."""
    hard = enforceable(ask)
    program = write(ask, enforced=hard)
    values = solve(program)
    if values is not None:
        return Answer(choice=program.places(values))
    relaxed = write(ask, enforced=(), yielding=hard)
    loose = solve(relaxed)
    places = relaxed.places(loose) if loose is not None else frozenset()
    return Answer(clash=clash_of(ask, solve), relief=places, broken=tuple(hard_breaches(ask, places)))


def worth(ask: Ask, key: str, points: int, solve: Solve) -> int | None:
    """How many points more the best composition without this person costs; None: there would be none.

    points: the cost of the composition with the person.
    """
    fewer = ask.without(key)
    program = write(fewer, enforced=enforceable(fewer))
    values = solve(program)
    return None if values is None else cost(fewer, program.places(values)) - points
