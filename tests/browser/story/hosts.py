"""What the story of host selection needs in the server's database before it begins, and the passing of time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

CODE = "GZ-2027-007"


def begin() -> dict[str, str]:
    """Group 07 with an event in preparation and two schools that could host it."""
    from backend.people.models import Group
    from competitions.contests.models import Contest, Edition, Event, Round, RuleSet
    from tests.factories import organisation

    lead = organisation("河南交通职业技术学院")
    group = Group.objects.create(
        code="07", number=7, name="河南交通运输职教集团", lead_school=lead, major_category="50"
    )
    contest = Contest.objects.create(code="HOSTED", name="河南省高职技能大赛（承办遴选）")
    edition = Edition.objects.create(contest=contest, year=2027, name="2027年河南省高职技能大赛")
    rules = RuleSet.objects.create(code=f"rules-{CODE}", title="规程", rules={})
    event = Event.objects.create(edition=edition, code=CODE, name="城轨智能运输", leading_group=group, rule_set=rules)
    Round.objects.create(event=event)
    schools = {key: organisation(name) for key, name in {"one": "洛阳职业技术学院", "two": "濮阳职业技术学院"}.items()}
    return {key: str(school.uid) for key, school in schools.items()}


def closing() -> dict[str, Any]:
    """The announced last minute for applications is past."""
    from backend.core import clock
    from backend.selection.models import Call

    Call.objects.filter(state="open").update(closes_at=clock.now() - timedelta(minutes=2))
    return {}


def notice_over() -> dict[str, Any]:
    """The days of public notice have gone by."""
    from backend.core import clock
    from backend.selection.models import Call

    Call.objects.filter(state="publicity").update(publicity_until=clock.now() - timedelta(seconds=1))
    return {}


def hosts() -> dict[str, list[str]]:
    """Who hosts the event now."""
    from competitions.contests.models import Event
    from competitions.contests.selectors import hosts_of

    return {"hosts": [school.name for school in hosts_of(Event.objects.get(code=CODE))]}
