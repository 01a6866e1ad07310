"""Quotas as pages show them: a school's own lines in one event or many, and every holder of a quota."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from backend.people.models import Organisation
from competitions.contests.models import Edition, Event
from competitions.contests.rulebook import QuotaRule, read_rules
from competitions.contests.selectors import rules_of
from competitions.registration.models import Entry, QuotaAccount, QuotaAdjustment
from competitions.registration.rulebook.quotas import Position, base_of
from competitions.registration.selectors.quotas import Ledger, Quotas, holders_of, quotas_in, quotas_of, read_ledger


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """What a page shows of one quota: its words are the rules', its evidence the adjustments'.

    allowed: what the engine lets the holder have now, adjustments and free places counted. over_what: event, edition,
    or teams: the number of teams that an event's rules give each school, which is no quota.
    """

    title: str
    base: int
    base_name: str
    adjustments: list[QuotaAdjustment]
    allowed: int
    used: int
    rule: QuotaRule
    over_what: str = "event"

    @property
    def left(self) -> int:
        return max(0, self.allowed - self.used)

    @property
    def over(self) -> int:
        """How many stand beyond what is allowed, as after an adjustment was taken back."""
        return max(0, self.used - self.allowed)


def quota_lines_of(event: Event, school: Organisation) -> list[QuotaLine]:
    """The event's quota and the edition's, each with base, adjustments, used and left; what leaves least first."""
    return quota_lines_in([event], school)[event.pk]


def quota_lines_in(events: Iterable[Event], school: Organisation) -> dict[int, list[QuotaLine]]:
    """`quota_lines_of` by the key of each event, in a number of queries that does not depend on how many there are.

    events: with leading group, rule set and their edition's rule set.
    """
    listed = list(events)
    touching = quotas_in(listed)
    asked = [(event, quotas) for event in listed for quotas in touching[event.pk]]
    found: dict[int, list[QuotaLine]] = {event.pk: [] for event in listed}
    ledger = read_ledger(asked, [str(school.uid)])
    for event, quotas in asked:
        found[event.pk] += _lines(ledger, event, quotas, school)
    return {pk: sorted(lines, key=lambda line: (line.left, -line.over)) for pk, lines in found.items()}


def places_in(events: Iterable[Event], school: Organisation, teams: Mapping[int, int]) -> dict[int, list[QuotaLine]]:
    """By the key of each event everything that limits what the school may still enter; the binding line first.

    teams: the school's standing teams by event; those that were refused keep their place among them.
    """
    listed = list(events)
    lines = quota_lines_in(listed, school)
    return {
        event.pk: _by_teams([*_team_limit(event, teams.get(event.pk, 0)), *lines[event.pk]], event) for event in listed
    }


def _team_limit(event: Event, used: int) -> list[QuotaLine]:
    limit = rules_of(event).team.teams_per_school_max
    if limit is None:
        return []
    return [QuotaLine(event.name, limit, "", [], limit, used, QuotaRule("school", "teams", limit), over_what="teams")]


def _by_teams(lines: list[QuotaLine], event: Event) -> list[QuotaLine]:
    """In the order of how many whole teams each line still lets in."""
    size = max(1, rules_of(event).team.contestants_min)
    return sorted(lines, key=lambda line: (line.left // (size if line.rule.unit == "persons" else 1), -line.over))


def _lines(ledger: Ledger, event: Event, quotas: Quotas, school: Organisation) -> list[QuotaLine]:
    holder = ledger.holder(event, quotas, school)
    position = ledger.positions(event, quotas, [holder])[holder]
    accounts = ledger.accounts_of(event, quotas, holder)
    code = next((a.base_code for a in accounts if a.base_code), "")
    own = next((a for a in accounts if a.event_id == event.pk), None)
    over = next((a for a in accounts if a.edition_id), None)
    found = []
    if quotas.own is not None:
        room = position.room(event.code)
        counting = [
            a for a in _live(over) if a.bound_id == event.pk or (a.bound_id is None and a.delta > 0 < position.free)
        ]
        shown = [*_live(own), *counting]
        found.append(_line(event.name, quotas.own, code, shown, room, position.used.get(event.code, 0)))
    if quotas.edition is not None:
        allowed, used = position.allowed or 0, position.used_in_all
        line = _line(event.edition.name, quotas.edition, code, _live(over), allowed, used)
        found.append(replace(line, over_what="edition"))
    return found


def _live(account: QuotaAccount | None) -> list[QuotaAdjustment]:
    return [a for a in account.adjustments.all() if a.ended_at is None] if account else []


def _line(title: str, rule: QuotaRule, code: str, shown: list[QuotaAdjustment], allowed: int, used: int) -> QuotaLine:
    name = next((base.name for base in rule.bases if base.code == code), "")
    return QuotaLine(title, base_of(rule, code), name, shown, allowed, used, rule)


@dataclass(frozen=True, slots=True)
class HolderRow:
    """One holder on the organisers' list. allowed None: this quota has no limit over all events."""

    label: str
    base: int
    base_name: str
    adjustments: list[QuotaAdjustment]
    allowed: int
    used: int

    @property
    def left(self) -> int:
        return self.allowed - self.used


def holder_rows(of: Event | Edition) -> list[HolderRow]:
    """Every holder that has an account or an entry, with base, evidence, used and left; by name."""
    event = of if isinstance(of, Event) else of.events.select_related("leading_group", "edition__rule_set").first()
    rule = read_rules(of.rule_set.rules).quota if of.rule_set is not None else None
    if event is None or rule is None:
        return []
    own = isinstance(of, Event)
    quotas = next((q for q in quotas_of(event) if (q.own if own else q.edition) is not None), None)
    if quotas is None:  # an edition's rules that are not signed off yet
        quotas = Quotas(None, rule, rule.scope, rule.unit, {})
    entered = Entry.objects.filter(event__edition=event.edition_id).exclude(state="withdrawn")
    entered = entered.filter(event=event) if own else entered
    schools = Organisation.objects.filter(pk__in=entered.values("school")).select_related("overseen_by")
    labels = dict(holders_of(rule.scope, schools, event).values())
    place = {"event": of} if own else {"edition": of}
    accounts = {a.holder: a for a in QuotaAccount.objects.filter(scope=rule.scope, **place)}
    labels |= {holder: account.label for holder, account in accounts.items()}
    ledger = read_ledger([(event, quotas)], labels if rule.scope == "school" else ())
    positions = ledger.positions(event, quotas, labels)
    found = [
        _holder_row(of, rule, label, positions[holder], ledger.accounts_of(event, quotas, holder))
        for holder, label in labels.items()
    ]
    return sorted(found, key=lambda row: row.label)


def _holder_row(
    of: Event | Edition, rule: QuotaRule, label: str, position: Position, own: list[QuotaAccount]
) -> HolderRow:
    code = next((a.base_code for a in own if a.base_code), "")
    account = next((a for a in own if (a.event_id == of.pk if isinstance(of, Event) else a.edition_id == of.pk)), None)
    name = next((base.name for base in rule.bases if base.code == code), "")
    if isinstance(of, Event):
        allowed, used = position.caps.get(of.code, 0), position.used.get(of.code, 0)
    else:
        allowed, used = position.allowed or 0, position.used_in_all
    return HolderRow(label, base_of(rule, code), name, _live(account), allowed, used)
