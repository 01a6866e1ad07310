"""An event as its pages show it: what the rules say in words, and how long registration still lasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.core import clock
from backend.core.actor import Actor
from backend.core.refs import Ref
from backend.documents.models import Document
from backend.selection.models import Call
from backend.ui.registry import url_of
from competitions.contests.enums import CONDITIONS, ROLE_NAMES, SCOPES
from competitions.contests.models import Commission, Edition, Event, Host
from competitions.contests.rulebook import (
    Distinct,
    EligibilityRule,
    HistoryStep,
    PromotionRule,
    QuotaRule,
    Rules,
    read_rules,
)
from competitions.contests.selectors import rules_of


def remaining_words(event: Event) -> str:
    """How long schools can still enter, from the server's clock; "" without a deadline or when nothing is open."""
    if event.state != "registering" or event.registration_closes_at is None:
        return ""
    if clock.deadline_passed(event.registration_closes_at):
        return _("deadline over")
    end = event.registration_closes_at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    minutes = int((end - clock.now()).total_seconds() // 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return _("%(days)s left") % {"days": _days(days, hours)}
    if hours:
        return _("%(hours)s h %(minutes)s min left") % {"hours": hours, "minutes": minutes % 60}
    return ngettext("%(n)s minute left", "%(n)s minutes left", minutes) % {"n": minutes}


def _days(days: int, hours: int) -> str:
    text = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    short = _("%(n)s h") % {"n": hours}
    return f"{text} {short}" if hours and days < 7 else text


def rule_lines(event: Event) -> list[tuple[Any, str]]:
    """The rules of an event as (what, how much) lines for its page."""
    rules = rules_of(event)
    team, age = rules.team, rules.age
    lines: list[tuple[Any, str]] = [
        (_("Contestants in a team"), _span(team.contestants_min, team.contestants)),
        (_("Instructors in a team"), _span(team.instructors_min, team.instructors_max)),
        (_("Team leaders"), _span(team.leaders_min, team.leaders_max)),
        (_("Teams a school enters"), str(team.teams_per_school_max) if team.teams_per_school_max else _("any number")),
    ]
    if age:
        words = _("at most %(max)s on %(on)s") if not age.min else _("%(min)s to %(max)s on %(on)s")
        lines.append((_("Age"), words % {"min": age.min, "max": age.max, "on": age.on.isoformat()}))
    lines += [
        (_("Layers of anonymity"), str(rules.layers)),
        (_("Judges in a panel"), str(rules.judges_per_panel)),
        (_("Largest spread of judgement levels"), str(rules.max_spread)),
        (_("Marks in all"), str(rules.scheme_total)),
    ]
    if rules.minimum:
        unit = _("%(n)s schools") if rules.minimum.unit == "schools" else _("%(n)s teams")
        lines.append((_("Not to be held below"), _sourced(unit % {"n": rules.minimum.entries}, rules.minimum.source)))
    if rules.promotion:
        lines.append((_("Go on to the next stage"), _sourced(_promotion(rules.promotion), rules.promotion.source)))
    return lines


def eligibility_lines(rules: Rules) -> list[dict[str, str]]:
    """Each condition on a person in words, with who it is for and where it comes from."""
    return [
        {
            "text": condition_text(rule),
            "of": "、".join(str(ROLE_NAMES[role]) for role in rule.of),
            "source": rule.source,
            "evidence": rule.evidence,
        }
        for rule in rules.eligibility
    ]


def condition_text(rule: EligibilityRule) -> str:
    """A condition as a sentence without a verb: what has to be true."""
    params = {key: "、".join(v) if isinstance(v, tuple) else str(v) for key, v in rule.params.items()}
    values = {"as": "", "levels": "", "tiers": "", **params}
    if rule.kind == "SEX":
        return str(_("women only") if rule.params["sex"] == "F" else _("men only"))
    return (str(CONDITIONS[rule.kind]) % values).strip(" :：")


def quota_lines(quota: QuotaRule | None) -> list[tuple[Any, str]]:
    """The quota as the rules set it, before anybody's adjustments."""
    if quota is None:
        return []
    unit = _("%(n)s contestants") if quota.unit == "persons" else _("%(n)s teams")
    whose = _("Each %(whose)s") % {"whose": SCOPES[quota.scope]}
    lines = [(whose, _sourced(unit % {"n": quota.base}, quota.source))]
    lines += [(base.name, unit % {"n": base.n}) for base in quota.bases]
    lines += [
        (a.name, _sourced(f"{a.delta:+d} · {_('to be shown: %(what)s') % {'what': a.evidence}}", a.source))
        for a in quota.adjustments
    ]
    lines += [(_history(step), f"{step.delta:+d}") for step in quota.history]
    return lines + [(_("Named once"), _distinct(d)) for d in quota.distinct]


def _history(step: HistoryStep) -> str:
    if step.below == 0:
        return _("%(n)s years in a row without an entry") % {"n": step.years}
    if step.below == 1:
        return _("%(n)s years in a row below the quota") % {"n": step.years}
    percent = format((step.below * 100).normalize(), "f")
    return _("%(n)s years in a row below %(percent)s %% of the quota") % {"n": step.years, "percent": percent}


def _distinct(rule: Distinct) -> str:
    field = _("each course") if rule.field == "topic" else _("each class of majors")
    together = _("over several events together")
    return f"{field} · {together}" if rule.together else str(field)


def edition_rule_lines(edition: Edition) -> dict[str, Any] | None:
    """What holds over all events of an edition, None when nothing does."""
    if edition.rule_set is None:
        return None
    rules = read_rules(edition.rule_set.rules)
    return {"quota": quota_lines(rules.quota), "eligibility": eligibility_lines(rules), "rule_set": edition.rule_set}


def _promotion(rule: PromotionRule) -> str:
    if rule.take == "top":
        text = _("the first %(n)s") % {"n": rule.n}
    elif rule.take == "ratio":
        text = _("the best %(percent)s %%") % {"percent": format((rule.ratio * 100).normalize(), "f")}
    else:
        text = _("everybody who is ranked")
    if rule.per_school_max is not None:
        text += _(", at most %(n)s a school") % {"n": rule.per_school_max}
    if rule.total_min is not None:
        text += _(", with at least %(total)s") % {"total": rule.total_min}
    return text


def _sourced(text: str, source: str) -> str:
    return f"{text}（{source}）" if source else text


def _span(low: int, high: int) -> str:
    return str(high) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


@dataclass(frozen=True)
class HostLine:
    """A host and what named it; link: where the selection stands; papers: scans that this reader may open."""

    name: str
    leads: bool
    named_at: datetime
    ended_at: datetime | None
    basis: str
    link: str = ""
    reason: str = ""
    papers: list[Document] = field(default_factory=list)


def host_lines(actor: Actor, hosts: Sequence[Host]) -> list[HostLine]:
    """Hosts with the selection or the commission they rest on; the same few queries whatever their number."""
    keys: dict[str, set[str]] = defaultdict(set)
    for host in hosts:
        kind, _colon, key = host.decided_in.partition(":")
        keys[kind].add(key)
    commissions = {str(c.uid): c for c in Commission.objects.visible_to(actor).filter(uid__in=keys["commission"])}
    calls = {str(c.uid): c for c in Call.objects.visible_to(actor).filter(uid__in=keys["call"])}
    papers: dict[str, list[Document]] = defaultdict(list)
    for paper in (
        Document.objects.visible_to(actor).present().filter(holder_kind="commission", holder_uid__in=commissions)
    ):
        papers[str(paper.holder_uid)].append(paper)
    return [_host_line(host, commissions, calls, papers) for host in hosts]


def _host_line(
    host: Host, commissions: dict[str, Commission], calls: dict[str, Call], papers: dict[str, list[Document]]
) -> HostLine:
    kind, _colon, key = host.decided_in.partition(":")
    told = (host.organisation.name, host.position == 1, host.named_at, host.ended_at)
    if kind == "commission" and key in commissions:
        made = commissions[key]
        return HostLine(*told, made.document, reason=made.reason, papers=papers[key])
    call = calls.get(key)
    title = call.title if call else _("A selection")
    return HostLine(*told, title, url_of(Ref(kind, key)) if call else "", _("Confirmed by a selection"))
