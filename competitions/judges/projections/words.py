"""Duties, states, rules and ties in words; a broken rule as a sentence with its path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from backend.people.enums import OrganisationKind
from competitions.judges.enums import Duty, Rule, Tie
from competitions.judges.rulebook import Breach

DUTIES: Mapping[str, Any] = {
    Duty.CHIEF: _("Chief judge"),
    Duty.JUDGE: _("Scoring judge"),
    Duty.ENCRYPT: _("Encryption judge"),
    Duty.SUPERVISOR: _("Supervisor"),
}
JUDGE_STATES: Mapping[str, tuple[Any, str]] = {
    "proposed": (_("not asked or not answered"), "wait"),
    "available": (_("has agreed"), "good"),
    "declined": (_("has declined"), "muted"),
    "suspended": (_("suspended"), "bad"),
}
NOMINATION_STATES: Mapping[str, tuple[Any, str]] = {
    "nominated": (_("named"), "wait"),
    "accepted": (_("accepted"), "good"),
    "refused": (_("refused"), "bad"),
    "withdrawn": (_("withdrawn"), "muted"),
}
PLAN_STATES: Mapping[str, tuple[Any, str]] = {
    "proposed": (_("proposed"), "wait"),
    "impossible": (_("rules clash"), "bad"),
    "confirmed": (_("confirmed"), "good"),
    "discarded": (_("discarded"), "muted"),
}
UNIT_KINDS: Mapping[str, Any] = {
    OrganisationKind.SCHOOL: _("School"),
    OrganisationKind.ENTERPRISE: _("Enterprise"),
    OrganisationKind.ASSOCIATION: _("Association"),
    OrganisationKind.INSTITUTE: _("Institute"),
    OrganisationKind.BUREAU: _("Authority"),
    OrganisationKind.EVALUATION: _("Evaluation organisation"),
    OrganisationKind.OTHER: _("Other"),
}
RULES: Mapping[str, Any] = {
    Rule.VACANT: _("All places are filled"),
    Rule.OVERLAP: _("Nobody sits in two places at once"),
    Rule.BUSY: _("Nobody is asked for a time at which they are away"),
    Rule.DUTY: _("People serve only in duties they are qualified for"),
    Rule.SKILL: _("Judges know the event's trade"),
    Rule.AGE: _("Nobody is over the age limit"),
    Rule.SHARE: _("Enough judges come from enterprises"),
    Rule.FIRM: _("One enterprise does not send too many"),
    Rule.LOAD: _("Nobody judges too many sessions"),
    Rule.HOME: _("Judges from outside the province are preferred"),
    Rule.NOVICE: _("People who have judged before are preferred"),
    Tie.TAKES_PART: _("Nobody judges an event they take part in"),
    Tie.SAME_SCHOOL: _("Nobody judges teams of the own school"),
    Tie.SAME_FIRM: _("Nobody judges teams of the own enterprise"),
    Tie.FORMER_SCHOOL: _("Nobody judges teams of a school they once competed for"),
    Tie.COACHED: _("Nobody judges teams of a school they have coached"),
    Tie.FORMER_STUDENT: _("Nobody judges teams with a former student"),
    Tie.WAS_STUDENT: _("Nobody judges teams with a former coach"),
    Tie.AWARDED_TOGETHER: _("Nobody judges teams with somebody they won an award with"),
    Tie.DECLARED: _("Nobody judges teams they have declared a tie to"),
}
PARTS: Mapping[str, Any] = {
    "contestant": _("a contestant"),
    "instructor": _("an instructor"),
    "leader": _("the team leader"),
}


def breach_words(breach: Breach) -> str:
    """What is broken, as a sentence."""
    if breach.bond is not None:
        return path_words(breach)
    build = _SENTENCES.get(breach.rule)
    return str(build(breach)) if build else str(RULES.get(breach.rule, breach.rule))


_SENTENCES: Mapping[str, Any] = {
    Rule.VACANT: lambda b: ngettext("%(n)s place is vacant", "%(n)s places are vacant", b.by) % {"n": b.by},
    Rule.SHARE: lambda b: (
        ngettext("%(n)s judge from an enterprise is missing", "%(n)s judges from enterprises are missing", b.by)
        % {"n": b.by}
    ),
    Rule.FIRM: lambda b: _("too many from one enterprise, by %(n)s") % {"n": b.by},
    Rule.LOAD: lambda b: _("too many sessions, by %(n)s") % {"n": b.by},
    Rule.OVERLAP: lambda b: _("sits in two places at once"),
    Rule.BUSY: lambda b: _("is away at that time"),
    Rule.DUTY: lambda b: _("is not qualified for this duty"),
    Rule.SKILL: lambda b: _("does not know the event's trade"),
    Rule.AGE: lambda b: _("is over the age limit"),
    Rule.HOME: lambda b: _("works in the own province"),
    Rule.NOVICE: lambda b: _("has not judged before"),
    Rule.UNAVAILABLE: lambda b: _("has not agreed to judge, or is kept away"),
}


def path_words(breach: Breach) -> str:
    """The path from the judge to the team, from what the house knows."""
    assert breach.bond is not None
    facts = dict(breach.bond.facts)
    facts["part"] = str(PARTS.get(facts.get("role", ""), ""))
    return str(_PATHS[breach.bond.kind]()) % facts


_PATHS: Mapping[str, Any] = {
    Tie.TAKES_PART: lambda: _("is in a team of %(school)s in this event"),
    Tie.SAME_SCHOOL: lambda: _("works at %(school)s, which enters a team"),
    Tie.SAME_FIRM: lambda: _("works at %(school)s, which enters a team"),
    Tie.FORMER_SCHOOL: lambda: _("competed for %(school)s in %(event)s; the school enters a team"),
    Tie.COACHED: lambda: _("coached a team of %(school)s in %(event)s; the school enters a team"),
    Tie.FORMER_STUDENT: lambda: _("coached in %(event)s somebody who is now %(part)s in a team of %(school)s"),
    Tie.WAS_STUDENT: lambda: _("was coached in %(event)s by somebody who is now %(part)s in a team of %(school)s"),
    Tie.AWARDED_TOGETHER: lambda: _(
        "won an award in %(event)s together with somebody who is now %(part)s in a team of %(school)s"
    ),
    Tie.DECLARED: lambda: _("has declared a tie to %(school)s"),
}
