"""How many entries a new version of the rules concerns, and which of them would break it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.core.actor import SYSTEM, Actor
from competitions.contests.models import Event
from competitions.contests.projections import Proposal
from competitions.registration import services
from competitions.registration.models import Entry
from competitions.registration.projections.proposing import breach_lines
from competitions.registration.rulebook import EntryDraft, MemberDraft
from competitions.registration.selectors.entries import Concerned, concerned_by
from competitions.registration.selectors.proposing import touched_by
from tests.factories import browser, organisation
from tests.registration.world import RULES, id_number, member, team

pytestmark = pytest.mark.django_db
NOT_OLD = {"code": "A", "kind": "AGE_MAX", "source": "通知", "params": {"max": 20, "on": "2026-05-01"}}
WOMEN = {"code": "S", "kind": "SEX", "source": "通知", "params": {"sex": "F"}, "of": ["instructor"]}
TAUGHT = {"code": "T", "kind": "TEACHING_YEARS_MIN", "source": "通知", "params": {"min": 3}, "of": ["instructor"]}


def told(actor: Actor, event: Event, **parts: Any) -> list[tuple[str, str, str, str]]:
    """School, person, rule and reason of whoever would break the rules with these parts."""
    breaches = touched_by(actor, Proposal(event, RULES, {**RULES, **parts})).breaches
    return [(line.entry.school.name, line.name, line.rule, line.why) for line in breach_lines(breaches)]


def test_entries_that_stand_are_counted_for_an_event_and_its_edition(
    event: Event, organiser: Actor, other_organiser: Actor
) -> None:
    drafts = [team(organisation(name), serial) for name, serial in (("甲", 100), ("乙", 200), ("丙", 300))]
    first, _second, gone = services.enter_many(actor=SYSTEM, event=event, drafts=drafts)
    Entry.objects.filter(pk=first.pk).update(state="approved")
    Entry.objects.filter(pk=gone.pk).update(state="withdrawn")

    assert concerned_by(organiser, event) == Concerned(entries=2, submitted=1, schools=2)
    assert concerned_by(organiser, event.edition) == Concerned(entries=2, submitted=1, schools=2)
    assert concerned_by(other_organiser, event) == Concerned(0, 0, 0)


def test_who_would_break_a_changed_rule_is_named_with_the_reason(
    event: Event, organiser: Actor, other_organiser: Actor
) -> None:
    old, coach = MemberDraft("contestant", "老将", id_number(400, "20020601")), member(501, "instructor")
    draft = EntryDraft(str(organisation("甲学院").uid), 1, "平台甲", (old, member(101), member(102), coach))
    drafts = [
        draft,
        team(organisation("乙学院"), 200),
        *(team(organisation(f"丙学院{n}"), 300 + 9 * n) for n in (1, 2)),
    ]
    *_standing, gone = services.enter_many(actor=SYSTEM, event=event, drafts=drafts)
    Entry.objects.filter(pk=gone.pk).update(state="withdrawn")

    assert told(organiser, event) == []
    assert told(organiser, event, eligibility=[NOT_OLD, WOMEN]) == [
        ("甲学院", "老将", "截至 2026-05-01 不超过 20 周岁", "截至 2026-05-01 已满 23 周岁。"),
        ("甲学院", "人501", "限女性", "此人不符合条件：限女性"),
    ]
    assert told(organiser, event, age={"max": 20, "on": "2026-05-01"}) == [
        ("甲学院", "老将", "年龄限制", "截至 2026-05-01，该选手已超过 20 周岁，不符合规程。")
    ]
    smaller = told(organiser, event, team={**RULES["team"], "contestants": 2, "contestants_min": 2})
    assert [(school, why) for school, _name, _rule, why in smaller] == [
        (school, "选手超出 1 人") for school in ("丙学院1", "乙学院", "甲学院")
    ]
    assert told(other_organiser, event, eligibility=[NOT_OLD]) == []


def test_a_rule_that_did_not_change_concerns_nobody_again(event: Event, organiser: Actor) -> None:
    services.enter_many(actor=SYSTEM, event=event, drafts=[team(organisation("甲学院"), 100)])
    young = {**NOT_OLD, "params": {"max": 15, "on": "2026-05-01"}}
    cited = {**young, "source": "新通知"}

    assert len(touched_by(organiser, Proposal(event, RULES, {**RULES, "eligibility": [young]})).breaches) == 3
    kept = Proposal(event, {**RULES, "eligibility": [young]}, {**RULES, "eligibility": [cited]})
    assert touched_by(organiser, kept).breaches == []


def test_team_sizes_and_teams_of_a_school_are_told(event: Event, organiser: Actor) -> None:
    school = organisation("甲学院")
    services.enter_many(actor=SYSTEM, event=event, drafts=[team(school, 100), team(school, 200, 2)])
    smaller = {"contestants": 2, "contestants_min": 2, "instructors_min": 1, "instructors_max": 2}

    found = told(organiser, event, team={**smaller, "teams_per_school_max": 1})

    size = "队伍人数与队数"
    both = [("甲学院", "", size, "缺 1 名指导教师"), ("甲学院", "", size, "选手超出 1 人")]
    assert found == [*both, *both, ("甲学院", "", size, "该校超出 1 队。")]


def test_what_an_edition_rules_is_held_against_the_teams_of_its_events(
    event: Event, make_event: Callable[..., Event], organiser: Actor
) -> None:
    drafts = [EntryDraft(str(organisation("甲").uid), 1, "平台甲", (*(member(n) for n in (100, 101, 102)), COACH))]
    for at in (event, make_event("GZ-2026-047", rules=RULES)):
        services.enter_many(actor=SYSTEM, event=at, drafts=drafts)
    ages = [{**NOT_OLD, "params": {"max": 15, "on": "2026-05-01"}}]

    touched = touched_by(organiser, Proposal(event.edition, {}, {"eligibility": [*ages, TAUGHT]}))

    assert [breach.entry.event.code for breach in touched.breaches] == ["GZ-2026-046"] * 3 + ["GZ-2026-047"] * 3
    assert touched.asking == 2


COACH = member(501, "instructor")


def test_a_thousand_teams_ask_no_more_questions_than_one(event: Event, organiser: Actor) -> None:
    proposal = Proposal(event, RULES, {**RULES, "team": {"contestants": 2}, "eligibility": [NOT_OLD, WOMEN, TAUGHT]})

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            breach_lines(touched_by(organiser, proposal).breaches)
        return len(asked)

    services.enter_many(actor=SYSTEM, event=event, drafts=[team(organisation("甲"), 100)])
    one = questions()
    drafts = [team(organisation(f"乙{n}"), 110 + 3 * n) for n in range(30)]
    services.enter_many(actor=SYSTEM, event=event, drafts=drafts)

    assert questions() == one


def test_the_page_of_comparison_lists_fifty_and_turns_the_page(event: Event, organiser: Actor) -> None:
    drafts = [team(organisation(f"第{n:02d}学院"), 100 + 3 * n) for n in range(18)]
    services.enter_many(actor=SYSTEM, event=event, drafts=drafts)
    new = {**RULES, "eligibility": [{**NOT_OLD, "params": {"max": 15, "on": "2026-05-01"}}]}
    client, address = browser(organiser), f"/events/{event.code}/rules/"
    carried = {"rules": json.dumps(new), "against": "1", "title": "", "source": ""}

    first = client.post(f"{address}?as=text", {"text": json.dumps(new)}).content.decode()
    second = client.post(address, {**carried, "do": "page:2"}).content.decode()
    broken = client.post(address, {**carried, "rules": '{"eligibility": 1}', "do": "page:2"})

    assert ("人100" in first, "人150" in first, "第 1–50 条，共 54 条" in first) == (True, False, True)
    assert ("人100" in second, "人153" in second, "第 51–54 条，共 54 条" in second) == (False, True, True)
    assert "18 支队伍不符合改动后的条件" in second
    assert "采用这一版" in second
    assert broken.status_code == 200
