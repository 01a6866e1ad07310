"""The quota engine: the 2024 teaching contest at its boundaries, adjustments with evidence, wider scopes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.models import User
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import Invalid, NotAllowed
from backend.people.models import Group, Organisation
from competitions.contests.models import Edition, Event
from competitions.contests.rulebook.quota import HistoryStep, QuotaRule, read_quota
from competitions.registration import services
from competitions.registration.errors import EntriesRefused
from competitions.registration.models import Entry, QuotaAdjustment
from competitions.registration.rulebook import EntryDraft
from competitions.registration.rulebook.quotas import Change, Position, Year, history_delta, position_of, too_few
from competitions.registration.selectors.quota_lines import quota_lines_of
from tests.factories import organisation, signed_in
from tests.registration.quota_2024 import EDITION_RULES, teaching_contest
from tests.registration.world import RULES, member, team

Contest = tuple[Edition, dict[str, Event]]
STEPS = [HistoryStep(s["years"], Decimal(s["below"]), s["delta"]) for s in EDITION_RULES["quota"]["history"]]


@pytest.mark.parametrize(
    ("years", "delta"),
    [
        ([(4, 4), (3, 4), (3, 4)], 0),  # one full year breaks the row of three
        ([(3, 4), (3, 4), (3, 4)], -1),
        ([(4, 4), (1, 4), (1, 4)], -1),  # two years below half
        ([(4, 4), (2, 4), (1, 4)], 0),  # exactly half is not below half
        ([(1, 4), (1, 4), (1, 4)], -2),
        ([(0, 4), (0, 4), (0, 4)], -3),
        ([(0, 4), (0, 4)], -1),
        ([], 0),
        ([(0, 0), (0, 0), (0, 0)], 0),  # nothing was allowed, so nothing was left unused
    ],
)
def test_unused_quota_costs_what_the_regulation_says(years: list[tuple[int, int]], delta: int) -> None:
    assert history_delta(STEPS, [Year(*year) for year in years]) == delta


@pytest.mark.parametrize(
    ("needed", "unit", "schools", "found"),
    [(4, "schools", "aabbc", 3), (4, "schools", "abcd", None), (4, "teams", "aab", 3), (4, "teams", "aabb", None)],
)
def test_too_few_entries_are_counted_in_the_rules_unit(needed: int, unit: str, schools: str, found: int | None) -> None:
    assert too_few(needed, unit, schools) == found


@given(
    st.integers(0, 8),
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 4), max_size=3),
    st.integers(0, 3),
    st.lists(st.sampled_from("abc"), max_size=20),
)
def test_taking_places_never_exceeds_a_limit_and_refuses_only_when_nothing_is_left(
    allowed: int, caps: dict[str, int], free: int, asked: list[str]
) -> None:
    position = Position(allowed, caps, free)

    for event in asked:
        left = position.left(event)
        refused = position.take(event, 1)
        assert bool(refused) == (left == 0)

    assert position.used_in_all <= allowed
    assert position.beyond_caps() <= free


def test_bound_and_free_adjustments_reach_the_events() -> None:
    edition, event = read_quota({"base": 4}), read_quota({"base": 3})
    assert edition is not None and event is not None
    changes = [Change("a", 1, "e"), Change("b", 1)]

    position = position_of(edition, {"e": event, "f": event}, "", changes, {}, {})

    assert (position.allowed, position.caps, position.free) == (6, {"e": 4, "f": 3}, 1)


def test_a_quota_never_falls_below_nothing() -> None:
    rule = QuotaRule("school", "teams", 2)

    assert position_of(rule, {}, "", [Change("history", -3)], {}, {}).allowed == 0


@pytest.fixture
def contest(group: Group) -> Contest:
    return teaching_contest(group)


@pytest.fixture
def school(db: None) -> Organisation:
    return organisation("甲职业学院")


def enter(event: Event, school: Organisation, serial: int, **own: str) -> Entry:
    draft = EntryDraft(str(school.uid), 0, "", (member(serial),), **own)
    return services.enter_many(actor=SYSTEM, event=event, drafts=[draft])[0]


def refused(event: Event, school: Organisation, serial: int, **own: str) -> str:
    with pytest.raises(EntriesRefused) as found:
        enter(event, school, serial, **own)
    ((text,),) = found.value.problems.values()
    return str(text)


def test_the_fifth_entry_of_a_school_with_four_is_refused(contest: Contest, school: Organisation) -> None:
    _edition, events = contest
    for n, code in enumerate(("JX-COMMON", "JX-COMMON", "JX-MAJOR1", "JX-MAJOR2")):
        enter(events[code], school, 100 + n, topic=f"课{n}", topic_class=f"类{n}")

    text = refused(events["JX-MAJOR1"], school, 110, topic_class="类九")

    assert text == "全部赛项的名额为 4，本队已超出。依据《2024年河南省高等职业院校教学能力大赛方案》。"


def test_a_school_of_the_better_class_has_five(contest: Contest, school: Organisation) -> None:
    edition, events = contest
    services.set_base(actor=SYSTEM, of=edition, school=school, code="double_high", evidence="教育部公布名单")
    for n in range(4):
        enter(events["JX-MAJOR1"], school, 100 + n, topic_class=f"类{n}")

    assert "本赛项的名额为 4" in refused(events["JX-MAJOR1"], school, 110, topic_class="类九")
    enter(events["JX-MAJOR2"], school, 111, topic_class="类九")
    assert "全部赛项的名额为 5" in refused(events["JX-COMMON"], school, 112, topic="课")


def test_the_first_group_takes_three_and_each_course_once(contest: Contest, school: Organisation) -> None:
    event = contest[1]["JX-COMMON"]
    for n in range(3):
        enter(event, school, 100 + n, topic=f"课{n}")

    with pytest.raises(EntriesRefused) as found:
        enter(event, school, 110, topic="课0")

    assert sorted(found.value.problems) == ["1.team_number", "1.topic"]


def test_a_class_of_majors_is_named_once_over_both_groups(contest: Contest, school: Organisation) -> None:
    events = contest[1]
    enter(events["JX-MAJOR1"], school, 100, topic_class="水利类")

    assert "该专业类已有作品报名" in refused(events["JX-MAJOR2"], school, 101, topic_class="水利类")
    enter(events["JX-MAJOR2"], organisation("乙职业学院"), 102, topic_class="水利类")


def test_prizes_add_places_in_the_same_group_and_in_any(contest: Contest, school: Organisation) -> None:
    edition, events = contest
    common = events["JX-COMMON"]
    services.adjust_quota(
        actor=SYSTEM, of=edition, school=school, code="national_prize", evidence="证书A", bound=common
    )
    services.adjust_quota(actor=SYSTEM, of=edition, school=school, code="national_first", evidence="证书A")
    for n in range(5):
        enter(common, school, 100 + n, topic=f"课{n}")

    assert "本赛项的名额为 4" in refused(common, school, 110, topic="课九")
    enter(events["JX-MAJOR1"], school, 111, topic_class="类")
    assert "全部赛项的名额为 6" in refused(events["JX-MAJOR2"], school, 112, topic_class="类二")


def test_the_page_has_base_adjustments_used_and_left(contest: Contest, school: Organisation) -> None:
    edition, events = contest
    years = [Year(1, 4)] * 3
    services.adjust_quota(
        actor=SYSTEM, of=edition, school=school, code="history", evidence="2021–2023年报名汇总", history=years
    )
    enter(events["JX-COMMON"], school, 100, topic="课")

    over, own = quota_lines_of(events["JX-COMMON"], school)

    assert (own.base, own.allowed, own.used, own.left) == (3, 3, 1, 2)
    assert (over.base, over.allowed, over.used, over.left) == (4, 2, 1, 1)
    assert [(a.delta, a.evidence) for a in over.adjustments] == [(-2, "2021–2023年报名汇总")]


def test_an_adjustment_needs_evidence_its_rule_and_an_organiser(
    contest: Contest, school: Organisation, organiser: Actor, other_organiser: Actor
) -> None:
    edition, _events = contest
    own = signed_in("own", "school_coordinator", "organisation", str(school.uid))
    for actor in (other_organiser, own):
        with pytest.raises(NotAllowed):
            services.adjust_quota(actor=actor, of=edition, school=school, code="national_first", evidence="证书")
    for code, evidence, field in (
        ("national_first", " ", "evidence"),
        ("nice", "证书", "code"),
        ("national_prize", "证书", "bound"),
        ("history", "汇总", "history"),
    ):
        with pytest.raises(Invalid) as found:
            services.adjust_quota(actor=organiser, of=edition, school=school, code=code, evidence=evidence)
        assert list(found.value.problems) == [field]

    made = services.adjust_quota(actor=organiser, of=edition, school=school, code="national_first", evidence="证书")
    with pytest.raises(Invalid):
        services.adjust_quota(actor=organiser, of=edition, school=school, code="national_first", evidence="证书")
    with pytest.raises(NotAllowed):
        services.end_adjustment(actor=other_organiser, adjustment=made, reason="误")
    services.end_adjustment(actor=organiser, adjustment=made, reason="误登记")

    assert QuotaAdjustment.objects.get().end_reason == "误登记"


def test_rules_of_an_edition_count_only_when_signed(group: Group, school: Organisation) -> None:
    edition, events = teaching_contest(group)
    edition.refresh_from_db()
    edition.rule_set = None
    edition.save()
    for n in range(4):
        enter(events["JX-MAJOR1"], school, 100 + n, topic_class=f"类{n}")
    enter(events["JX-MAJOR2"], school, 110, topic_class="类九")

    assert Entry.objects.count() == 5


def test_a_city_shares_one_quota_and_schools_without_one_share_another(make_event: Callable[..., Event]) -> None:
    event = make_event(rules={"team": {"contestants": 1}, "quota": {"scope": "city", "base": 2, "source": "通知"}})
    Event.objects.update(tech_platforms=[])
    bureau = organisation("郑州市教育局", kind="bureau")
    first, second = organisation("甲校", overseen_by=bureau), organisation("乙校", overseen_by=bureau)
    enter(event, first, 100)
    enter(event, second, 101)

    assert "名额为 2" in refused(event, first, 102)
    enter(event, organisation("省属学校"), 103)


def test_a_quota_in_persons_counts_contestants(make_event: Callable[..., Event], school: Organisation) -> None:
    rules = {"team": RULES["team"] | {"teams_per_school_max": 9}, "quota": {"unit": "persons", "base": 7}}
    del rules["team"]["teams_per_school_max"]
    event = make_event(rules=rules)
    drafts = [team(school, 100 + 10 * n, n) for n in (1, 2)]
    services.enter_many(actor=SYSTEM, event=event, drafts=drafts)

    with pytest.raises(EntriesRefused):
        services.enter_many(actor=SYSTEM, event=event, drafts=[team(school, 140, 3)])
    services.enter_many(actor=SYSTEM, event=event, drafts=[team(school, 140, 3, size=1)])


def test_organiser_adjusts_on_the_page(contest: Contest, school: Organisation, organiser: Actor) -> None:
    edition, events = contest
    enter(events["JX-COMMON"], school, 100, topic="课")
    client = Client()
    client.force_login(User.objects.get(pk=organiser.user_id))
    address = f"/editions/{edition.uid}/quotas/"

    wrong = client.post(address, {"act": "adjust", "school": school.pk, "code": "history", "history": "1-4"})
    done = client.post(
        address,
        {"act": "adjust", "school": school.pk, "code": "history", "history": "0/4\n0/4\n0/4", "evidence": "汇总表"},
    )
    page = client.get(address).content.decode()
    sheet = client.get(f"{address}?format=xlsx")
    ended = client.post(f"/quotas/{QuotaAdjustment.objects.get().uid}/end/", {"reason": "误登记"})

    assert "每届写成 2/4" in wrong.content.decode()
    assert (done.status_code, ended.status_code, sheet.status_code) == (302, 302, 200)
    assert "汇总表" in page
    of_event = client.get(f"/events/{events['JX-COMMON'].code}/quotas/").content.decode()
    assert f'href="{address}"' in of_event
    assert 'name="act" value="adjust"' not in of_event
