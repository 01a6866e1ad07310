"""The way of an entry through its reviewers: whose turn, returns with reasons, history, bulk approval."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, Invalid, NotAllowed, NotFound
from backend.notify.models import Note
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.errors import CorrectionsClosed, EntryFixed, NotWaiting
from competitions.registration.models import Entry, Review
from competitions.registration.projections.reviewing import verdicts_so_far, waiting_lines
from competitions.registration.rulebook import EntryDraft, MemberDraft
from competitions.registration.selectors.entries import live_members
from competitions.registration.selectors.reviewing import (
    Neighbours,
    admitted_states,
    changed_since,
    neighbours_of,
    rounds_of,
    to_review,
    waiting_for,
)
from competitions.registration.services import RemarkDraft
from tests.factories import organisation, signed_in
from tests.registration.overseen import bureau, reviewer, school
from tests.registration.world import RULES, member, team

__all__ = ["bureau", "reviewer", "school"]


@pytest.fixture
def event(make_event: Callable[..., Event], organiser: Actor) -> Event:
    made = make_event(rules=RULES)
    plan(organiser, made, "bureau", "organiser")
    return made


def plan(organiser: Actor, event: Event, *steps: str, **fields: object) -> None:
    services.set_review_plan(actor=organiser, event=event, steps=steps, reviewed_fields=("name", "id_number"), **fields)


def entered(actor: Actor, event: Event, school: Organisation, serial: int = 100) -> Entry:
    entry = services.enter_many(actor=actor, event=event, drafts=[team(school, serial, 0)])[0]
    return services.submit_entry(actor=actor, entry=entry)


def fresh(entry: Entry) -> Entry:
    return Entry.objects.select_related("event__edition", "school").get(pk=entry.pk)


def test_a_bureau_and_then_the_organisers_approve(
    event: Event, school: Organisation, coordinator: Actor, reviewer: Actor, organiser: Actor
) -> None:
    entry = entered(coordinator, event, school)

    assert waiting_for(fresh(entry)) == "bureau"
    assert services.approve_entries(actor=reviewer, entries=[entry]) == 0
    assert waiting_for(fresh(entry)) == "organiser"
    assert services.approve_entries(actor=organiser, entries=[entry]) == 1
    assert fresh(entry).state == "approved"
    assert Note.objects.get(recipient_id=coordinator.user_id).kind == "entry.approve"


def test_a_school_that_no_bureau_oversees_reports_directly(event: Event, organiser: Actor) -> None:
    direct = organisation("省属测试学校")
    own = signed_in("direct", "school_coordinator", "organisation", str(direct.uid))

    entry = entered(own, event, direct)

    assert waiting_for(fresh(entry)) == "organiser"


def test_where_no_step_concerns_a_school_its_entry_is_approved_at_once(
    make_event: Callable[..., Event], organiser: Actor
) -> None:
    event, direct = make_event("GZ-2026-050", rules=RULES), organisation("省属测试学校")
    plan(organiser, event, "bureau")

    entry = entered(organiser, event, direct)

    assert (entry.state, admitted_states(event)) == ("approved", ("approved", "confirmed"))


def test_nobody_decides_out_of_turn(
    event: Event, school: Organisation, coordinator: Actor, reviewer: Actor, organiser: Actor, other_organiser: Actor
) -> None:
    entry = entered(coordinator, event, school)
    elsewhere = organisation("洛阳市教育局", kind="bureau")
    stranger = signed_in("stranger", "bureau_reviewer", "organisation", str(elsewhere.uid))

    for actor in (organiser, coordinator, stranger, other_organiser):
        with pytest.raises(NotAllowed):
            services.approve_entries(actor=actor, entries=[entry])
    assert Review.objects.count() == 0
    assert [list(to_review(a)) for a in (organiser, stranger)] == [[], []]
    assert list(to_review(reviewer)) == [entry]


def test_a_bureau_sees_no_drafts(event: Event, school: Organisation, coordinator: Actor, reviewer: Actor) -> None:
    draft = services.enter_many(actor=coordinator, event=event, drafts=[team(school, 100, 0)])[0]

    assert not Entry.objects.visible_to(reviewer).filter(pk=draft.pk).exists()


def test_the_second_verdict_comes_too_late(
    event: Event, school: Organisation, coordinator: Actor, reviewer: Actor, organiser: Actor
) -> None:
    entry = entered(coordinator, event, school)
    services.reject_entry(actor=reviewer, entry=entry, reason="学校不在本市")

    with pytest.raises(NotWaiting):
        services.approve_entries(actor=reviewer, entries=[entry])


def test_a_return_names_its_fields_and_the_next_submission_shows_what_changed(
    event: Event, school: Organisation, coordinator: Actor, reviewer: Actor
) -> None:
    entry = entered(coordinator, event, school)
    first = entry.members.order_by("position").first()
    assert first is not None
    remark = RemarkDraft("name", "与身份证不一致", first.uid)
    services.return_entry(actor=reviewer, entry=entry, reason="", remarks=[remark])
    kept = [member(100, kept=str(first.uid)), member(101), member(102)]
    kept[0] = type(kept[0])(**{**{f: getattr(kept[0], f) for f in kept[0].__slots__}, "name": "人一百"})

    services.enter_many(
        actor=coordinator, event=event, drafts=[EntryDraft(str(school.uid), 1, "平台甲", tuple(kept), whole=True)]
    )
    services.submit_entry(actor=coordinator, entry=fresh(entry))

    newest, oldest = rounds_of(fresh(entry))
    assert oldest.remarks == {(str(first.uid), "name"): "与身份证不一致"}
    assert [(c.field, c.before, c.after) for c in newest.changes] == [("name", "人100", "人一百")]
    assert waiting_for(fresh(entry)) == "bureau"


def test_a_return_without_a_reason_is_refused_and_changes_nothing(
    event: Event, school: Organisation, coordinator: Actor, reviewer: Actor
) -> None:
    entry = entered(coordinator, event, school)

    with pytest.raises(Invalid):
        services.return_entry(actor=reviewer, entry=entry, reason="  ")
    with pytest.raises(Invalid) as refused:
        services.return_entry(
            actor=reviewer, entry=entry, reason="", remarks=[RemarkDraft("shoe_size", "大"), RemarkDraft("name", " ")]
        )
    assert sorted(refused.value.problems) == ["team.name", "team.shoe_size"]
    assert (fresh(entry).state, Review.objects.count()) == ("submitted", 0)


def test_returned_entries_have_their_own_deadline(
    event: Event, school: Organisation, coordinator: Actor, reviewer: Actor, organiser: Actor
) -> None:
    entry = entered(coordinator, event, school)
    services.return_entry(actor=reviewer, entry=entry, reason="请补正")
    Event.objects.filter(pk=event.pk).update(state="registered", registration_closes_at=clock.now())
    plan(organiser, event, "bureau", "organiser", corrections_close_at=clock.now() + timedelta(days=1))

    assert services.submit_entry(actor=coordinator, entry=fresh(entry)).state == "submitted"

    services.return_entry(actor=reviewer, entry=entry, reason="还有一处")
    plan(organiser, event, "bureau", "organiser", corrections_close_at=clock.now() - timedelta(minutes=2))
    with pytest.raises(CorrectionsClosed):
        services.submit_entry(actor=coordinator, entry=fresh(entry))


def test_many_are_approved_at_once_or_none(
    event: Event, school: Organisation, coordinator: Actor, reviewer: Actor
) -> None:
    one, two = entered(coordinator, event, school), entered(coordinator, event, school, 200)
    services.return_entry(actor=reviewer, entry=two, reason="请补正")

    with pytest.raises(NotWaiting):
        services.approve_entries(actor=reviewer, entries=[one, two])

    assert waiting_for(fresh(one)) == "bureau"


def test_the_steps_stay_once_something_was_handed_in(
    event: Event, school: Organisation, coordinator: Actor, organiser: Actor, other_organiser: Actor
) -> None:
    entered(coordinator, event, school)

    with pytest.raises(Invalid):
        plan(organiser, event, "organiser")
    with pytest.raises((NotAllowed, NotFound)):
        plan(other_organiser, event, "bureau", "organiser")
    plan(organiser, event, "bureau", "organiser", roster_confirmed=True)


def test_a_contests_plan_holds_for_its_events_without_their_own(
    make_event: Callable[..., Event], organiser: Actor
) -> None:
    event, other = make_event("GZ-2026-050", rules=RULES), make_event("GZ-2026-051", rules=RULES)

    plan(organiser, event, "organiser", for_contest=True)

    assert admitted_states(other) == ("approved", "confirmed")
    plan(organiser, other)
    assert admitted_states(other) == ("submitted",)


def test_what_is_under_review_is_not_edited(event: Event, school: Organisation, coordinator: Actor) -> None:
    entered(coordinator, event, school)

    with pytest.raises(EntryFixed):
        services.enter_many(actor=coordinator, event=event, drafts=[team(school, 100, 1, whole=True)])


def test_a_rejected_entry_stays_rejected(
    event: Event, school: Organisation, coordinator: Actor, reviewer: Actor
) -> None:
    entry = services.reject_entry(actor=reviewer, entry=entered(coordinator, event, school), reason="学籍不符")

    with pytest.raises(IllegalMove):
        services.submit_entry(actor=coordinator, entry=entry)


def test_the_second_reviewer_sees_what_the_first_said_and_what_changed_since_the_own_verdict(
    event: Event, school: Organisation, coordinator: Actor, reviewer: Actor, organiser: Actor
) -> None:
    entry = entered(coordinator, event, school)
    services.approve_entries(actor=reviewer, entries=[entry])
    assert changed_since([fresh(entry)])[entry.pk] == (Review.objects.get(), [])
    services.return_entry(actor=organiser, entry=fresh(entry), reason="姓名与身份证不一致")
    first, *rest = entry.members.filter(ended_at=None).order_by("position")
    mended = MemberDraft("contestant", "人一百", kept=str(first.uid))
    stay = [MemberDraft("contestant", m.reveal("name"), kept=str(m.uid)) for m in rest]
    draft = EntryDraft(str(school.uid), entry.team_number, "平台甲", (mended, *stay), whole=True)
    services.enter_many(actor=coordinator, event=event, drafts=[draft])
    services.submit_entry(actor=coordinator, entry=fresh(entry))
    services.approve_entries(actor=reviewer, entries=[fresh(entry)])

    bureau, own = verdicts_so_far(fresh(entry))

    assert (str(bureau.verdict), bureau.number, bureau.changes) == ("已通过", 2, [])
    assert (str(own.verdict), own.number, own.reason) == ("已退回", 1, "姓名与身份证不一致")
    assert [(c.before, c.after) for c in own.changes] == [("人100", "人一百")]


def test_an_entry_new_to_every_reviewer_says_so(event: Event, school: Organisation, coordinator: Actor) -> None:
    entry = entered(coordinator, event, school)

    assert changed_since([entry]) == {entry.pk: None}
    listed = Entry.objects.filter(pk=entry.pk).prefetch_related(live_members())
    assert [line.first for line in waiting_lines(listed)] == [True]


def test_the_next_entry_is_the_next_that_waits_and_the_last_leads_to_the_first(
    event: Event, bureau: Organisation, organiser: Actor, reviewer: Actor
) -> None:
    schools = [organisation(f"第{n}学校", overseen_by=bureau) for n in range(3)]
    one, two, three = [entered(organiser, event, school, 100 + 10 * n) for n, school in enumerate(schools)]

    found = [neighbours_of(entry, to_review(reviewer)) for entry in (one, two, three)]
    services.approve_entries(actor=reviewer, entries=[two])
    gone = neighbours_of(two, to_review(reviewer))

    assert found == [
        Neighbours(1, 3, None, two.uid),
        Neighbours(2, 3, one.uid, three.uid),
        Neighbours(3, 3, two.uid, one.uid),
    ]
    assert gone == Neighbours(0, 2, None, one.uid)
