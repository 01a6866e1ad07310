"""The quota engine's readings: which quotas touch an event, who holds them, how much is used; for one event or many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from backend.core import clock
from backend.people.models import Membership, Organisation
from competitions.contests.models import Edition, Event
from competitions.contests.rulebook import QuotaRule, read_rules
from competitions.registration.models import Entry, Fact, Member, QuotaAccount
from competitions.registration.models.quotas import holder_of
from competitions.registration.rulebook.quotas import Change, Position, position_of

FREED = ("withdrawn", "rejected")  # teams in these states give their place back


@dataclass(frozen=True, slots=True)
class Quotas:
    """Quotas that are counted together: of one scope and unit, of an event and (where it has one) of its edition."""

    own: QuotaRule | None
    edition: QuotaRule | None
    scope: str
    unit: str
    events: dict[str, QuotaRule]  # by code: every event of the edition with a quota of its own, this one first


def edition_rules(edition: Edition) -> Any:
    """What holds over all events of an edition, None while nothing is signed off."""
    rule_set = edition.rule_set
    return read_rules(rule_set.rules) if rule_set is not None and rule_set.signed_off_at is not None else None


def quotas_of(event: Event) -> list[Quotas]:
    """The quotas that touch an event, none, one or two: its own and its edition's count together when they are alike.

    With its edition's come the sister events that share it.
    """
    return quotas_in([event])[event.pk]


def quotas_in(events: Iterable[Event]) -> dict[int, list[Quotas]]:
    """`quotas_of` by the key of each event, in one query. events: with their rule set and their edition's."""
    listed = list(events)
    rules = {event.edition_id: edition_rules(event.edition) for event in listed}
    over = {edition: found.quota for edition, found in rules.items() if found and found.quota}
    sisters = _event_quotas(over)
    return {event.pk: _touching(event, over.get(event.edition_id), sisters[event.edition_id]) for event in listed}


def _touching(event: Event, quota: QuotaRule | None, sisters: Mapping[str, QuotaRule]) -> list[Quotas]:
    own = read_rules(event.rule_set.rules).quota
    if quota is None:
        return [Quotas(own, None, own.scope, own.unit, {event.code: own})] if own else []
    alike = {code: rule for code, rule in sisters.items() if _alike(rule, quota)}
    found = [Quotas(own if own and _alike(own, quota) else None, quota, quota.scope, quota.unit, alike)]
    if own is not None and not _alike(own, quota):
        found.append(Quotas(own, None, own.scope, own.unit, {event.code: own}))
    return found


def _alike(one: QuotaRule, other: QuotaRule) -> bool:
    return (one.scope, one.unit) == (other.scope, other.unit)


def _event_quotas(editions: Iterable[int]) -> dict[int, dict[str, QuotaRule]]:
    """By edition and code: the events that have a quota of their own."""
    found: dict[int, dict[str, QuotaRule]] = defaultdict(dict)
    wanted = list(editions)
    sisters = Event.objects.filter(edition__in=wanted).exclude(state="cancelled").select_related("rule_set")
    for sister in sisters if wanted else ():
        quota = read_rules(sister.rule_set.rules).quota
        if quota is not None:
            found[sister.edition_id][sister.code] = quota
    return found


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


@dataclass(frozen=True, slots=True)
class Ledger:
    """What quotas are held against, read once for any number of events.

    counts: by edition and unit, (school uid, event code, standing teams or contestants that count); accounts: by
    edition, scope and holder.
    """

    schools: dict[str, Organisation]
    groups: dict[int, list[str]]
    counts: dict[tuple[int, str], list[tuple[str, str, int]]]
    accounts: dict[tuple[int, str, str], list[QuotaAccount]]

    def holder(self, event: Event, quotas: Quotas, school: Organisation) -> str:
        return holder_of(quotas.scope, school, event, self.groups)[0]

    def accounts_of(self, event: Event, quotas: Quotas, holder: str) -> list[QuotaAccount]:
        """The accounts of that holder in the event, its edition and its sister events."""
        return self.accounts.get((event.edition_id, quotas.scope, holder), [])

    def used_by(self, event: Event, quotas: Quotas) -> dict[str, dict[str, int]]:
        """By holder and event code: what is used in the edition's events."""
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for school, code, n in self.counts.get((event.edition_id, quotas.unit), []):
            found[self.holder(event, quotas, self.schools[school])][code] += n
        return found

    def positions(self, event: Event, quotas: Quotas, holders: Iterable[str]) -> dict[str, Position]:
        """By holder: where they stand, from the accounts and the standing entries."""
        used = self.used_by(event, quotas)
        return {holder: self._position(event, quotas, holder, used.get(holder, {})) for holder in set(holders)}

    def _position(self, event: Event, quotas: Quotas, holder: str, used: Mapping[str, int]) -> Position:
        accounts = self.accounts_of(event, quotas, holder)
        over = next((a for a in accounts if a.edition_id is not None), None)
        own = {a.event.code: changes_of(a) for a in accounts if a.event is not None}
        code = next((a.base_code for a in accounts if a.base_code), "")
        return position_of(quotas.edition, quotas.events, code, changes_of(over), own, used)


def read_ledger(asked: Iterable[tuple[Event, Quotas]], schools: Iterable[str]) -> Ledger:
    """The ledger of those quotas, in a number of queries that does not depend on how many there are.

    schools: uids of those whose own quotas are asked for; of a wider quota every school that is entered counts.
    """
    pairs, wanted = list(asked), set(schools)
    if not pairs:
        return Ledger({}, {}, {}, {})
    editions = {event.edition_id for event, _quotas in pairs}
    scopes = {quotas.scope for _event, quotas in pairs}
    which = Q(uid__in=wanted)
    if scopes - {"school"}:
        entered = Entry.objects.filter(event__edition__in=editions).exclude(state="withdrawn")
        which |= Q(pk__in=entered.values("school"))
    found = list(Organisation.objects.filter(which).select_related("overseen_by"))
    mine = wanted if scopes <= {"school"} else None
    counts: dict[tuple[int, str], list[tuple[str, str, int]]] = defaultdict(list)
    for unit in sorted({quotas.unit for _event, quotas in pairs}):
        for edition, school, code, n in _counts(editions, unit, mine):
            counts[edition, unit].append((str(school), code, n))
    groups = groups_of(found) if "group" in scopes else {}
    return Ledger({str(s.uid): s for s in found}, groups, counts, _accounts(editions, scopes, wanted))


def _counts(editions: set[int], unit: str, schools: set[str] | None) -> Any:
    live = Entry.objects.filter(event__edition__in=editions).exclude(state__in=FREED)
    live = live.exclude(event__state="cancelled")
    if schools is not None:
        live = live.filter(school__uid__in=schools)
    if unit == "persons":
        people = Member.objects.filter(entry__in=live, role="contestant", ended_at=None)
        return people.values_list("event__edition_id", "entry__school__uid", "event__code").annotate(n=Count("pk"))
    return live.values_list("event__edition_id", "school__uid", "event__code").annotate(n=Count("pk"))


def _accounts(editions: set[int], scopes: set[str], schools: set[str]) -> dict[tuple[int, str, str], Any]:
    of = Q(event__edition__in=editions) | Q(edition__in=editions)
    held = ~Q(scope="school") | Q(holder__in=schools)
    rows = QuotaAccount.objects.filter(of, held, scope__in=scopes).select_related("event").order_by("pk")
    found: dict[tuple[int, str, str], list[QuotaAccount]] = defaultdict(list)
    for account in rows.prefetch_related("adjustments__bound"):
        edition = account.edition_id or (account.event.edition_id if account.event else 0)
        found[edition, account.scope, account.holder].append(account)
    return found


def positions_of(event: Event, quotas: Quotas, holders: Iterable[str]) -> dict[str, Position]:
    """By holder: where they stand, from the accounts and the standing entries."""
    wanted = set(holders)
    ledger = read_ledger([(event, quotas)], wanted if quotas.scope == "school" else ())
    return ledger.positions(event, quotas, wanted)


def changes_of(account: QuotaAccount | None) -> list[Change]:
    if account is None:
        return []
    live = [a for a in account.adjustments.all() if a.ended_at is None]
    return [Change(a.code, a.delta, a.bound.code if a.bound else "") for a in live]


def facts_of(members: Iterable[Member]) -> dict[int, dict[str, Fact]]:
    """By member key: what stands stated about them."""
    found: dict[int, dict[str, Fact]] = defaultdict(dict)
    for fact in Fact.objects.filter(member__in=[m.pk for m in members], ended_at=None):
        found[fact.member_id][fact.key] = fact
    return found
