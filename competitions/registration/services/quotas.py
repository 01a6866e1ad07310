"""Quotas: the lock that parallel submissions queue for, what one more would break, and approved adjustments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.people.models import Organisation
from competitions.contests.models import Edition, Event
from competitions.contests.permissions import may_organise, may_run
from competitions.contests.rulebook import QuotaRule, read_rules
from competitions.registration.models import QuotaAccount, QuotaAdjustment
from competitions.registration.rulebook import EntryDraft, Finding
from competitions.registration.rulebook.quotas import TeamAsk, Year, history_delta, judge_teams
from competitions.registration.selectors.quotas import Quotas, holders_of, positions_of, quotas_of
from competitions.registration.services.judging import Field, InParts, Line, Place


def lock_quotas(event: Event, schools: Iterable[Organisation]) -> None:
    """Queue for every wider quota of those schools; a school's own is guarded by the lock on the school."""
    listed = list(schools)
    for quotas in quotas_of(event):
        if quotas.scope != "school":
            holders = dict(holders_of(quotas.scope, listed, event).values())
            _locked_accounts(event, quotas, holders)


def _locked_accounts(event: Event, quotas: Quotas, holders: Mapping[str, str]) -> None:
    of = {"edition": event.edition} if quotas.edition is not None else {"event": event}
    made = [
        QuotaAccount(scope=quotas.scope, holder=holder, label=label, **of) for holder, label in sorted(holders.items())
    ]
    QuotaAccount.objects.bulk_create(made, ignore_conflicts=True)
    locked = QuotaAccount.objects.select_for_update().filter(scope=quotas.scope, holder__in=holders, **of)
    list(locked.order_by("pk"))


def judge_quotas(
    event: Event,
    drafts: Sequence[EntryDraft],
    lines: Sequence[Line],
    standing: Field,
    whole: Iterable[Place],
    parts: InParts,
) -> list[Finding]:
    """Teams that the quotas leave no room for, charged to a team's first row; the parts before have taken theirs."""
    teams = _asked(drafts, lines, standing, set(whole))
    found: list[Finding] = []
    for quotas in quotas_of(event):
        schools = Organisation.objects.filter(uid__in={d.school for d in drafts}).select_related("overseen_by")
        holders = {uid: key for uid, (key, _label) in holders_of(quotas.scope, schools, event).items()}
        unit = 0 if quotas.unit == "teams" else 1
        asks = [
            TeamAsk(row, draft.school, holders[draft.school], event.code, places[unit])
            for draft, row, places in teams
            if draft.school in holders
        ]
        positions = parts.positions.setdefault((quotas.scope, quotas.unit), {})
        missing = set(holders.values()) - positions.keys()
        positions |= positions_of(event, quotas, missing) if missing else {}
        for ask, code, limit in judge_teams(asks, positions):
            rule = quotas.edition if code == "QUOTA_ALL" else quotas.own
            found.append(Finding(code, "team_number", ask.row, _params(limit, rule)))
    return found


def _params(limit: int, rule: QuotaRule | None) -> dict[str, str]:
    return {"limit": str(limit), "source": rule.source if rule else ""}


def _asked(
    drafts: Sequence[EntryDraft], lines: Sequence[Line], standing: Field, whole: set[Place]
) -> list[tuple[EntryDraft, int, tuple[int, int]]]:
    """Each draft with its first row and what it adds: (teams, contestants)."""
    rows: dict[Place, int] = {}
    added: Counter[Place] = Counter()
    for line in lines:
        rows.setdefault(line.place, line.member.row)
        if line.member.role == "contestant" and (line.stands is None or line.place in whole):
            added[line.place] += 1
    for member in standing.members:
        if member.role == "contestant" and standing.place_of(member) in whole:
            added[standing.place_of(member)] -= 1
    found = []
    for draft in drafts:
        place = (draft.school, draft.team_number)
        new = 0 if place in standing.entries else 1
        found.append((draft, rows.get(place, 1), (new, added[place])))
    return found


@transaction.atomic
def adjust_quota(
    *,
    actor: Actor,
    of: Event | Edition,
    school: Organisation,
    code: str,
    evidence: str,
    bound: Event | None = None,
    history: Sequence[Year] = (),
) -> QuotaAdjustment:
    """Add to or take from the quota of the school (or of the city or group that holds it), with the evidence seen.

    code: one of the rules' adjustments, or `history`: what unused quota of the last editions costs, computed from
    history (oldest first). Raises NotAllowed, Invalid.
    """
    of = _fresh(actor, of)
    rule = _rule(of)
    problems, name, delta = _read_adjustment(rule, code, history)
    catalogued = next((a for a in rule.adjustments if a.code == code), None) if rule else None
    if not evidence.strip():
        problems["evidence"] = _("Name the evidence you have seen.")
    if catalogued and catalogued.bound and (bound is None or not isinstance(of, Edition) or bound.edition_id != of.pk):
        problems["bound"] = _("This one counts in one event only: choose an event of the edition.")
    if problems or rule is None:
        raise Invalid(problems)
    account = _account(of, rule, school)
    if account.adjustments.filter(code=code, ended_at=None).exists():
        raise Invalid({"code": _("This adjustment already holds. End it first to record another.")})
    made = QuotaAdjustment.objects.create(
        account=account,
        code=code,
        name=name,
        delta=delta,
        bound=bound if catalogued and catalogued.bound else None,
        evidence=evidence.strip()[:300],
        history=[[year.used, year.full] for year in history],
        approved_by_uid=actor.user_uid,
        approved_at=clock.now(),
    )
    record(actor=actor, action="quota.adjust", subject=account.ref, event_code=_code(of), delta=delta, reason=code)
    return made


def _read_adjustment(rule: QuotaRule | None, code: str, history: Sequence[Year]) -> tuple[dict[str, str], str, int]:
    """Problems, the name and the delta of an adjustment."""
    if rule is None:
        return {"code": _("These rules set no quota.")}, "", 0
    if code == "history":
        delta = history_delta(rule.history, history)
        return ({} if delta else {"history": _("These years cost nothing under the rules.")}), _("Unused quota"), delta
    found = next((a for a in rule.adjustments if a.code == code), None)
    if found is None:
        return {"code": _("The rules know no such adjustment.")}, "", 0
    return {}, found.name, found.delta


@transaction.atomic
def end_adjustment(*, actor: Actor, adjustment: QuotaAdjustment, reason: str) -> QuotaAdjustment:
    """Take an adjustment back, with a reason; entries that stand stay, but no more are taken beyond the quota."""
    locked = QuotaAdjustment.objects.select_for_update(of=("self",)).select_related("account").get(pk=adjustment.pk)
    account = locked.account
    of = account.event or account.edition
    assert of is not None
    _fresh(actor, of)
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    if locked.ended_at is None:
        locked.ended_at, locked.end_reason = clock.now(), reason.strip()[:300]
        locked.save(update_fields=["ended_at", "end_reason"])
        record(actor=actor, action="quota.end_adjustment", subject=account.ref, event_code=_code(of))
    return locked


@transaction.atomic
def set_base(*, actor: Actor, of: Event | Edition, school: Organisation, code: str, evidence: str) -> QuotaAccount:
    """Say which of the rules' bases the school belongs to, with the evidence; "" is the common base."""
    of = _fresh(actor, of)
    rule = _rule(of)
    problems = {}
    if rule is None or (code and code not in {base.code for base in rule.bases}):
        problems["code"] = _("The rules know no such base.")
    if code and not evidence.strip():
        problems["evidence"] = _("Name the evidence you have seen.")
    if problems or rule is None:
        raise Invalid(problems)
    account = _account(of, rule, school)
    account.base_code, account.base_evidence = code, evidence.strip()[:300] if code else ""
    account.save(update_fields=["base_code", "base_evidence"])
    record(actor=actor, action="quota.set_base", subject=account.ref, event_code=_code(of), base=code)
    return account


def _fresh(actor: Actor, of: Event | Edition) -> Event | Edition:
    """The event or edition as it stands now, for one of its organisers."""
    allowed = may_organise(actor, of) if isinstance(of, Event) else may_run(actor, of)
    require(allowed, _("Only the organisers change a quota."))
    kind = Event if isinstance(of, Event) else Edition
    found: Event | Edition = kind.objects.select_related("rule_set").get(pk=of.pk)
    return found


def _rule(of: Event | Edition) -> QuotaRule | None:
    return read_rules(of.rule_set.rules).quota if of.rule_set is not None else None


def _account(of: Event | Edition, rule: QuotaRule, school: Organisation) -> QuotaAccount:
    """The holder's account, made when it is not there yet, under its lock."""
    event = of if isinstance(of, Event) else of.events.order_by("pk").first()
    if event is None:
        raise Invalid({"school": _("This edition has no events yet.")})
    holder, label = holders_of(rule.scope, [school], event)[str(school.uid)]
    place = {"event": of} if isinstance(of, Event) else {"edition": of}
    QuotaAccount.objects.get_or_create(scope=rule.scope, holder=holder, defaults={"label": label}, **place)
    return QuotaAccount.objects.select_for_update().get(scope=rule.scope, holder=holder, **place)


def _code(of: Event | Edition) -> str:
    return of.code if isinstance(of, Event) else ""
