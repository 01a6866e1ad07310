"""Editions: by family, copied for another year, put on other days; by those who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import Invalid, NotAllowed
from backend.notify.models import Note
from backend.people.models import Group
from competitions.contests import services
from competitions.contests.errors import NothingPostponed, RulesRefused, TooLateToPostpone
from competitions.contests.models import Edition, Event, Family, Postponement
from competitions.contests.selectors import edition_of, events_of, postponements_of, tracks_of
from tests.contests.held import DAY, edition, make
from tests.factories import signed_in
from tests.registration.world import RULES

__all__ = ["edition", "make"]


def test_an_edition_is_put_off_once_with_a_reason_by_who_runs_all_of_it(
    organiser: Actor, other_organiser: Actor, edition: Edition, make: Callable[..., Event]
) -> None:
    event = make("GZ-2026-001")
    colleague = signed_in("colleague", "group_secretary", "group", "12")
    Event.objects.update(state="registering")
    with pytest.raises(NotAllowed):
        services.postpone_edition(actor=other_organiser, edition=edition, starts_on=DAY, reason="疫情")
    with pytest.raises(Invalid) as refused:
        services.postpone_edition(actor=organiser, edition=edition, starts_on=DAY, ends_on=date(2027, 1, 1), reason=" ")

    services.postpone_edition(actor=organiser, edition=edition, starts_on=DAY, reason="疫情")

    found = edition_of(edition.uid)
    assert sorted(refused.value.problems) == ["ends_on", "reason"]
    assert (found.starts_on, found.ends_on, found.year, found.shifted) == (DAY, None, 2026, True)
    assert [p.reason for p in postponements_of(event)] == ["疫情"]
    assert [note.recipient_id for note in Note.objects.filter(kind="event.postponed")] == [colleague.user_id]
    with pytest.raises(NothingPostponed):
        services.postpone_edition(actor=organiser, edition=edition, starts_on=DAY, reason="疫情")


def test_an_event_with_marks_is_not_put_off(organiser: Actor, make: Callable[..., Event], edition: Edition) -> None:
    event = make("GZ-2026-001")
    Event.objects.update(state="scoring")

    with pytest.raises(TooLateToPostpone):
        services.postpone_event(actor=organiser, event=event, starts_on=DAY, reason="疫情")
    with pytest.raises(TooLateToPostpone):
        services.postpone_edition(actor=organiser, edition=edition, starts_on=DAY, reason="疫情")


def test_the_database_keeps_no_postponement_without_a_reason(edition: Edition) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Postponement.objects.create(edition=edition, before={}, after={}, made_at=datetime.now(UTC), reason="")


def test_a_contest_that_only_ranks_takes_no_awards(organiser: Actor, group: Group) -> None:
    services.load_families(actor=SYSTEM)
    edition = services.create_edition(
        actor=organiser,
        group=group,
        contest_code="XB",
        contest_name="省选拔赛",
        year=2026,
        name="2026",
        family=Family.objects.get(code="SELECTION"),
    )
    rules = {**RULES, "result": {"awards": {"tiers": []}}}

    with pytest.raises(RulesRefused) as refused:
        services.create_event(actor=organiser, edition=edition, group=group, code="XB-1", name="选拔", rules=rules)
    event = services.create_event(actor=organiser, edition=edition, group=group, code="XB-1", name="选拔", rules=RULES)

    assert list(refused.value.problems) == ["$.result.awards"]
    with pytest.raises(RulesRefused):
        services.adopt_rules(actor=organiser, event=event, rules=rules)


def test_families_are_loaded_once_by_system_officers(organiser: Actor) -> None:
    assert services.load_families(actor=SYSTEM) == services.load_families(actor=SYSTEM) == Family.objects.count()
    with pytest.raises(NotAllowed):
        services.load_families(actor=organiser)


def test_tracks_hold_groups_and_events_are_found_by_either(
    organiser: Actor, other_organiser: Actor, edition: Edition, make: Callable[..., Event]
) -> None:
    make("GZ-2026-001")
    track = services.add_track(actor=organiser, edition=edition, code="01", name="新一代信息技术")
    group = services.add_track(actor=organiser, edition=edition, code="01-1", name="网络", parent=track)
    make("GZ-2026-002", track=group)

    assert [str(t) for t in tracks_of(edition)] == ["新一代信息技术", "新一代信息技术 · 网络"]
    assert [e.code for e in events_of(organiser, track=str(track.uid))] == ["GZ-2026-002"]
    with pytest.raises(Invalid):
        services.add_track(actor=organiser, edition=edition, code="x", name="x", parent=group)
    with pytest.raises(NotAllowed):
        services.add_track(actor=other_organiser, edition=edition, code="x", name="x")


def test_stages_never_go_round_in_a_circle(organiser: Actor, make: Callable[..., Event]) -> None:
    final = make("GZ-2026-002")
    first = make("GZ-2026-001", promotes_to=final)

    with pytest.raises(Invalid) as refused:
        services.edit_event(actor=organiser, event=final, promotes_to=first)

    assert list(refused.value.problems) == ["promotes_to"]


def test_organiser_copies_and_puts_off_on_the_pages(
    organiser: Actor, edition: Edition, group: Group, make: Callable[..., Event]
) -> None:
    make("GZ-2026-001")
    client = Client()
    client.force_login(User.objects.get(pk=organiser.user_id))

    copied = client.post(f"/editions/{edition.uid}/copy/", {"group": group.pk, "year": 2027})
    new = client.get("/events/GZ-2027-001/").content.decode()
    wrong = client.post("/events/GZ-2027-001/postpone/", {"starts_on": "2027-06-01", "reason": ""})
    done = client.post("/events/GZ-2027-001/postpone/", {"starts_on": "2027-06-01", "reason": "场地检修"})
    page = client.get("/events/GZ-2027-001/").content.decode()
    listed = client.get("/contests/?year=2027").content.decode()

    assert "GZ-2027-001" in copied.content.decode()
    assert "<strong>2027-05-01</strong>" in new  # the reference date of the age went on by a year
    assert (wrong.status_code, done.status_code) == (200, 302)
    assert "场地检修" in page
    assert "2027年河南省技能大赛" in listed
    assert "2026年河南省技能大赛" not in listed


def test_who_set_an_edition_up_runs_it_until_it_has_events(
    organiser: Actor, other_organiser: Actor, edition: Edition, make: Callable[..., Event]
) -> None:
    track = services.add_track(actor=organiser, edition=edition, code="01", name="新一代信息技术")

    with pytest.raises(NotAllowed):
        services.add_track(actor=other_organiser, edition=edition, code="02", name="智能制造")

    event = make("GZ-2026-001", track=track)
    assert event.track == track
    with pytest.raises(NotAllowed):
        services.postpone_edition(actor=other_organiser, edition=edition, starts_on=DAY, reason="疫情")


@pytest.mark.parametrize(
    ("family", "level"),
    [("NATIONAL_STUDENT", "NATIONAL"), ("PROV_SECONDARY", "PROVINCE"), ("CITY", "CITY"), ("SCHOOL", "SCHOOL")],
)
def test_a_contest_is_held_at_the_level_of_its_family(organiser: Actor, group: Group, family: str, level: str) -> None:
    services.load_families(actor=SYSTEM)
    edition = services.create_edition(
        actor=organiser,
        group=group,
        contest_code="X",
        contest_name="大赛",
        year=2026,
        name="2026年大赛",
        family=Family.objects.get(code=family),
    )

    assert edition.contest.level == level
