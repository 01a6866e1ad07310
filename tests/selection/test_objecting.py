"""Objections to a list on public notice, their answers, and how many are taken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backend.core import clock
from backend.core.actor import PUBLIC
from backend.core.errors import IllegalMove, Invalid, NotAllowed, NotFound
from backend.notify.models import Note
from backend.people.models import Group
from backend.selection import services
from backend.selection.errors import (
    ListFlooded,
    PublicityOver,
)
from backend.selection.models import Choice, Objection
from backend.selection.selectors import objection_of
from tests.selection.world import (
    Selection,
    in_scoring,
    is_over,
    object_to,
    on_show,
    secretary_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(group: Group) -> Selection:
    return in_scoring(group)


def test_anybody_objects_while_the_notice_runs_and_stays_private(found: Selection, other_group: Group) -> None:
    call = on_show(found)

    made = object_to(call)

    assert "王某" not in made.name_sealed
    assert made.reveal("name") == "王某"
    assert objection_of(found.secretary, made.uid) == made
    for actor in (PUBLIC, found.coordinators["甲"], secretary_of(other_group, "other")):
        with pytest.raises(NotFound):
            objection_of(actor, made.uid)
    with pytest.raises(PublicityOver):
        object_to(is_over(call))


def test_an_objection_needs_a_name_a_contact_and_words(found: Selection) -> None:
    call = on_show(found)

    with pytest.raises(Invalid) as refused:
        object_to(call, name="", contact="1", words="不行")

    assert set(refused.value.problems) == {"name", "contact", "words"}


def test_an_upheld_objection_changes_the_list_and_starts_the_notice_anew(found: Selection) -> None:
    call = on_show(found)
    winner = Choice.objects.get(offer__item_key="a", application=found.applications["甲"])
    made = object_to(call, winner)
    ends = call.publicity_until

    services.decide_objection(
        actor=found.secretary, objection=made, verdict="uphold", answer="经核实，工位数不足。", exclude=True
    )

    call.refresh_from_db()
    first, second = call.decisions.order_by("number")
    rows = {o["label"]: [(r["organisation"], r["outcome"]) for r in o["rows"]] for o in second.snapshot["offers"]}
    assert rows["赛项甲"] == [("开封大学", "chosen"), ("新乡职业技术学院", "excluded")]
    assert first.snapshot["offers"][0]["rows"][0]["outcome"] == "chosen"
    assert (second.serial, second.reason) == (first.serial + 1, "经核实，工位数不足。")
    assert call.publicity_until is not None and ends is not None and call.publicity_until > ends


def test_a_dismissed_objection_changes_nothing_but_is_answered(found: Selection) -> None:
    call = on_show(found)
    made = object_to(call)
    with pytest.raises(Invalid):
        services.decide_objection(actor=found.secretary, objection=made, verdict="dismiss", answer=" ")
    with pytest.raises(Invalid):
        services.decide_objection(actor=found.secretary, objection=made, verdict="dismiss", answer="x", exclude=True)
    with pytest.raises(NotAllowed):
        services.decide_objection(actor=found.coordinators["甲"], objection=made, verdict="dismiss", answer="x")

    services.decide_objection(actor=found.secretary, objection=made, verdict="dismiss", answer="情况属实，维持。")

    assert call.decisions.count() == 1
    with pytest.raises(IllegalMove):
        services.decide_objection(actor=found.secretary, objection=made, verdict="uphold", answer="x")


def told(found: Selection) -> list[str]:
    """The kinds of notes that the secretary got."""
    return list(Note.objects.filter(recipient_id=found.secretary.user_id).values_list("kind", flat=True))


def test_a_list_takes_only_so_many_objections_an_hour_from_everywhere(found: Selection, settings: Any) -> None:
    settings.OBJECTIONS_TO_LIST_PER_HOUR = 3
    call = on_show(found)
    first = object_to(call, address="10.0.0.1")
    for n in (2, 3):
        object_to(call, address=f"10.0.0.{n}")

    with pytest.raises(ListFlooded) as refused:
        object_to(call, address="10.0.0.4")

    assert (refused.value.status, call.objections.count()) == (429, 3)
    assert "60 分钟后" in str(refused.value)
    assert told(found).count("selection.objections_many") == 1
    Objection.objects.filter(pk=first.pk).update(filed_at=clock.now() - timedelta(minutes=61))
    assert object_to(call, address="10.0.0.4").number == 4
