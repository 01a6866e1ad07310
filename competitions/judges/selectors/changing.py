"""What it would mean to put somebody else in a place: asked before anything is saved."""

from __future__ import annotations

from dataclasses import dataclass

from competitions.judges.rulebook import Ask, Breach, Place, breaches, cost


@dataclass(frozen=True, slots=True)
class Change:
    """One candidate for a place. points: what it costs more.

    added: everything that the change breaks, hard rules in `hard`; soft: what wants a reason, that is soft rules which
    the person who sits there keeps (a newcomer for a newcomer needs none, a tie always does).
    """

    candidate: str
    added: tuple[Breach, ...]
    hard: tuple[Breach, ...]
    soft: tuple[Breach, ...]
    points: int


def change_of(ask: Ask, choice: frozenset[Place], place: Place, candidate: str) -> Change:
    """The composition with `candidate` in a place instead of who sits there ("" as its key: nobody does)."""
    then = (choice - {place}) | {(place[0], place[1], candidate)}
    before, after = breaches(ask, choice), breaches(ask, then)
    added = tuple(b for b in after if b not in before)
    hard = tuple(b for b in added if ask.rules.hard(b.rule))
    mended = {b.rule for b in before if b not in after and b.bond is None}
    soft = tuple(b for b in added if b not in hard and b.rule not in mended)
    return Change(candidate, added, hard, soft, cost(ask, then) - cost(ask, choice))


def changes_for(ask: Ask, choice: frozenset[Place], place: Place) -> list[Change]:
    """Every other candidate for a place, the best first."""
    others = [c.key for c in ask.candidates if (place[0], place[1], c.key) not in choice]
    found = [change_of(ask, choice, place, key) for key in others]
    return sorted(found, key=lambda c: (len(c.hard), c.points, c.candidate))
