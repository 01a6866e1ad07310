"""Which teams new rules would not let stand, as the page says it before they are adopted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.people.rulebook import age_on
from competitions.contests.enums import ROLE_NAMES
from competitions.contests.projections import condition_text
from competitions.registration.errors.texts import finding_text
from competitions.registration.models import Entry
from competitions.registration.projections.workspace import gap_words
from competitions.registration.rulebook.eligibility import KNOWN_HERE, fact_of
from competitions.registration.selectors.eligibility import refusal_text
from competitions.registration.selectors.proposing import Breach


@dataclass(frozen=True, slots=True)
class BreachLine:
    """A team, whom of it, which changed rule, and why; name "": the team as a whole."""

    entry: Entry
    name: str
    rule: str
    why: str


def breach_lines(breaches: Iterable[Breach]) -> list[BreachLine]:
    return [BreachLine(b.entry, b.member.reveal("name") if b.member else "", *_words(b)) for b in breaches]


def _words(breach: Breach) -> tuple[str, str]:
    if breach.size is not None:
        return _("Size of the team"), _size_words(*breach.size)
    if breach.finding is not None:
        return _("Age limit"), finding_text(breach.finding)
    assert breach.rule is not None
    return condition_text(breach.rule), _reason(breach)


def _size_words(role: str, n: int) -> str:
    if role == "teams":
        return ngettext("The school has %(n)s team too many.", "The school has %(n)s teams too many.", n) % {"n": n}
    if n < 0:
        return gap_words(role, -n)
    return _("%(role)s: %(n)s too many") % {"role": ROLE_NAMES[role], "n": n}


def _reason(breach: Breach) -> str:
    """What is known of the person that does not fit: on record, as stated, else the refusal that a school reads."""
    rule, line = breach.rule, breach.line
    assert rule is not None
    recorded = line.found.get(rule.code) if line else None
    stated = line.facts.get(fact_of(rule)) if line else None
    if line and recorded:
        return line.record_of(next(v for v in line.verdicts if v.rule.code == rule.code))
    if breach.member and breach.member.person.birth_date and rule.kind in ("AGE_MAX", "AGE_MIN"):
        on = rule.params["on"]
        return _("%(age)s years old on %(on)s.") % {"age": age_on(breach.member.person.birth_date, on), "on": on}
    if stated is not None and rule.kind not in KNOWN_HERE:
        value = _("no") if stated.value is False else str(stated.value)
        return _("The school stated: %(value)s.") % {"value": value}
    return refusal_text(rule)
