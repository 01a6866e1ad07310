"""What it would mean to put somebody else in a place: asked before anything is saved."""

from __future__ import annotations

from dataclasses import dataclass

from competitions.judges.rulebook import Ask, Breach, Place, breaches, cost


@dataclass(frozen=True, slots=True)
class Change:
    """One candidate for a place. added: rules broken by the change, hard ones in `hard`; points: what it costs more."""

    candidate: str
    added: tuple[Breach, ...]
    hard: tuple[Breach, ...]
    points: int

    @property
    def soft(self) -> tuple[Breach, ...]:
        return tuple(b for b in self.added if b not in self.hard)


def change_of(ask: Ask, choice: frozenset[Place], place: Place, candidate: str) -> Change:
    """The composition with `candidate` in a place instead of who sits there ("" as its key: nobody does)."""
    then = (choice - {place}) | {(place[0], place[1], candidate)}
    before = breaches(ask, choice)
    added = tuple(b for b in breaches(ask, then) if b not in before)
    hard = tuple(b for b in added if ask.rules.hard(b.rule))
    return Change(candidate, added, hard, cost(ask, then) - cost(ask, choice))


def changes_for(ask: Ask, choice: frozenset[Place], place: Place) -> list[Change]:
    """Every other candidate for a place, the best first."""
    others = [c.key for c in ask.candidates if (place[0], place[1], c.key) not in choice]
    found = [change_of(ask, choice, place, key) for key in others]
    return sorted(found, key=lambda c: (len(c.hard), c.points, c.candidate))
