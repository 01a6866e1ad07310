"""How many teams or persons a holder may still enter: base, adjustments, history, and what one more would break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from competitions.contests.rulebook.quota import HistoryStep, QuotaRule


@dataclass(frozen=True, slots=True)
class Change:
    """An approved adjustment. event: the one event that it is bound to, "" when it counts in any."""

    code: str
    delta: int
    event: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """How much of its quota a holder used in one edition."""

    used: int
    full: int


@dataclass(slots=True)
class Position:
    """Where a holder stands.

    allowed: over all events, None: no such limit; caps: by event, with what is bound to it; free: how many more than
    their caps the events may take together; used: by event.
    """

    allowed: int | None
    caps: dict[str, int] = field(default_factory=dict)
    free: int = 0
    used: dict[str, int] = field(default_factory=dict)

    @property
    def used_in_all(self) -> int:
        return sum(self.used.values())

    def beyond_caps(self) -> int:
        """How many places are used above the caps, over all events."""
        return sum(max(0, n - self.caps[event]) for event, n in self.used.items() if event in self.caps)

    def room(self, event: str) -> int:
        """How many the event's own cap lets it have, with what of the free places its sisters leave it."""
        beyond = self.beyond_caps() - max(0, self.used.get(event, 0) - self.caps[event])
        return self.caps[event] + max(0, self.free - beyond)

    def left(self, event: str) -> int | None:
        """How many more the event may take; None: any number."""
        limits = []
        if self.allowed is not None:
            limits.append(self.allowed - self.used_in_all)
        if event in self.caps:
            limits.append(self.room(event) - self.used.get(event, 0))
        return max(0, min(limits)) if limits else None

    def take(self, event: str, n: int) -> str:
        """Count n more for the event; QUOTA_ALL or QUOTA_EVENT when that is too many (then nothing is counted)."""
        if n <= 0:
            self.used[event] = self.used.get(event, 0) + n
            return ""
        if self.allowed is not None and self.used_in_all + n > self.allowed:
            return "QUOTA_ALL"
        tried = Position(self.allowed, self.caps, self.free, {**self.used, event: self.used.get(event, 0) + n})
        if event in self.caps and tried.beyond_caps() > max(self.free, self.beyond_caps()):
            return "QUOTA_EVENT"
        self.used = tried.used
        return ""


@dataclass(frozen=True, slots=True)
class TeamAsk:
    """One team on its way in. row: what a finding is charged to; places: how many of the quota's unit it takes."""

    row: int
    school: str
    holder: str
    event: str
    places: int
    topic: str = ""
    topic_class: str = ""


def judge_teams(asks: Iterable[TeamAsk], positions: Mapping[str, Position]) -> list[tuple[TeamAsk, str, int]]:
    """Teams that are too many, in order: (team, QUOTA_ALL or QUOTA_EVENT, the limit that holds)."""
    found = []
    for ask in asks:
        position = positions[ask.holder]
        code = position.take(ask.event, ask.places)
        if code:
            limit = position.allowed if code == "QUOTA_ALL" else position.caps[ask.event]
            found.append((ask, code, limit or 0))
    return found


def base_of(rule: QuotaRule, code: str) -> int:
    """The quota before adjustments, for a holder of that class; an unknown class has the common base."""
    return next((base.n for base in rule.bases if base.code == code), rule.base)


def allowed_by(rule: QuotaRule, code: str, changes: Iterable[Change]) -> int:
    """Base and every adjustment; never below nothing."""
    return max(0, base_of(rule, code) + sum(change.delta for change in changes))


def position_of(
    edition: QuotaRule | None,
    events: Mapping[str, QuotaRule],
    code: str,
    edition_changes: Sequence[Change],
    event_changes: Mapping[str, Sequence[Change]],
    used: Mapping[str, int],
) -> Position:
    """A holder's position. events: the events with a quota of their own; event_changes: adjustments of those.

    An adjustment of the whole edition that is bound to an event also raises that event's cap; one that is not lets one
    event more go above its cap.
    """
    bound = {event: sum(c.delta for c in edition_changes if c.event == event) for event in events}
    caps = {e: allowed_by(rule, code, event_changes.get(e, ())) + max(0, bound[e]) for e, rule in events.items()}
    free = sum(c.delta for c in edition_changes if not c.event and c.delta > 0)
    allowed = None if edition is None else allowed_by(edition, code, edition_changes)
    return Position(allowed, caps, free, dict(used))


def history_delta(steps: Iterable[HistoryStep], years: Sequence[Year]) -> int:
    """What a holder loses for unused quota: the worst step whose years, counted back from the last, all fall below it.

    years: oldest first. A step below "0" means nothing was entered at all; a year without a quota counts for no step.
    """
    return min((step.delta for step in steps if _falls_below(step, years)), default=0)


def _falls_below(step: HistoryStep, years: Sequence[Year]) -> bool:
    if len(years) < step.years:
        return False
    return all(_below(year, step.below) for year in years[-step.years :])


def _below(year: Year, share: Decimal) -> bool:
    if year.full <= 0:
        return False
    return year.used == 0 if share == 0 else Decimal(year.used) < share * year.full


def repeated(values: Sequence[tuple[str, str]], standing: Iterable[tuple[str, str]]) -> list[int]:
    """Positions of (holder, value) pairs that a holder has named before; an empty value never repeats."""
    seen = {pair for pair in standing if pair[1]}
    found = []
    for position, pair in enumerate(values):
        if pair[1] and pair in seen:
            found.append(position)
        seen.add(pair)
    return found


def too_few(minimum_entries: int, unit: str, schools: Iterable[str]) -> int | None:
    """How many there are, when that is fewer than needed; None: enough. schools: one per submitted team."""
    teams = list(schools)
    found = len(set(teams)) if unit == "schools" else len(teams)
    return found if found < minimum_entries else None
