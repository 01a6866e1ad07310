"""What a composition breaks: the judge of every proposal, whoever made it. It shares nothing with the solver's program
but the rules for one person in one place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import ceil

from competitions.judges.enums import Duty, Rule, Tie
from competitions.judges.rulebook.values import Ask, Breach, Candidate, Need, Place, Slot


def fitness(ask: Ask, candidate: Candidate, slot: Slot, duty: str) -> Iterator[Breach]:
    """What one person in one place breaks, whoever sits beside."""
    for rule, broken in (
        (Rule.DUTY, duty not in candidate.duties),
        (Rule.SKILL, duty in (Duty.CHIEF, Duty.JUDGE) and bool(ask.skills) and not ask.skills & candidate.skills),
        (Rule.AGE, over_age(ask, candidate)),
        (Rule.BUSY, any(slot.overlaps(span) for span in candidate.busy)),
        (Rule.HOME, not candidate.outside),
        (Rule.NOVICE, candidate.served == 0),
    ):
        if broken:
            yield Breach(rule, slot.key, duty, candidate.key)
    for bond in candidate.bonds:
        if bond.kind == Tie.TAKES_PART or bond.school in slot.schools:
            yield Breach(bond.kind, slot.key, duty, candidate.key, bond=bond)


def over_age(ask: Ask, candidate: Candidate) -> bool:
    """Whether a known age is over the limit; an unknown one is for the organiser to ask."""
    return ask.rules.age_max is not None and candidate.age is not None and candidate.age > ask.rules.age_max


def share_needed(ask: Ask, need: Need) -> int:
    """How many of a slot's judges come from enterprises at least."""
    return ceil(ask.rules.share * need.count) if ask.rules.share and need.duty == Duty.JUDGE else 0


def breaches(ask: Ask, choice: Iterable[Place]) -> list[Breach]:
    """Everything that a composition breaks, hard and soft."""
    people = {c.key: c for c in ask.candidates}
    slots = {s.key: s for s in ask.slots}
    found = [Breach(Rule.UNAVAILABLE, *place) for place in sorted(choice) if place[2] not in people]
    places = sorted(place for place in choice if place[2] in people)
    for slot, duty, key in places:
        found += fitness(ask, people[key], slots[slot], duty)
    for need in ask.needs:
        found += _seats(
            ask, need, [people[key] for slot, duty, key in places if (slot, duty) == (need.slot, need.duty)]
        )
    for slot in slots:
        found += _firms(ask, slot, [people[key] for at, _, key in places if at == slot])
    for key in sorted({place[2] for place in places}):
        found += _load(ask, key, [slots[place[0]] for place in places if place[2] == key])
    return found


def _seats(ask: Ask, need: Need, seated: list[Candidate]) -> Iterator[Breach]:
    if len(seated) < need.count:
        yield Breach(Rule.VACANT, need.slot, need.duty, by=need.count - len(seated))
    missing = share_needed(ask, need) - sum(bool(c.firm) for c in seated)
    if missing > 0:
        yield Breach(Rule.SHARE, need.slot, need.duty, by=missing)


def _firms(ask: Ask, slot: str, seated: list[Candidate]) -> Iterator[Breach]:
    most = ask.rules.firm_max
    for firm, count in sorted(Counter(c.firm for c in seated if c.firm).items()):
        if most is not None and count > most:
            own = sorted(c.key for c in seated if c.firm == firm)
            yield Breach(Rule.FIRM, slot, candidate=own[-1], by=count - most)


def _load(ask: Ask, key: str, taken: list[Slot]) -> Iterator[Breach]:
    most = ask.rules.load_max
    if most is not None and len(taken) > most:
        yield Breach(Rule.LOAD, candidate=key, by=len(taken) - most)
    for n, slot in enumerate(taken):
        if any(slot.overlaps((other.starts, other.ends)) for other in taken[:n]):
            yield Breach(Rule.OVERLAP, slot.key, candidate=key)


def cost(ask: Ask, choice: Iterable[Place]) -> int:
    """Points of a composition: the weight of every soft breach, and of the busiest judge's sessions."""
    places = list(choice)
    points = sum(ask.rules.weight(b.rule) * b.by for b in breaches(ask, places))
    return points + ask.rules.evenness * max(Counter(p[2] for p in places).values(), default=0)


def hard_breaches(ask: Ask, choice: Iterable[Place]) -> list[Breach]:
    """What makes a composition impossible."""
    return [b for b in breaches(ask, choice) if ask.rules.hard(b.rule)]
