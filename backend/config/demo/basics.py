"""What every part of the demo season begins with: accounts, open events with their teams, the rules of most of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from backend.accounts import services as accounts
from backend.config.demo.judging import PANEL
from backend.config.demo.people import team
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.refs import Ref
from backend.people import services as people
from backend.people.models import Group, Organisation
from backend.people.selectors import actor_for
from competitions.contests import services as contests
from competitions.contests.models import Edition, Event, Family
from competitions.registration import services as registration

YEAR = 2026  # of the codes and editions; every date is counted from the day of loading
PASSWORD = "demo-season-2026"
RULES: dict[str, Any] = {
    "team": {
        "contestants": 3,
        "contestants_min": 3,
        "instructors_max": 2,
        "leaders_max": 1,
        "teams_per_school_max": 2,
    },
    "age": {"max": 25, "on": "2026-05-01"},
    "anonymisation": {"layers": 2},
    "panel": PANEL,
    "judging": {"judges_per_panel": 3, "max_spread": 1, "round": {"digits": 2, "mode": "half_up"}},
    "scheme": {"total": "100"},
    "result": {
        "round": {"digits": 2, "mode": "half_up"},
        "ranking": {"by": [["total", "desc"], ["A", "desc"]], "style": "competition"},
        "awards": {
            "tiers": [
                {"code": "first", "name": "一等奖", "ratio": "0.10"},
                {"code": "second", "name": "二等奖", "ratio": "0.20"},
                {"code": "third", "name": "三等奖", "ratio": "0.30"},
            ],
            "min_first": 1,
        },
    },
    "certificate": {"title": "获奖证书"},
}
SOURCE = "演示赛季的既定缺省值，并非文件规定"
PLATFORMS = ("平台甲", "平台乙")


def account(name: str, shown: str, role: str, scope: Ref) -> Actor:
    """A demo account with one role."""
    user = accounts.create_account(actor=SYSTEM, account_name=name, display_name=shown, password=PASSWORD)
    people.grant_role(actor=SYSTEM, user=user, role=role, scope=scope)
    return actor_for(user)


def held(
    actor: Actor, group: Group, code: str, name: str, name_en: str, *, family: str, year: int = YEAR, **details: Any
) -> Edition:
    """A year's edition of a contest of that family. code: of the contest; name and name_en: without the year."""
    return contests.create_edition(
        actor=actor,
        group=group,
        contest_code=code,
        contest_name=name,
        family=Family.objects.get(code=family),
        year=year,
        name=f"{year}年{name}",
        name_en=f"{year} {name_en}",
        **details,
    )


def drafted(actor: Actor, group: Group, edition: Edition, code: str, name: str, name_en: str, **details: Any) -> Event:
    """An event in preparation, with the common rules unless others are given."""
    given: dict[str, Any] = {
        "rules": RULES,
        "rules_title": f"{name}赛项规程（演示）",
        "rules_source": SOURCE,
        "registration_closes_at": clock.now() + timedelta(days=30),
        "tech_platforms": PLATFORMS,
        "venue_name": "郑州铁路职业技术学院 实训楼",
    }
    fields = {**given, **details}
    return contests.create_event(
        actor=actor, edition=edition, group=group, code=code, name=name, name_en=name_en, **fields
    )


def opened(actor: Actor, group: Group, edition: Edition, code: str, name: str, name_en: str, **details: Any) -> Event:
    """An event with signed rules, open for registration."""
    event = drafted(actor, group, edition, code, name, name_en, **details)
    contests.sign_off_rules(actor=actor, event=event)
    return contests.open_registration(actor=actor, event=event)


def fill(actor: Actor, event: Event, *, teams: int, first: int) -> None:
    """Complete, submitted teams of different schools; then registration closes."""
    schools = Organisation.objects.order_by("pk")[:teams]
    drafts = [team(str(s.uid), first + n * 10, PLATFORMS[n % 2]) for n, s in enumerate(schools)]
    for entry in registration.enter_many(actor=actor, event=event, drafts=drafts):
        registration.submit_entry(actor=actor, entry=entry)
    contests.close_registration(actor=actor, event=event)
