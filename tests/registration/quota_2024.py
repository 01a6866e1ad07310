"""The quota of the 2024 teaching contest (higher vocational, Henan), as an edition and its three groups of events.

Base 4, or 5 for 双高 and 本科职业 schools; 3, 4 and 3 by group; a course once in the first group, a class of majors
once over the other two; one more in the same group after a national prize, one more in any group after a first
prize; less for quota that stayed unused.
"""

from __future__ import annotations

from typing import Any

from backend.core import clock
from backend.core.actor import SYSTEM
from backend.people.models import Group
from competitions.contests import services as contests
from competitions.contests.models import Edition, Event

SOURCE = "《2024年河南省高等职业院校教学能力大赛方案》"
EDITION_RULES: dict[str, Any] = {
    "quota": {
        "scope": "school",
        "unit": "teams",
        "base": 4,
        "bases": [{"code": "double_high", "name": "双高校、本科职业学校", "n": 5}],
        "adjustments": [
            {"code": "national_prize", "name": "国赛获奖", "delta": 1, "bound": True, "evidence": "国赛获奖证书"},
            {"code": "national_first", "name": "国赛一等奖", "delta": 1, "evidence": "国赛获奖证书"},
        ],
        "history": [
            {"years": 3, "below": "1", "delta": -1},
            {"years": 2, "below": "0.5", "delta": -1},
            {"years": 3, "below": "0.5", "delta": -2},
            {"years": 3, "below": "0", "delta": -3},
        ],
        "source": SOURCE,
    }
}
GROUPS: dict[str, dict[str, Any]] = {
    "JX-COMMON": {"base": 3, "distinct": [{"field": "topic"}], "source": SOURCE},
    "JX-MAJOR1": {"base": 4, "distinct": [{"field": "topic_class", "together": "majors"}], "source": SOURCE},
    "JX-MAJOR2": {"base": 3, "distinct": [{"field": "topic_class", "together": "majors"}], "source": SOURCE},
}
TEAM = {"contestants": 1, "contestants_min": 1}


def teaching_contest(group: Group) -> tuple[Edition, dict[str, Event]]:
    """The edition with its signed rules, and its three events, open."""
    edition = contests.create_edition(
        actor=SYSTEM, group=group, contest_code="JX", contest_name="教学能力大赛", year=2024, name="2024年教学能力大赛"
    )
    events = {
        code: contests.create_event(
            actor=SYSTEM,
            edition=edition,
            group=group,
            code=code,
            name=code,
            division="TEACHER",
            rules={"team": TEAM, "quota": quota},
        )
        for code, quota in GROUPS.items()
    }
    contests.adopt_edition_rules(actor=SYSTEM, edition=edition, rules=EDITION_RULES)
    contests.sign_off_edition_rules(actor=SYSTEM, edition=edition)
    later = clock.now().replace(year=clock.now().year + 1, day=1)
    Event.objects.update(state="registering", registration_closes_at=later)
    return edition, {code: Event.objects.get(code=code) for code in events}
