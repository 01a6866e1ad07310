"""An event as its pages show it: what the rules say in words, and how long registration still lasts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.core import clock
from competitions.contests.models import Event
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
    return lines


def _span(low: int, high: int) -> str:
    return str(high) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
