"""A hall where scoring is open, written into a running server's database."""

from __future__ import annotations

from typing import Any

from tests.browser.seed import account


def scoring(*, code: str, works: list[str]) -> dict[str, Any]:
    """An event with one panel of three. Answers the cookie and the seat of each judge; the first one records."""
    from backend.people.models import Group, Organisation
    from competitions.contests.models import Contest, Edition, Event, Round, RuleSet
    from tests.scoring.world import RULES, hall

    school, _ = Organisation.objects.get_or_create(name="郑州铁路职业技术学院", name_key="郑州铁路职业技术学院")
    names = {"number": 12, "name": "河南电子与信息职业教育集团", "lead_school": school, "major_category": "51"}
    group, _ = Group.objects.get_or_create(code="12", defaults=names)
    contest, _ = Contest.objects.get_or_create(code="SKILLS", defaults={"name": "河南省高等职业教育技能大赛"})
    edition, _ = Edition.objects.get_or_create(contest=contest, year=2026, defaults={"name": "2026年大赛"})
    rules = RuleSet.objects.create(code=f"rules-{code}", title="规程", rules=RULES)
    event = Event.objects.create(
        edition=edition, code=code, name="网站技术", leading_group=group, rule_set=rules, state="drawn"
    )
    Round.objects.create(event=event)
    made = hall(event, codes=tuple(works))
    accounts = [seat.user.account_name for seat in made.seats if seat.user]
    return {"cookies": [account(name=name) for name in accounts], "seats": [str(seat.uid) for seat in made.seats]}


def marks(*, code: str) -> list[list[str]]:
    """Every mark taken at an event: work, seat, aspect and value, in the order they came."""
    from competitions.scoring.models import Mark

    found = Mark.objects.filter(sheet__work__round__event__code=code)
    found = found.order_by(
        "taken_at", "sheet", "aspect", "sequence"
    )  # keys follow the ids of the taps, not their order
    rows = found.values_list("sheet__work__code", "sheet__seat__number", "aspect__code", "value")
    return [[str(cell) for cell in row] for row in rows]
