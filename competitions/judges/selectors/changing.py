"""What it would mean to put somebody else in a place: asked before anything is saved."""

from __future__ import annotations

from dataclasses import dataclass

from competitions.judges.rulebook import Ask, Breach, Place, breaches, cost

UNAVAILABLE = "unavailable"  # somebody who is not in the pool, has not agreed or was refused


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
    """The composition with `candidate` in a place instead of who sits there ("" as its key: nobody does).

    Whoever left the pool since the composition was made counts as not there; as a candidate they break a hard rule.
    """
    people = {c.key for c in ask.candidates}
    if candidate not in people:
        gone = Breach(UNAVAILABLE, place[0], place[1], candidate)
        return Change(candidate, (gone,), (gone,), 0)
    now = [p for p in choice if p[2] in people]
    then = [p for p in now if p != place] + [(place[0], place[1], candidate)]
    before = breaches(ask, now)
    added = tuple(b for b in breaches(ask, then) if b not in before)
    hard = tuple(b for b in added if ask.rules.hard(b.rule))
    return Change(candidate, added, hard, cost(ask, then) - cost(ask, now))


def changes_for(ask: Ask, choice: frozenset[Place], place: Place) -> list[Change]:
    """Every other candidate for a place, the best first."""
    others = [c.key for c in ask.candidates if (place[0], place[1], c.key) not in choice]
    found = [change_of(ask, choice, place, key) for key in others]
    return sorted(found, key=lambda c: (len(c.hard), c.points, c.candidate))
