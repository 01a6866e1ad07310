"""After approval: corrections, replacements, rosters, cards, and the register of objections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, Invalid, NotAllowed, NotFound
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.errors import EntriesRefused, MembersFixed, SubstitutionClosed, SubstitutionPending
from competitions.registration.models import Entry, EntryCard, EntryObjection, Member
from competitions.registration.rulebook import EntryDraft, MemberDraft
from tests.factories import browser
from tests.registration.world import RULES, id_number, member, team


@pytest.fixture
def event(make_event: Callable[..., Event], organiser: Actor) -> Event:
    made = make_event(rules=RULES)
    set_plan(organiser, made)
    return made


def set_plan(organiser: Actor, event: Event, **fields: object) -> None:
    services.set_review_plan(
        actor=organiser, event=event, steps=["organiser"], reviewed_fields=["name", "id_number"], **fields
    )


@pytest.fixture
def entry(event: Event, school: Organisation, coordinator: Actor, organiser: Actor) -> Entry:
    made = services.enter_many(actor=coordinator, event=event, drafts=[team(school, 100, 0)])[0]
    services.submit_entry(actor=coordinator, entry=made)
    services.approve_entries(actor=organiser, entries=[made])
    return fresh(made)


def fresh(entry: Entry) -> Entry:
    return Entry.objects.select_related("event__edition", "school").get(pk=entry.pk)


def people(entry: Entry) -> list[Member]:
    return list(entry.members.filter(ended_at=None).order_by("position", "pk"))


def corrected(entry: Entry, **fields: str) -> EntryDraft:
    first, *rest = people(entry)
    mended = MemberDraft("contestant", fields.pop("name", first.reveal("name")), kept=str(first.uid), **fields)
    stay = [MemberDraft("contestant", m.reveal("name"), kept=str(m.uid)) for m in rest]
    return EntryDraft(str(entry.school.uid), entry.team_number, "平台甲", (mended, *stay), whole=True)


def ask(actor: Actor, entry: Entry, serial: int = 500, reason: str = "骨折") -> object:
    return services.ask_substitution(
        actor=actor, entry=entry, leaving=people(entry)[0], arriving=member(serial), reason=reason
    )


def test_a_reviewed_field_that_changes_is_reviewed_again(entry: Entry, coordinator: Actor) -> None:
    services.amend_entry(actor=coordinator, entry=entry, draft=corrected(entry, name="人一百"))

    assert (fresh(entry).state, entry.submissions.count()) == ("submitted", 2)


def test_another_field_changes_without_a_review(entry: Entry, coordinator: Actor) -> None:
    services.amend_entry(actor=coordinator, entry=entry, draft=corrected(entry, grade="2025级"))

    assert (fresh(entry).state, people(entry)[0].grade) == ("approved", "2025级")


def test_nobody_slips_into_an_approved_team_by_a_correction(entry: Entry, coordinator: Actor) -> None:
    draft = corrected(entry)
    slipped = EntryDraft(draft.school, 1, "平台甲", (member(700), *draft.members[1:]), whole=True)

    with pytest.raises(MembersFixed):
        services.amend_entry(actor=coordinator, entry=entry, draft=slipped)
    assert [m.reveal("name") for m in people(entry)] == ["人100", "人101", "人102"]


def test_an_approved_replacement_changes_the_team_and_ends_the_card(
    entry: Entry, event: Event, coordinator: Actor, organiser: Actor
) -> None:
    services.issue_cards(actor=organiser, event=event)
    substitution = ask(coordinator, entry)

    assert [m.reveal("name") for m in people(entry)] == ["人100", "人101", "人102"]
    services.approve_substitution(actor=organiser, substitution=substitution)

    assert sorted(m.reveal("name") for m in people(entry)) == ["人101", "人102", "人500"]
    assert EntryCard.objects.filter(ended_at=None).count() == 2
    assert services.issue_cards(actor=organiser, event=event) == 1
    with pytest.raises(IllegalMove):
        services.approve_substitution(actor=organiser, substitution=substitution)


def test_a_replacement_is_held_against_the_rules_when_it_is_asked_for(
    entry: Entry, event: Event, coordinator: Actor, school: Organisation
) -> None:
    old = MemberDraft("contestant", "老", id_number(1, "19700101"))
    other = services.enter_many(actor=coordinator, event=event, drafts=[team(school, 300, 0)])[0]

    for arriving in (old, member(300)):
        with pytest.raises(EntriesRefused):
            services.ask_substitution(
                actor=coordinator, entry=entry, leaving=people(entry)[0], arriving=arriving, reason="病"
            )
    assert [len(people(e)) for e in (entry, other)] == [3, 3]


def test_a_replacement_needs_a_reason_and_is_asked_for_once(entry: Entry, coordinator: Actor) -> None:
    with pytest.raises(Invalid):
        ask(coordinator, entry, reason=" ")
    ask(coordinator, entry)
    with pytest.raises(SubstitutionPending):
        ask(coordinator, entry, serial=501)


def test_after_its_deadline_only_the_organisers_replace(
    entry: Entry, event: Event, coordinator: Actor, organiser: Actor, stranger: Actor
) -> None:
    set_plan(organiser, event, substitution_closes_at=clock.now() - timedelta(minutes=2))

    with pytest.raises(SubstitutionClosed):
        ask(coordinator, entry)
    with pytest.raises(NotFound):
        ask(stranger, entry)
    substitution = ask(organiser, entry)
    with pytest.raises(NotAllowed):
        services.approve_substitution(actor=coordinator, substitution=substitution)


def test_the_leader_confirms_and_only_then_come_cards(
    event: Event, school: Organisation, coordinator: Actor, organiser: Actor, stranger: Actor, entry: Entry
) -> None:
    set_plan(organiser, event, roster_confirmed=True)

    assert services.issue_cards(actor=organiser, event=event) == 0
    for actor in (organiser, coordinator):
        with pytest.raises(NotAllowed):
            services.confirm_roster(actor=actor, entry=entry)
    with pytest.raises(NotFound):
        services.confirm_roster(actor=stranger, entry=entry, on_paper=True)
    services.confirm_roster(actor=coordinator, entry=entry, on_paper=True)

    assert services.issue_cards(actor=organiser, event=event) == 3
    assert services.issue_cards(actor=organiser, event=event) == 0


def test_a_school_records_all_its_signed_rosters_at_once(
    event: Event, school: Organisation, coordinator: Actor, organiser: Actor, stranger: Actor, entry: Entry
) -> None:
    assert services.confirm_signed_rosters(actor=coordinator, event=event) == 0  # nobody confirms rosters here
    set_plan(organiser, event, roster_confirmed=True)

    with pytest.raises(NotAllowed):
        services.confirm_signed_rosters(actor=organiser, event=event)
    assert services.confirm_signed_rosters(actor=stranger, event=event) == 0
    assert fresh(entry).state == "approved"
    page = browser(coordinator).get(f"/events/{event.code}/entries/")
    browser(coordinator).post(f"/events/{event.code}/rosters/confirm/")

    assert page.context["unsigned"] == 1
    assert (fresh(entry).state, fresh(entry).confirmed_on_paper) == ("confirmed", True)
    assert services.confirm_signed_rosters(actor=coordinator, event=event) == 0


def test_a_lost_card_is_replaced_and_worth_nothing(entry: Entry, event: Event, organiser: Actor) -> None:
    services.issue_cards(actor=organiser, event=event)
    lost = EntryCard.objects.order_by("pk")[0]

    new = services.replace_card(actor=organiser, card=lost)
    again = services.replace_card(actor=organiser, card=lost)

    lost.refresh_from_db()
    assert lost.ended_at is not None
    assert new == again
    assert new.token != lost.token


def test_an_objection_is_answered_once(event: Event, entry: Entry, organiser: Actor, other_organiser: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        services.record_objection(actor=organiser, event=event, objector="", text=" ")
    assert sorted(refused.value.problems) == ["objector", "text"]
    made = services.record_objection(
        actor=organiser, event=event, objector="李某 13800000000", text="学籍", entry=entry
    )
    services.answer_objection(actor=organiser, objection=made, verb="dismiss", answer="已核对学籍")

    with pytest.raises(IllegalMove):
        services.answer_objection(actor=organiser, objection=made, verb="uphold", answer="改")
    with pytest.raises(NotAllowed):
        services.answer_objection(actor=other_organiser, objection=made, verb="uphold", answer="改")
    assert not EntryObjection.objects.visible_to(other_organiser).exists()
