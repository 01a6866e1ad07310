"""How much of a quota is used and left, and what a school stated about its people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from backend.core import clock
from backend.people.models import Membership, Organisation
from competitions.contests.models import Edition, Event
from competitions.contests.rulebook import QuotaRule, read_rules
from competitions.registration.models import Entry, Fact, Member, QuotaAccount, QuotaAdjustment
from competitions.registration.models.quotas import holder_of
from competitions.registration.rulebook.quotas import Change, Position, base_of, position_of

FREED = ("withdrawn", "rejected")  # teams in these states give their place back


@dataclass(frozen=True, slots=True)
class Quotas:
    """Quotas that are counted together: of one scope and unit, of an event and (where it has one) of its edition."""

    own: QuotaRule | None
    edition: QuotaRule | None
    scope: str
    unit: str
    events: dict[str, QuotaRule]  # by code: every event of the edition with a quota of its own, this one first


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """What a page shows of one quota: its words are the rules', its evidence the adjustments'."""

    title: str
    base: int
    base_name: str
    adjustments: list[QuotaAdjustment]
    allowed: int
    used: int
    account: QuotaAccount | None
    rule: QuotaRule

    @property
    def left(self) -> int:
        return max(0, self.allowed - self.used)


def edition_rules(edition: Edition) -> Any:
    """What holds over all events of an edition, None while nothing is signed off."""
    rule_set = edition.rule_set
    return read_rules(rule_set.rules) if rule_set is not None and rule_set.signed_off_at is not None else None


def quotas_of(event: Event) -> list[Quotas]:
    """The quotas that touch an event, none, one or two: its own and its edition's count together when they are alike.

    With its edition's come the sister events that share it.
    """
    own, over = read_rules(event.rule_set.rules).quota, edition_rules(event.edition)
    quota = over.quota if over else None
    if quota is None:
        return [Quotas(own, None, own.scope, own.unit, {event.code: own})] if own else []
    alike = {code: rule for code, rule in _event_quotas(event).items() if _alike(rule, quota)}
    found = [Quotas(own if own and _alike(own, quota) else None, quota, quota.scope, quota.unit, alike)]
    if own is not None and not _alike(own, quota):
        found.append(Quotas(own, None, own.scope, own.unit, {event.code: own}))
    return found


def _alike(one: QuotaRule, other: QuotaRule) -> bool:
    return (one.scope, one.unit) == (other.scope, other.unit)


def _event_quotas(event: Event) -> dict[str, QuotaRule]:
    """By code: the events of the edition that have a quota of their own."""
    sisters = Event.objects.filter(edition=event.edition_id).exclude(state="cancelled").select_related("rule_set")
    rules = {sister.code: read_rules(sister.rule_set.rules).quota for sister in sisters}
    return {code: rule for code, rule in rules.items() if rule is not None}


def groups_of(schools: Iterable[Organisation]) -> dict[int, list[str]]:
    """Codes of the groups that the schools belong to today, by the school's key."""
    found: dict[int, list[str]] = defaultdict(list)
    live = Q(ended_on=None) | Q(ended_on__gt=clock.today())
    rows = Membership.objects.filter(live, organisation__in=[s.pk for s in schools])
    for school, code in rows.values_list("organisation_id", "group__code"):
        found[school].append(code)
    return found


def holders_of(scope: str, schools: Iterable[Organisation], event: Event) -> dict[str, tuple[str, str]]:
    """By school uid: who holds its quota, (key, label)."""
    listed = list(schools)
    groups = groups_of(listed) if scope == "group" else {}
    return {str(school.uid): holder_of(scope, school, event, groups) for school in listed}


def accounts_of(event: Event, scope: str, holders: Iterable[str]) -> list[QuotaAccount]:
    """The accounts of those holders in the event, its edition and its sister events."""
    of = Q(event__edition=event.edition_id) | Q(edition=event.edition_id)
    found = QuotaAccount.objects.filter(of, scope=scope, holder__in=set(holders)).select_related("event")
    return list(found.prefetch_related("adjustments__bound"))


def used_by(event: Event, scope: str, unit: str, holders: Iterable[str]) -> dict[str, dict[str, int]]:
    """By holder and event code: standing teams (or contestants) of the edition's events that count."""
    schools: Any = Organisation.objects.select_related("overseen_by")
    wanted = set(holders)
    if scope == "school":
        schools = schools.filter(uid__in=wanted)
    else:
        entered = Entry.objects.filter(event__edition=event.edition_id).exclude(state="withdrawn")
        schools = schools.filter(pk__in=entered.values("school"))
    keys = {uid: key for uid, (key, _label) in holders_of(scope, schools, event).items()}
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for school, code, n in _counts(event, unit, [s for s, key in keys.items() if key in wanted]):
        found[keys[str(school)]][code] += n
    return found


def _counts(event: Event, unit: str, schools: list[str]) -> Any:
    live = Entry.objects.filter(event__edition=event.edition_id, school__uid__in=schools).exclude(state__in=FREED)
    live = live.exclude(event__state="cancelled")
    if unit == "persons":
        people = Member.objects.filter(entry__in=live, role="contestant", ended_at=None)
        return people.values_list("entry__school__uid", "event__code").annotate(n=Count("pk"))
    return live.values_list("school__uid", "event__code").annotate(n=Count("pk"))


def positions_of(event: Event, quotas: Quotas, holders: Iterable[str]) -> dict[str, Position]:
    """By holder: where they stand, from the accounts and the standing entries."""
    wanted = set(holders)
    used = used_by(event, quotas.scope, quotas.unit, wanted)
    by_holder: dict[str, list[QuotaAccount]] = defaultdict(list)
    for account in accounts_of(event, quotas.scope, wanted):
        by_holder[account.holder].append(account)
    found = {}
    for holder in wanted:
        accounts = by_holder[holder]
        over = next((a for a in accounts if a.edition_id is not None), None)
        own = {a.event.code: changes_of(a) for a in accounts if a.event is not None}
        code = next((a.base_code for a in accounts if a.base_code), "")
        found[holder] = position_of(quotas.edition, quotas.events, code, changes_of(over), own, used[holder])
    return found


def changes_of(account: QuotaAccount | None) -> list[Change]:
    if account is None:
        return []
    live = [a for a in account.adjustments.all() if a.ended_at is None]
    return [Change(a.code, a.delta, a.bound.code if a.bound else "") for a in live]


def quota_lines_of(event: Event, school: Organisation) -> list[QuotaLine]:
    """What the school's page shows: the event's quota and the edition's, each with base, adjustments, used and left."""
    return [line for quotas in quotas_of(event) for line in _lines(event, quotas, school)]


def _lines(event: Event, quotas: Quotas, school: Organisation) -> list[QuotaLine]:
    holder, _label = holders_of(quotas.scope, [school], event)[str(school.uid)]
    position = positions_of(event, quotas, [holder])[holder]
    accounts = accounts_of(event, quotas.scope, [holder])
    code = next((a.base_code for a in accounts if a.base_code), "")
    own = next((a for a in accounts if a.event_id == event.pk), None)
    over = next((a for a in accounts if a.edition_id), None)
    found = []
    if quotas.own is not None:
        shown = [*_live(own), *(a for a in _live(over) if a.bound_id == event.pk)]
        used = position.used.get(event.code, 0)
        found.append(_line(event.name, quotas.own, code, shown, position.caps[event.code], used, own))
    if quotas.edition is not None:
        allowed, used = position.allowed or 0, position.used_in_all
        found.append(_line(event.edition.name, quotas.edition, code, _live(over), allowed, used, over))
    return found


def _live(account: QuotaAccount | None) -> list[QuotaAdjustment]:
    return [a for a in account.adjustments.all() if a.ended_at is None] if account else []


def _line(
    title: str,
    rule: QuotaRule,
    code: str,
    shown: list[QuotaAdjustment],
    allowed: int,
    used: int,
    account: QuotaAccount | None,
) -> QuotaLine:
    name = next((base.name for base in rule.bases if base.code == code), "")
    return QuotaLine(title, base_of(rule, code), name, shown, allowed, used, account, rule)


def facts_of(members: Iterable[Member]) -> dict[int, dict[str, Fact]]:
    """By member key: what stands stated about them."""
    found: dict[int, dict[str, Fact]] = defaultdict(dict)
    for fact in Fact.objects.filter(member__in=[m.pk for m in members], ended_at=None):
        found[fact.member_id][fact.key] = fact
    return found


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
    positions = positions_of(event, quotas, labels)
    mine = accounts_of(event, rule.scope, labels)
    return sorted(
        (_holder_row(of, rule, holder, label, positions[holder], mine) for holder, label in labels.items()),
        key=lambda row: row.label,
    )


def _holder_row(
    of: Event | Edition, rule: QuotaRule, holder: str, label: str, position: Position, accounts: list[QuotaAccount]
) -> HolderRow:
    own = [a for a in accounts if a.holder == holder]
    code = next((a.base_code for a in own if a.base_code), "")
    account = next((a for a in own if (a.event_id == of.pk if isinstance(of, Event) else a.edition_id == of.pk)), None)
    name = next((base.name for base in rule.bases if base.code == code), "")
    if isinstance(of, Event):
        allowed, used = position.caps.get(of.code, 0), position.used.get(of.code, 0)
    else:
        allowed, used = position.allowed or 0, position.used_in_all
    return HolderRow(label, base_of(rule, code), name, _live(account), allowed, used)
