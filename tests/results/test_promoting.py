"""Who goes on to the next stage: a table of rankings, and the best of a published result entered once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.errors import NotAllowed
from backend.notify.models import Note
from competitions.contests.models import Event, RuleSet
from competitions.contests.rulebook import PromotionRule
from competitions.contests.rulebook.quota import read_promotion
from competitions.registration.models import Entry, Member
from competitions.results import services
from competitions.results.errors import NextStageClosed, NoPromotion, NotPublished
from competitions.results.rulebook import Ranked, choose
from tests.factories import signed_in
from tests.results.test_publishing import done, fresh_limits, signed

__all__ = ["done", "fresh_limits"]
pytestmark = pytest.mark.django_db


def rule(**given: Any) -> PromotionRule:
    read = read_promotion({"take": "top", "n": 2, **given})
    assert read is not None
    return read


def field(text: str) -> list[Ranked]:
    """`a1 b2 c2 d-`: school and rank of each team; a total of 100 minus its rank."""
    return [
        Ranked(f"{n:02d}", one[0], None if one[1:] == "-" else int(one[1:]), Decimal(100) - n)
        for n, one in enumerate(text.split(), 1)
    ]


@pytest.mark.parametrize(
    ("given", "teams", "chosen", "left_out"),
    [
        ({}, "a1 b2 c3", ["01", "02"], ["beyond_places"]),
        ({}, "a1 b2 c2 d4", ["01", "02", "03"], ["beyond_places"]),
        ({"ties": "leave"}, "a1 b2 c2 d4", ["01"], ["tied_out", "tied_out", "beyond_places"]),
        ({"per_school_max": 1}, "a1 a2 b3 c4", ["01", "03"], ["school_full", "beyond_places"]),
        ({"n": 9}, "a1 b- c2", ["01", "03"], ["not_ranked"]),
        ({"total_min": "99"}, "a1 b2", ["01"], ["below_minimum"]),
        ({"take": "ratio", "ratio": "0.30"}, "a1 b2 c3 d4 e5", ["01"], ["beyond_places"] * 4),
        ({"take": "ratio", "ratio": "0.30", "rounding": "up"}, "a1 b2 c3 d4 e5", ["01", "02"], ["beyond_places"] * 3),
        ({"take": "ratio", "ratio": "0.10"}, "a1 b2 c3", [], ["beyond_places"] * 3),
        ({"take": "ratio", "ratio": "0.10", "min": 1}, "a1 b2 c3", ["01"], ["beyond_places"] * 2),
        ({"take": "all"}, "a1 b2 c-", ["01", "02"], ["not_ranked"]),
        ({}, "", [], []),
    ],
)
def test_the_rule_chooses_and_says_why_not(
    given: dict[str, Any], teams: str, chosen: list[str], left_out: list[str]
) -> None:
    choice = choose(field(teams), rule(**given))

    assert [row.code for row in choice.chosen] == chosen
    assert [reason for _row, reason in choice.left_out] == left_out


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 6) | st.none()), max_size=12),
    st.integers(1, 6),
    st.none() | st.integers(1, 3),
    st.sampled_from(["take", "leave"]),
)
def test_everyone_is_chosen_or_left_out_once_and_no_better_rank_stays_behind_for_its_place(
    teams: list[tuple[str, int | None]], n: int, per_school: int | None, ties: str
) -> None:
    rows = [Ranked(f"{i:02d}", school, rank, None) for i, (school, rank) in enumerate(teams)]
    more = {"per_school_max": per_school} if per_school else {}

    choice = choose(rows, rule(n=n, ties=ties, **more))

    codes = [r.code for r in choice.chosen] + [r.code for r, _reason in choice.left_out]
    assert sorted(codes) == [r.code for r in rows]
    worst = max((r.rank or 0 for r in choice.chosen), default=0)
    assert all((r.rank or 0) >= worst for r, why in choice.left_out if why in ("beyond_places", "tied_out"))
    assert ties == "take" or len(choice.chosen) <= n


@pytest.fixture
def staged(done: SimpleNamespace, make_event: Callable[..., Event]) -> SimpleNamespace:
    """The event's best one goes on to an open final."""
    done.final = make_event("GZ-2026-900", rules={"team": {"contestants": 1}})
    rules = {**done.event.rule_set.rules, "promotion": {"take": "top", "n": 1, "source": "通知"}}
    RuleSet.objects.filter(pk=done.event.rule_set_id).update(rules=rules)
    Event.objects.filter(pk=done.event.pk).update(promotes_to=done.final)
    done.event.refresh_from_db()
    return done


def test_the_best_of_a_published_result_are_entered_once(staged: SimpleNamespace, organiser: Actor) -> None:
    with pytest.raises(NotPublished):
        services.promote(actor=organiser, event=staged.event)
    signed(staged, organiser)
    services.publish(actor=organiser, round=staged.round)

    report = services.promote(actor=organiser, event=staged.event)
    again = services.promote(actor=organiser, event=staged.event)

    entry = Entry.objects.get(event=staged.final)
    before = Member.objects.get(entry=entry.promoted_from)
    member = Member.objects.get(entry=entry)
    assert (report.made, [reason for _row, reason in report.choice.left_out]) == ([entry], ["beyond_places"])
    assert (again.made, again.known) == ([], [entry])
    assert (entry.state, entry.school, member.person) == ("draft", before.entry.school, before.person)
    assert member.reveal("name") == before.reveal("name")
    assert member.name_sealed != before.name_sealed


def test_the_school_of_a_promoted_team_is_told(staged: SimpleNamespace, organiser: Actor) -> None:
    signed(staged, organiser)
    services.publish(actor=organiser, round=staged.round)
    for entry in Entry.objects.filter(event=staged.event):
        name = f"c{entry.pk}"
        signed_in(name, "school_coordinator", "organisation", str(entry.school.uid))

    services.promote(actor=organiser, event=staged.event)

    told = Note.objects.exclude(recipient=None).get(kind="results.promoted").recipient
    assert told.account_name == f"c{Entry.objects.get(event=staged.final).promoted_from_id}"


def test_somebody_who_stands_there_already_is_reported(staged: SimpleNamespace, organiser: Actor) -> None:
    signed(staged, organiser)
    services.publish(actor=organiser, round=staged.round)
    for member in Member.objects.filter(event=staged.event, role="contestant"):
        other = Entry.objects.create(event=staged.final, school=member.entry.school)
        Member.objects.create(entry=other, event=staged.final, person=member.person, role="contestant", name_sealed="")

    report = services.promote(actor=organiser, event=staged.event)

    assert (report.made, len(report.blocked), Entry.objects.filter(event=staged.final).count()) == ([], 1, 2)


def test_strangers_and_closed_stages_are_refused(
    staged: SimpleNamespace, organiser: Actor, other_organiser: Actor
) -> None:
    with pytest.raises(NotAllowed):
        services.promote(actor=other_organiser, event=staged.event)
    Event.objects.filter(pk=staged.final.pk).update(state="registered")
    with pytest.raises(NextStageClosed):
        services.promote(actor=organiser, event=staged.event)
    Event.objects.filter(pk=staged.event.pk).update(promotes_to=None)
    with pytest.raises(NoPromotion):
        services.promote(actor=organiser, event=staged.event)


def test_the_page_shows_who_goes_on_and_enters_them(staged: SimpleNamespace, organiser: Actor) -> None:
    signed(staged, organiser)
    services.publish(actor=organiser, round=staged.round)
    client = Client()
    client.force_login(User.objects.get(pk=organiser.user_id))
    address = f"/events/{staged.event.code}/promotion/"

    shown = client.get(address).content.decode()
    done_ = client.post(address)

    assert "名次在晋级数之后" in shown
    assert (done_.status_code, Entry.objects.filter(event=staged.final).count()) == (200, 1)
