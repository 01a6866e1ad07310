"""The panel builder's page: who sits where and why, what it costs, and which rules clash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.ui.words import joined
from competitions.judges.enums import Rule
from competitions.judges.models import Judge, PanelPlan, PlanPlace
from competitions.judges.projections.words import DUTIES, RULES, UNIT_KINDS, breach_words
from competitions.judges.rulebook import Ask, Breach, Candidate, JudgingRules, breaches, fitness
from competitions.judges.selectors.asking import WHOLE, as_place, ask_of, places_of
from competitions.judges.selectors.changing import Change, changes_for
from competitions.venues.models import Session


@dataclass(frozen=True, slots=True)
class Told:
    """A broken rule in words. points: what it costs, None: it must not be broken."""

    words: str
    points: int | None


@dataclass(slots=True)
class Line:
    """A place with its person and the reasons for the choice."""

    place: PlanPlace
    name: str
    duty: Any
    why: list[str] = field(default_factory=list)
    broken: list[Told] = field(default_factory=list)
    worth: str = ""


@dataclass(slots=True)
class Table:
    """The places of a session (None: of the whole round), what it breaks as a whole, and what is vacant."""

    session: Session | None
    lines: list[Line] = field(default_factory=list)
    broken: list[Told] = field(default_factory=list)
    vacant: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.session.uid) if self.session else WHOLE


def tables_of(plan: PanelPlan) -> list[Table]:
    """The composition session by session, then who serves the whole round."""
    ask, places = ask_of(plan.round), list(places_of(plan))
    found: dict[tuple[str, str], list[Breach]] = defaultdict(list)
    for breach in breaches(ask, [as_place(p) for p in places]):
        found[breach.slot, breach.candidate].append(breach)
    sessions = {str(s.uid): s for s in Session.objects.filter(round=plan.round)}
    tables = [Table(sessions.get(slot.key)) for slot in ask.slots]
    for table in tables:
        table.lines = [_line(plan, ask, p, found) for p in places if as_place(p)[0] == table.key]
        table.broken = [_told(ask, b) for b in found[table.key, ""]]
        table.vacant = [(b.duty, DUTIES[b.duty]) for b in found[table.key, ""] if b.rule == "vacant"]
    return [t for t in tables if t.lines or t.broken]


def _line(plan: PanelPlan, ask: Ask, place: PlanPlace, found: dict[tuple[str, str], list[Breach]]) -> Line:
    key = str(place.judge.uid)
    slot = as_place(place)[0]
    candidate = next((c for c in ask.candidates if c.key == key), None)
    line = Line(place, place.judge.reveal("name"), DUTIES[place.duty])
    line.broken = [_told(ask, b) for b in found[slot, key] if b.duty in ("", place.duty)]
    if slot:  # what is broken by all sessions of a person together, such as the load
        line.broken += [_told(ask, b) for b in found["", key] if not b.duty]
    if candidate is not None:
        line.why = _why(ask, place, candidate)
        line.worth = _worth(plan.report.get("worth", {}), key)
    return line


def _told(ask: Ask, breach: Breach) -> Told:
    hard = ask.rules.hard(breach.rule)
    return Told(breach_words(breach), None if hard else ask.rules.weight(breach.rule) * breach.by)


def _why(ask: Ask, place: PlanPlace, candidate: Candidate) -> list[str]:
    """What speaks for this person."""
    slot = next(s for s in ask.slots if s.key == as_place(place)[0])
    said = [_("put by hand")] if place.by_hand else []
    said += [place.reason] if place.reason else []
    if ask.skills & candidate.skills:
        said.append(_("knows the trade: %(codes)s") % {"codes": "、".join(sorted(ask.skills & candidate.skills))})
    if candidate.firm:
        said.append(_("from an enterprise"))
    if candidate.outside:
        said.append(_("from outside the province"))
    if candidate.served:
        said.append(ngettext("judged %(n)s time", "judged %(n)s times", candidate.served) % {"n": candidate.served})
    if not any(b.bond for b in fitness(ask, candidate, slot, place.duty)):
        said.append(_("no tie to any team"))
    return said


def _worth(report: dict[str, int | None], key: str) -> str:
    """What the panels would be without this person."""
    if key not in report:
        return ""
    more = report[key]
    if more is None:
        return _("cannot be replaced: without this person the rules clash")
    if more <= 0:
        return _("somebody else would do as well")
    return ngettext("without this person %(n)s point more", "without this person %(n)s points more", more) % {"n": more}


def clash_words(plan: PanelPlan) -> dict[str, list[str]]:
    """Why nothing is possible: the rules that clash, and what the nearest composition breaks."""
    broken = [Breach(b["rule"], b["slot"], b["duty"], by=b["by"]) for b in plan.report.get("broken", ())]
    return {
        "clash": [str(RULES.get(rule, rule)) for rule in plan.report.get("clash", ())],
        "broken": list(dict.fromkeys(str(RULES.get(b.rule, b.rule)) + _(": ") + _relieved(b) for b in broken)),
    }


def _relieved(breach: Breach) -> str:
    duty = str(DUTIES.get(breach.duty, ""))
    told = breach_words(breach) if breach.rule in ("vacant", "share", "firm", "load") else _("gives way")
    return f"{duty} {told}".strip()


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody else for a place. hard: it cannot be; points: what it costs more (less when negative)."""

    judge: Judge
    name: str
    unit: str
    hard: bool
    soft: bool
    points: int
    broken: list[Told]


def options_for(plan: PanelPlan, slot: str, duty: str, sitting: str) -> list[Option]:
    """Everybody who could sit in a place, the best first. sitting: key of who sits there now, "" for nobody."""
    ask = ask_of(plan.round)
    choice = frozenset(as_place(p) for p in places_of(plan))
    changes = changes_for(ask, choice, (slot, duty, sitting))
    judges = {str(j.uid): j for j in Judge.objects.filter(uid__in=[c.candidate for c in changes])}
    return [_option(ask, change, judges[change.candidate]) for change in changes]


def _option(ask: Ask, change: Change, judge: Judge) -> Option:
    told = [_told(ask, b) for b in change.added]
    unit = f"{judge.unit_name} · {UNIT_KINDS.get(judge.unit_kind, judge.unit_kind)}"
    return Option(judge, judge.reveal("name"), unit, bool(change.hard), bool(change.soft), change.points, told)


def rule_rows(rules: JudgingRules) -> list[tuple[str, str]]:
    """Every rule of a panel with its limit and what it weighs."""
    panel = rules.panel
    limits = {Rule.AGE: panel.age_max, Rule.SHARE: panel.share, Rule.FIRM: panel.firm_max, Rule.LOAD: panel.load_max}
    rows = []
    for rule, words in RULES.items():
        limit = next((n for key, n in limits.items() if key == rule), None)
        if rule in limits and limit is None:
            continue
        weight = _("gives no way") if panel.hard(rule) else _("%(n)s points") % {"n": panel.weight(rule)}
        rows.append((f"{words}{f' ({limit})' if limit is not None else ''}", weight))
    return rows


def roster_rows(tables: Sequence[Table]) -> list[tuple[Any, ...]]:
    """The composition as rows of a workbook."""
    return [
        (
            table.session.name if table.session else _("Whole round"),
            str(line.duty),
            line.name,
            line.place.judge.unit_name,
            line.place.judge.title,
            joined(line.why),
            joined(told.words for told in line.broken),
        )
        for table in tables
        for line in table.lines
    ]
