"""Rules of eligibility as data: tables of cases, what is asked when nobody knows, and what a school states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.errors import Invalid, NotAllowed, NotFound
from competitions.contests.models import Event
from competitions.contests.rulebook import problems_of
from competitions.contests.rulebook.eligibility import read_eligibility
from competitions.registration import services
from competitions.registration.errors import EntriesRefused, FactsMissing, RulesBroken
from competitions.registration.models import Entry, Fact, Member
from competitions.registration.rulebook import EntryDraft
from competitions.registration.rulebook.eligibility import beyond, fact_of, judge_person
from competitions.registration.selectors.eligibility import verdicts_of
from tests.factories import organisation, signed_in
from tests.registration.world import RULES, id_number, member, team

ON = "2026-05-01"


def rule(kind: str, of: str = "contestant", **params: Any) -> dict[str, Any]:
    return {"code": f"R-{kind}", "kind": kind, "of": [of], "params": params, "source": "《赛项规程》第三条"}


@pytest.mark.parametrize(
    ("kind", "params", "fact", "outcome"),
    [
        ("AGE_MAX", {"max": 25, "on": ON}, date(2000, 5, 2), "met"),  # 25 until the day before the 26th birthday
        ("AGE_MAX", {"max": 25, "on": ON}, date(2000, 5, 1), "broken"),
        ("AGE_MIN", {"min": 16, "on": ON}, date(2010, 5, 1), "met"),
        ("AGE_MIN", {"min": 16, "on": ON}, date(2010, 5, 2), "broken"),
        ("AGE_MAX", {"max": 25, "on": ON}, None, "unknown"),
        ("ENROLLED", {}, True, "met"),
        ("ENROLLED", {}, False, "broken"),
        ("ENROLLED", {}, None, "unknown"),
        ("STUDY_YEAR_RANGE", {"min": 4, "max": 5}, 3, "broken"),
        ("STUDY_YEAR_RANGE", {"min": 4, "max": 5}, 4, "met"),
        ("STUDY_YEAR_RANGE", {"min": 4, "max": 5}, 6, "broken"),
        ("TEACHING_YEARS_MIN", {"min": 2}, 2, "met"),
        ("TEACHING_YEARS_MIN", {"min": 2}, 0, "broken"),
        ("EMPLOYED_MONTHS_MIN", {"min": 12}, 11, "broken"),
        ("NOT_PRIOR_AWARD", {"levels": ["国赛"], "tiers": ["一等奖"]}, True, "met"),
        ("NOT_PRIOR_AWARD", {"levels": ["国赛"], "tiers": ["一等奖"]}, False, "broken"),
        ("NOT_PRIOR_ENTRY", {"years": 2}, None, "unknown"),
        ("NOT_HONOUR", {"honours": ["全国技术能手"]}, False, "broken"),
        ("NOT_STUDENT", {}, True, "met"),
        ("SAME_SCHOOL", {}, False, "broken"),
        ("EVENTS_MAX", {"max": 1}, 2, "broken"),
        ("EVENTS_MAX", {"max": 1}, 1, "met"),
        ("SEX", {"sex": "F"}, "M", "broken"),
        ("SEX", {"sex": "F"}, "", "unknown"),
    ],
)
def test_a_rule_is_met_broken_or_unknown(kind: str, params: dict[str, Any], fact: Any, outcome: str) -> None:
    (read,) = read_eligibility([rule(kind, **params)])

    (verdict,) = judge_person([read], "contestant", {fact_of(read): fact})

    assert verdict.outcome == outcome


@given(st.dictionaries(st.sampled_from(["birth_date", "study_year", "teaching_years"]), st.none(), max_size=3))
def test_what_nobody_knows_is_never_met_and_never_broken(facts: dict[str, Any]) -> None:
    rules = read_eligibility(
        [rule("AGE_MAX", max=25, on=ON), rule("STUDY_YEAR_RANGE", min=1, max=3), rule("TEACHING_YEARS_MIN", min=2)]
    )

    assert {v.outcome for v in judge_person(rules, "contestant", facts)} == {"unknown"}


def test_a_rule_asks_nothing_of_other_roles() -> None:
    rules = read_eligibility([rule("TEACHING_YEARS_MIN", of="instructor", min=2)])

    assert judge_person(rules, "contestant", {}) == []


@pytest.mark.parametrize(
    ("places", "standing", "found"),
    [
        ([("p", "instructor", 1), ("p", "instructor", 2)], [], [1]),
        ([("p", "instructor", 1), ("p", "instructor", 1)], [], []),
        ([("p", "instructor", 2)], [("p", "instructor", 1)], [0]),
        ([("p", "leader", 2), ("", "instructor", 3)], [("p", "instructor", 1)], []),
    ],
)
def test_teams_beyond_the_most_are_found(places: Any, standing: Any, found: list[int]) -> None:
    assert beyond(places, standing, "instructor", 1) == found


@pytest.mark.parametrize(
    ("bad", "path"),
    [
        ({"params": {"max": 25}}, "$.eligibility[0].params"),
        ({"params": {"max": "25", "on": ON}}, "$.eligibility[0].params.max"),
        ({"params": {"max": 25, "on": "2026-02-30"}}, "$.eligibility[0].params.on"),
        ({"params": {"max": 25, "on": ON, "colour": 1}}, "$.eligibility[0].params"),
        ({"refusal": "超过{limit}岁"}, "$.eligibility[0].refusal"),
        ({"source": ""}, "$.eligibility[0].source"),
        ({"kind": "NICE"}, "$.eligibility[0].kind"),
    ],
)
def test_misfits_of_a_rule_are_found_by_path(bad: dict[str, Any], path: str) -> None:
    document = {**RULES, "eligibility": [{**rule("AGE_MAX", max=25, on=ON), **bad}]}

    assert [p.path for p in problems_of(document)] == [path]


ASKED = [
    {**rule("ENROLLED"), "evidence": "学籍证明"},
    {
        **rule("TEACHING_YEARS_MIN", of="instructor", min=2),
        "refusal": "指导教师从教不满{min}年",
        "when_unknown": "review",
    },
]


@pytest.fixture
def entered(make_event: Callable[..., Event], organiser: Actor) -> Entry:
    event = make_event(rules={**RULES, "eligibility": ASKED})
    draft = team(organisation("第一学院"), 100)
    people = (*draft.members, member(150, "instructor"))
    whole = EntryDraft(draft.school, 1, draft.tech_platform, people, whole=True)
    return services.enter_many(actor=organiser, event=event, drafts=[whole])[0]


def answers(entry: Entry, enrolled: bool | None = True, years: int | None = None) -> dict[Any, Any]:
    people = Member.objects.filter(entry=entry)
    facts: dict[Any, Any] = {
        (str(m.uid), "enrolled:R-ENROLLED"): (enrolled, "学籍证明") for m in people if m.role == "contestant"
    }
    if years is not None:
        facts[str(people.get(role="instructor").uid), "teaching_years"] = (years, "聘任合同")
    return facts


def test_a_team_is_submitted_once_everything_asked_is_stated(entered: Entry, organiser: Actor) -> None:
    with pytest.raises(FactsMissing) as missing:
        services.submit_entry(actor=organiser, entry=entered)

    changed = services.state_facts(actor=organiser, entry=entered, facts=answers(entered))
    again = services.state_facts(actor=organiser, entry=entered, facts=answers(entered))

    assert (missing.value.details["count"], changed, again) == (3, 3, 0)
    assert services.submit_entry(actor=organiser, entry=entered).state == "submitted"


def test_a_refusal_says_what_and_by_which_rule(entered: Entry, organiser: Actor) -> None:
    services.state_facts(actor=organiser, entry=entered, facts=answers(entered, years=1))

    with pytest.raises(RulesBroken) as refused:
        services.submit_entry(actor=organiser, entry=entered)

    ((text,),) = refused.value.problems.values()
    assert text == "指导教师从教不满2年。依据《赛项规程》第三条。"


def test_the_unknown_is_asked_with_its_evidence(entered: Entry) -> None:
    line = verdicts_of(entered)[0]

    assert line.text_of(line.verdicts[0]) == "尚未证明：全日制在籍。请提供学籍证明。依据《赛项规程》第三条。"


def test_a_changed_statement_leaves_the_former_one_on_record(entered: Entry, organiser: Actor) -> None:
    services.state_facts(actor=organiser, entry=entered, facts=answers(entered, years=1))
    services.state_facts(actor=organiser, entry=entered, facts=answers(entered, years=3))
    services.state_facts(actor=organiser, entry=entered, facts=answers(entered, enrolled=None))

    assert list(Fact.objects.filter(key="teaching_years").order_by("pk").values_list("value", flat=True)) == [1, 3]
    assert Fact.objects.filter(key="enrolled:R-ENROLLED", ended_at=None).count() == 0


def test_only_the_school_and_the_organisers_state_facts(entered: Entry, other_organiser: Actor) -> None:
    own = signed_in("own", "school_coordinator", "organisation", str(entered.school.uid))
    stranger = signed_in("stranger", "school_coordinator", "organisation", str(organisation("第二学院").uid))

    assert services.state_facts(actor=own, entry=entered, facts=answers(entered)) == 3
    for actor in (other_organiser, stranger):
        with pytest.raises((NotAllowed, NotFound)):
            services.state_facts(actor=actor, entry=entered, facts=answers(entered))


def test_what_is_not_asked_is_refused(entered: Entry, organiser: Actor) -> None:
    uid = str(Member.objects.filter(role="contestant").latest("pk").uid)
    facts = {(uid, "teaching_years"): (3, ""), (uid, "enrolled:R-ENROLLED"): ("yes", "")}

    with pytest.raises(Invalid) as refused:
        services.state_facts(actor=organiser, entry=entered, facts=facts)

    assert sorted(refused.value.problems) == [f"{uid}.enrolled:R-ENROLLED", f"{uid}.teaching_years"]


def test_broken_rules_refuse_an_entry_at_its_row(make_event: Callable[..., Event], organiser: Actor) -> None:
    event = make_event(rules={**RULES, "eligibility": [rule("AGE_MIN", min=18, on=ON), rule("SEX", sex="F")]})
    young = member(102)
    young = type(young)(role="contestant", name="人", id_number=id_number(102, "20100601"))
    draft = EntryDraft(str(organisation("第一学院").uid), 1, "平台甲", (member(100), young, member(101)))

    with pytest.raises(EntriesRefused) as refused:
        services.enter_many(actor=organiser, event=event, drafts=[draft])

    assert sorted(refused.value.problems) == ["2.id_number", "3.id_number"]
    assert "《赛项规程》第三条" in refused.value.problems["2.id_number"][0]


def test_one_event_per_person_over_an_edition(make_event: Callable[..., Event], organiser: Actor) -> None:
    rules = {**RULES, "eligibility": [rule("EVENTS_MAX", max=1)]}
    first, second = make_event("A-1", rules=rules), make_event("A-2", rules=rules)
    school = organisation("第一学院")
    services.enter_many(actor=organiser, event=first, drafts=[team(school, 100)])

    with pytest.raises(EntriesRefused) as refused:
        services.enter_many(actor=organiser, event=second, drafts=[team(school, 102)])

    assert list(refused.value.problems) == ["1.id_number"]


def test_the_school_answers_on_the_page(entered: Entry) -> None:
    own = signed_in("own", "school_coordinator", "organisation", str(entered.school.uid))
    client = Client()
    client.force_login(User.objects.get(pk=own.user_id))
    address = f"/entries/{entered.uid}/eligibility/"
    before = client.get(address).content.decode()

    fields = {f"p{n}-fact_0": "yes" for n in range(3)} | {f"p{n}-evidence_0": "学籍证明" for n in range(3)}
    done = client.post(address, {**fields, "p3-fact_0": "3"})
    after = client.get(address).content.decode()

    assert "请提供学籍证明" in before
    assert (done.status_code, Fact.objects.count()) == (302, 4)
    assert "尚未证明" not in after
