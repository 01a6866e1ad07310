"""An edition copied for another year: which events are held, their codes, dates and rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.errors import NotAllowed
from backend.people.models import Group
from competitions.contests import services
from competitions.contests.models import Edition, Event, RuleSet
from competitions.contests.rulebook.copying import (
    differences,
    held_in,
    renewed_code,
    shifted_dates,
    shifted_day,
)
from tests.contests.held import DAY, edition, make
from tests.registration.world import RULES

__all__ = ["edition", "make"]


@pytest.mark.parametrize(
    ("cadence", "year", "held"),
    [("yearly", 2026, True), ("odd", 2026, False), ("even", 2026, True), ("odd", 2027, True), ("even", 2027, False)],
)
def test_an_event_comes_in_its_years(cadence: str, year: int, held: bool) -> None:
    assert held_in(cadence, year) is held


@pytest.mark.parametrize(
    ("code", "renewed"), [("GZ-2026-046", "GZ-2027-046"), ("GZ036", "GZ036-2027"), ("GZ-12026-1", "GZ-12026-1-2027")]
)
def test_a_code_gets_the_new_year(code: str, renewed: str) -> None:
    assert renewed_code(code, 2026, 2027) == renewed


def test_days_in_rules_move_and_nothing_else_does() -> None:
    rules = {"age": {"max": 25, "on": "2024-02-29"}, "eligibility": [{"code": "2024-02-30", "params": {"on": DAY}}]}

    moved = shifted_dates({**rules, "eligibility": [{"code": "2024-02-30"}]}, 1)

    assert moved == {"age": {"max": 25, "on": "2025-02-28"}, "eligibility": [{"code": "2024-02-30"}]}


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(-20, 20))
def test_a_moved_day_keeps_its_month_and_all_but_a_leap_day_come_back(day: date, years: int) -> None:
    moved = shifted_day(day, years)

    assert (moved.year, moved.month) == (day.year + years, day.month)
    assert shifted_day(moved, -years) in (day, day.replace(day=28) if (day.month, day.day) == (2, 29) else day)


documents = st.recursive(
    st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(documents, documents)
def test_two_documents_have_no_differences_exactly_when_they_are_equal(one: Any, other: Any) -> None:
    assert (list(differences(one, other)) == []) is (one == other)


def test_copying_moves_rules_and_dates_by_a_year_and_leaves_out_events_of_other_years(
    organiser: Actor, edition: Edition, group: Group, make: Callable[..., Event]
) -> None:
    closes = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)
    final = make("GZ-2026-002", stage="FINAL")
    make("GZ-2026-001", stage="PRELIMINARY", promotes_to=final, registration_closes_at=closes)
    make("GZ-2026-003", cadence="even")

    report = services.copy_edition(actor=organiser, edition=edition, group=group, year=2027)

    first, last = report.made
    assert [e.code for e in report.made] == ["GZ-2027-001", "GZ-2027-002"]
    assert [(e.code, why) for e, why in report.left_out] == [("GZ-2026-003", "not_this_year")]
    assert (first.state, first.rule_set.version, first.rule_set.signed_off_at) == ("draft", 1, None)
    assert first.rule_set.rules["age"] == {"max": 25, "on": "2027-05-01"}
    assert (first.registration_closes_at, first.rounds.count()) == (closes.replace(year=2027), 1)
    assert (first.promotes_to, last.promotes_to) == (last, None)
    assert (report.edition.name, report.edition.starts_on) == ("2027年河南省技能大赛", date(2027, 5, 10))
    assert RuleSet.objects.get(code="GZ-2026-001").rules == RULES


def test_an_event_of_the_wrong_year_is_told_before_and_after_copying(
    organiser: Actor, edition: Edition, make: Callable[..., Event]
) -> None:
    make("GZ-2026-003", cadence="even", name="双年赛项")
    off = make("GZ-2026-004", cadence="odd")
    client = Client()
    client.force_login(User.objects.get(pk=organiser.user_id))

    before = client.get(f"/editions/{edition.uid}/copy/").content.decode()
    after = client.post(f"/editions/{edition.uid}/copy/", {"group": off.leading_group_id, "year": 2029})
    told = client.get("/events/GZ-2026-004/").content.decode()

    assert "GZ-2026-003" in before
    assert [e.code for e, _why in after.context["report"].left_out] == ["GZ-2026-003"]
    assert [e.code for e in after.context["report"].made] == ["GZ-2029-004"]
    assert "与本届年份（2026）不一致" in told
    assert "与本届年份" not in client.get("/events/GZ-2029-004/").content.decode()


def test_copying_twice_adds_only_what_is_missing(
    organiser: Actor, edition: Edition, group: Group, make: Callable[..., Event]
) -> None:
    make("GZ-2026-001")
    services.copy_edition(actor=organiser, edition=edition, group=group, year=2028)
    make("GZ-2026-002")

    again = services.copy_edition(actor=organiser, edition=edition, group=group, year=2028)

    assert ([e.code for e in again.made], [e.code for e in again.known]) == (["GZ-2028-002"], ["GZ-2028-001"])


def test_each_group_copies_only_its_own_events(
    other_organiser: Actor, other_group: Group, edition: Edition, group: Group, make: Callable[..., Event]
) -> None:
    make("GZ-2026-001")

    report = services.copy_edition(actor=other_organiser, edition=edition, group=other_group, year=2027)

    assert (report.made, Event.objects.count()) == ([], 1)
    with pytest.raises(NotAllowed):
        services.copy_edition(actor=other_organiser, edition=edition, group=group, year=2027)
