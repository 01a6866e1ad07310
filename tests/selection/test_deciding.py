"""Recommendation, experts, list, notice, objection, confirmation."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from backend.core import clock
from backend.core.actor import PUBLIC
from backend.core.errors import IllegalMove, Invalid, NotAllowed, NotFound
from backend.people.models import Group
from backend.selection import services
from backend.selection.errors import (
    ExpertsMissing,
    NotEveryoneRecommended,
    ObjectionsOpen,
    PublicityRuns,
    RanksWrong,
    ReasonMissing,
    Recused,
    ScoresMissing,
    ScoringOver,
    VersionChanged,
)
from backend.selection.models import Application, Call, Choice, Decision, Expert, Review, Score, Version
from backend.selection.signals import offer_decided
from tests.factories import organisation
from tests.selection.world import (
    Selection,
    acting_as,
    apply_for,
    close,
    coordinator_of,
    expert_for,
    in_scoring,
    is_over,
    listed,
    object_to,
    on_show,
    open_call,
    recommend_all,
    score_all,
    secretary_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(group: Group) -> Selection:
    return in_scoring(group)


@pytest.fixture
def decided() -> Iterator[list[tuple[str, list[str]]]]:
    """What a room above would hear."""
    heard: list[tuple[str, list[str]]] = []

    def hear(offer: Any, organisations: Any, **_: Any) -> None:
        heard.append((offer.item_key, [o.name for o in organisations]))

    offer_decided.connect(hear, weak=False, dispatch_uid="test")
    yield heard
    offer_decided.disconnect(dispatch_uid="test")


def test_every_application_is_recommended_or_not_with_a_reason(group: Group) -> None:
    secretary = secretary_of(group)
    call = open_call(secretary, group)
    for n in (1, 2):
        apply_for(coordinator_of(organisation(f"第{n}学院"), f"c{n}"), call, "a")
    call = close(secretary, call)
    offer = call.offers.get(item_key="a")
    one, two = offer.choices.order_by("pk")
    with pytest.raises(NotEveryoneRecommended):
        services.forward(actor=secretary, call=call)
    with pytest.raises(RanksWrong):
        services.recommend(actor=secretary, offer=offer, words={one.uid: (1, "好"), two.uid: (1, "好")})
    with pytest.raises(RanksWrong):
        services.recommend(actor=secretary, offer=offer, words={one.uid: (2, "好"), two.uid: (None, "差")})
    with pytest.raises(ReasonMissing):
        services.recommend(actor=secretary, offer=offer, words={one.uid: (1, " "), two.uid: (None, "差")})
    with pytest.raises(NotFound):
        services.recommend(actor=secretary, offer=offer, words={uuid4(): (1, "好")})

    services.recommend(actor=secretary, offer=offer, words={one.uid: (None, "场地不足"), two.uid: (1, "条件具备")})

    with pytest.raises(ExpertsMissing):
        services.forward(actor=secretary, call=call)


def test_only_the_groups_secretary_recommends_and_names_experts(
    found: Selection, other_group: Group, organiser: Any
) -> None:
    offer = found.call.offers.all()[0]
    for actor in (secretary_of(other_group, "other"), organiser, found.coordinators["甲"], PUBLIC):
        with pytest.raises(NotAllowed):
            services.recommend(actor=actor, offer=offer, words={})
        with pytest.raises(NotAllowed):
            expert_for(actor, offer, "friend")


def test_who_belongs_to_an_applicant_is_recused_at_once(found: Selection) -> None:
    offer = found.call.offers.all()[0]

    expert = expert_for(found.secretary, offer, "relative", found.schools["甲"])

    assert expert.recused_at is not None
    with pytest.raises(Recused):
        score_all(expert, {found.schools["乙"].name: ("10", "10")})


def test_a_declared_conflict_takes_the_points_away(found: Selection) -> None:
    expert = found.experts[0]
    score_all(expert, {found.schools["甲"].name: ("60", "40")})
    with pytest.raises(ReasonMissing):
        services.recuse(actor=acting_as(expert), expert=expert, reason="")
    with pytest.raises(NotAllowed):
        services.recuse(actor=found.coordinators["甲"], expert=expert, reason="不喜欢")

    services.recuse(actor=acting_as(expert), expert=expert, reason="曾在该校任教")

    assert Review.objects.valid().count() == 0


def test_experts_are_blind_to_each_other_until_all_are_done(found: Selection) -> None:
    one, two = (e for e in found.experts if e.offer.item_key == "a")
    names = [school.name for school in found.schools.values()]
    points = {name: ("50", "30") for name in names}
    score_all(one, points)

    before = [Review.objects.visible_to(actor).count() for actor in (acting_as(two), found.secretary)]
    score_all(two, points)

    assert before == [0, 0]
    assert Review.objects.visible_to(acting_as(two)).count() == 4
    assert Review.objects.visible_to(found.secretary).count() == 4
    assert Review.objects.visible_to(found.coordinators["甲"]).count() == 0
    with pytest.raises(ScoringOver):
        score_all(one, points)


def test_points_lie_within_their_criterion_and_all_are_given(found: Selection) -> None:
    expert = found.experts[0]
    choice = expert.offer.choices.all()[0]
    for points in ({1: Decimal("60.01"), 2: Decimal(1)}, {1: Decimal(-1), 2: Decimal(1)}, {1: Decimal(1)}):
        with pytest.raises(Invalid):
            services.score(actor=acting_as(expert), expert=expert, choice=choice, version=1, points=points)
    with pytest.raises(VersionChanged):
        services.score(
            actor=acting_as(expert), expert=expert, choice=choice, version=2, points={1: Decimal(1), 2: Decimal(1)}
        )


def test_an_expert_scores_only_as_oneself(found: Selection) -> None:
    one, two = (e for e in found.experts if e.offer.item_key == "a")

    with pytest.raises(NotAllowed):
        services.score(actor=acting_as(two), expert=one, choice=one.offer.choices.all()[0], version=1, points={})


def test_no_list_before_every_expert_is_done(found: Selection) -> None:
    with pytest.raises(ScoresMissing):
        services.shortlist(actor=found.secretary, call=found.call)


def test_the_list_follows_points_wishes_and_limits(group: Group) -> None:
    found = in_scoring(group, wins_max=1)

    call = listed(found)

    snapshot = call.decisions.get().snapshot
    rows = {o["label"]: [(r["organisation"], r["total"], r["outcome"]) for r in o["rows"]] for o in snapshot["offers"]}
    assert rows == {
        "赛项甲": [("新乡职业技术学院", "80", "chosen"), ("开封大学", "70", "below")],
        "赛项乙": [("新乡职业技术学院", "80", "limit"), ("开封大学", "70", "chosen")],
    }


def test_a_newcomer_has_its_own_limit(group: Group) -> None:
    found = in_scoring(group, wins_max=None, wins_max_new=1)

    call = listed(found, first=("10", "10"), second=("60", "40"))

    rows = [(r["organisation"], r["outcome"]) for o in call.decisions.get().snapshot["offers"] for r in o["rows"]]
    assert rows == [
        ("开封大学", "chosen"),
        ("新乡职业技术学院", "below"),
        ("开封大学", "limit"),
        ("新乡职业技术学院", "chosen"),
    ]


def test_a_list_is_seen_by_others_only_once_it_is_shown(found: Selection) -> None:
    call = listed(found)
    assert Decision.objects.visible_to(PUBLIC).count() == 0
    assert Decision.objects.visible_to(found.secretary).count() == 1

    services.publish(actor=found.secretary, call=call)

    assert Decision.objects.visible_to(PUBLIC).count() == 1


def test_confirming_waits_for_the_notice_and_every_answer_and_tells_who_won(
    found: Selection, decided: list[tuple[str, list[str]]]
) -> None:
    call = on_show(found)
    with pytest.raises(PublicityRuns):
        services.confirm(actor=found.secretary, call=call)
    made = object_to(call)
    call = is_over(call)
    with pytest.raises(ObjectionsOpen):
        services.confirm(actor=found.secretary, call=call)
    services.decide_objection(actor=found.secretary, objection=made, verdict="dismiss", answer="维持。")

    decision = services.confirm(actor=found.secretary, call=call)

    assert decision.kind == "confirmed"
    assert decided == [("a", ["新乡职业技术学院"]), ("b", ["新乡职业技术学院"])]
    outcomes = Choice.objects.order_by("application", "rank").values_list("outcome", flat=True)
    assert list(outcomes) == ["confirmed", "confirmed", "rejected", "rejected"]
    with pytest.raises(IllegalMove):
        services.confirm(actor=found.secretary, call=call)


def test_a_withdrawn_application_no_longer_keeps_the_experts_waiting(found: Selection) -> None:
    name = found.schools["甲"].name
    for expert in found.experts:
        score_all(expert, {name: ("50", "30")})

    services.withdraw(
        actor=found.coordinators["乙"],
        application=Application.objects.get(pk=found.applications["乙"].pk),
        reason="放弃",
    )

    assert found.call.offers.filter(scored_at=None).count() == 0


@pytest.mark.postgres
def test_the_database_itself_keeps_versions_lists_and_points(found: Selection) -> None:
    listed(found)

    for change in (
        lambda: Version.objects.update(number=9),
        lambda: Decision.objects.update(reason="x"),
        lambda: Score.objects.update(points=61),
        lambda: Expert.objects.update(recused_at=clock.now()),
        lambda: Call.objects.update(publicity_days=0),
    ):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            change()


def test_not_even_recommended_is_not_scored(group: Group) -> None:
    secretary = secretary_of(group)
    call = open_call(secretary, group, experts_min=1)
    names = ["第一学院", "第二学院"]
    for n, name in enumerate(names):
        apply_for(coordinator_of(organisation(name), f"c{n}"), call, "a")
    call = close(secretary, call)
    recommend_all(secretary, call)
    offer = call.offers.get(item_key="a")
    one, two = offer.choices.order_by("pk")
    services.recommend(actor=secretary, offer=offer, words={one.uid: (None, "场地不足"), two.uid: (1, "好")})
    expert = expert_for(secretary, offer, "expert")
    services.forward(actor=secretary, call=call)

    with pytest.raises(NotFound):
        score_all(expert, {names[0]: ("1", "1")})
    score_all(expert, {names[1]: ("1", "1")})

    offer.refresh_from_db()
    assert offer.scored_at is not None
