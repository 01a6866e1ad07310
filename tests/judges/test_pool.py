"""The pool: schools name within their limits, judges answer for themselves, conduct stays in confidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.test import Client

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import IllegalMove, Invalid, NotAllowed, NotFound
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.judges import services
from competitions.judges.errors import (
    AlreadyNamed,
    NominationsAreOver,
    OwnStaff,
    ReasonMissing,
    TakesPart,
    TooManyNominations,
)
from competitions.judges.models import ConductNote, Declaration, Judge, Nomination
from competitions.judges.selectors.asking import candidates_of
from competitions.registration import services as registration
from tests.factories import organisation, signed_in
from tests.judges.world import RULES, draft, judge
from tests.registration.world import id_number, team

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


@pytest.fixture
def school(db: None) -> Organisation:
    return organisation("开封大学")


@pytest.fixture
def coordinator(school: Organisation) -> Actor:
    return signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))


@pytest.fixture
def secretary(db: None) -> Actor:
    return signed_in("secretary", "group_secretary", "group", "12")


def named(coordinator: Actor, event: Event, school: Organisation, serial: int = 300, **fields: Any) -> Nomination:
    return services.nominate(actor=coordinator, event=event, school=school, draft=draft(serial, **fields))


def test_a_school_names_up_to_its_limit_and_again_after_one_is_withdrawn(
    coordinator: Actor, event: Event, school: Organisation
) -> None:
    first = named(coordinator, event, school, 300)
    named(coordinator, event, school, 301)

    with pytest.raises(TooManyNominations):
        named(coordinator, event, school, 302)
    services.withdraw(actor=coordinator, nomination=first)
    named(coordinator, event, school, 302)

    assert sorted(Nomination.objects.values_list("state", flat=True)) == ["nominated", "nominated", "withdrawn"]


def test_a_school_does_not_name_its_own_people_also_under_a_former_name(
    coordinator: Actor, event: Event, school: Organisation
) -> None:
    school.names.create(name="开封师专", name_key="开封师专")

    for unit in (school.name, "开封 大学", "开封师专"):
        with pytest.raises(OwnStaff):
            named(coordinator, event, school, unit=unit, unit_kind="school")

    assert (Nomination.objects.count(), Judge.objects.count()) == (0, 0)


def test_who_is_in_a_team_cannot_be_named(
    coordinator: Actor, event: Event, school: Organisation, organiser: Actor
) -> None:
    registration.enter_many(actor=organiser, event=event, drafts=[team(school, serial=300)])

    with pytest.raises(TakesPart):
        named(coordinator, event, school, 300, birth="20050601")


def test_one_person_is_named_once_for_an_event_by_whatever_school(
    coordinator: Actor, event: Event, school: Organisation, make_event: Callable[..., Event]
) -> None:
    other = organisation("洛阳大学")
    colleague = signed_in("colleague", "school_coordinator", "organisation", str(other.uid))
    named(coordinator, event, school)

    with pytest.raises(AlreadyNamed):
        named(colleague, event, other)
    named(colleague, make_event("GZ-2026-050", rules=RULES), other)

    assert (Judge.objects.count(), Nomination.objects.count()) == (1, 2)


def test_nobody_is_named_once_the_draw_is_done(coordinator: Actor, event: Event, school: Organisation) -> None:
    Event.objects.update(state="drawn")

    with pytest.raises(NominationsAreOver):
        named(coordinator, event, school)


def test_a_stranger_names_nobody_for_another_school(event: Event, school: Organisation, organiser: Actor) -> None:
    stranger = signed_in("stranger", "school_coordinator", "organisation", str(organisation("安阳大学").uid))

    for actor in (stranger, organiser):
        with pytest.raises(NotAllowed):
            named(actor, event, school)


def test_organisers_refuse_with_a_reason_and_a_refused_judge_is_no_candidate(
    coordinator: Actor, event: Event, school: Organisation, organiser: Actor, other_organiser: Actor
) -> None:
    nomination = named(coordinator, event, school)
    Judge.objects.update(state="available", consented_at=clock.now())

    with pytest.raises(NotAllowed):
        services.refuse(actor=other_organiser, nomination=nomination, reason="x")
    with pytest.raises(ReasonMissing):
        services.refuse(actor=organiser, nomination=nomination, reason=" ")
    before = list(candidates_of(event))
    services.refuse(actor=organiser, nomination=nomination, reason="专业不对口")
    with pytest.raises(IllegalMove):
        services.accept(actor=organiser, nomination=nomination)

    assert (len(before), list(candidates_of(event))) == (1, [])


def test_only_the_judge_consents_and_only_by_the_newest_link(organiser: Actor, client: Client) -> None:
    made = services.record_judge(actor=organiser, draft=draft(300))
    old = services.invite(actor=organiser, judge=made)
    word = services.invite(actor=organiser, judge=made)

    dead = client.get(f"/judges/answer/{old}/").status_code
    client.post(f"/judges/answer/{word}/", {"verb": "consent"})
    again = client.post(f"/judges/answer/{word}/", {"verb": "consent"}).status_code
    made.refresh_from_db()

    assert (dead, again, made.state) == (404, 302, "available")
    assert word not in made.invitation


def test_a_link_ends_after_its_time(organiser: Actor) -> None:
    made = services.record_judge(actor=organiser, draft=draft(300))
    word = services.invite(actor=organiser, judge=made)
    Judge.objects.update(invited_until=clock.now() - timedelta(seconds=1))

    with pytest.raises(NotFound):
        services.answer(word=word, consents=True)


def test_a_judge_declares_ties_and_absence_and_takes_them_back(organiser: Actor, school: Organisation) -> None:
    word = services.invite(actor=organiser, judge=judge(300))
    tie = services.declare(word=word, school_name=school.name, text="曾任教")
    days = services.declare(word=word, absence=services.Absence(date(2026, 5, 1), date(2026, 5, 2)))

    with pytest.raises(Invalid):
        services.declare(word=word, school_name="没有的学校")
    with pytest.raises(Invalid):
        services.declare(word=word, absence=services.Absence(date(2026, 5, 2), date(2026, 5, 1)))
    services.take_back(word=word, declaration_uid=str(tie.uid))

    assert list(Declaration.objects.filter(ended_at=None)) == [days]


def test_conduct_is_read_by_secretaries_only(organiser: Actor, secretary: Actor, client: Client) -> None:
    made = judge(300)
    services.note_conduct(actor=secretary, judge=made, text="评分随意")

    pages = {}
    for actor in (organiser, secretary):
        client.force_login(User.objects.get(pk=actor.user_id))
        pages[actor.role] = "评分随意" in client.get(f"/judges/{made.uid}/").content.decode()
    with pytest.raises(NotAllowed):
        services.note_conduct(actor=organiser, judge=made, text="x")

    assert pages == {"organiser": False, "group_secretary": True}
    assert ConductNote.objects.visible_to(organiser).count() == 0


def test_a_suspended_judge_is_no_candidate_until_restored(secretary: Actor, event: Event) -> None:
    made = judge(300)

    with pytest.raises(ReasonMissing):
        services.suspend(actor=secretary, judge=made, reason="")
    services.suspend(actor=secretary, judge=made, reason="未按时到场")
    away = candidates_of(event).count()
    services.restore(actor=secretary, judge=made)

    assert (away, candidates_of(event).count()) == (0, 1)


def test_the_database_holds_no_available_judge_without_consent(db: None) -> None:
    made = services.record_judge(actor=SYSTEM, draft=draft(300))

    with pytest.raises(IntegrityError), transaction.atomic():
        Judge.objects.filter(pk=made.pk).update(state="available")


def test_a_school_sees_only_whom_it_named(coordinator: Actor, event: Event, school: Organisation) -> None:
    nomination = named(coordinator, event, school)
    judge(301, "别家公司")

    assert list(Judge.objects.visible_to(coordinator)) == [nomination.judge]


def test_the_form_says_everything_that_is_wrong_at_once(
    coordinator: Actor, event: Event, school: Organisation, client: Client
) -> None:
    client.force_login(User.objects.get(pk=coordinator.user_id))
    wrong = {"name": "甲", "id_number": id_number(300)[:-1] + "A", "phone": "12", "skills": "五一", "duties": ["judge"]}

    answer = client.post(f"/events/{event.code}/nominations/new/", wrong)

    assert set(answer.context["form"].errors) == {"id_number", "phone", "skills", "unit_name", "unit_kind", "province"}
    assert Nomination.objects.count() == 0


def test_the_pool_is_filtered_and_exported(organiser: Actor, client: Client) -> None:
    judge(300, "甲公司", skills=["5102"])
    judge(301, "乙学院", unit_kind="school", skills=["41"])
    client.force_login(User.objects.get(pk=organiser.user_id))

    shown = client.get("/judges/", {"skill": "51", "kind": "enterprise"}).context["rows"]
    book = client.get("/judges/", {"format": "xlsx"})

    assert [row["judge"].unit_name for row in shown] == ["甲公司"]
    assert book.content[:2] == b"PK"


def test_nothing_personal_is_in_the_audit(coordinator: Actor, event: Event, school: Organisation) -> None:
    named(coordinator, event, school, 300, phone="13800000300")

    told = " ".join(f"{e.action} {e.subject_label} {e.details}" for e in AuditEntry.objects.all())

    assert ("裁判300" in told, "138000" in told, id_number(300, "19800601") in told) == (False, False, False)


def test_a_person_is_in_the_pool_once_and_stays_as_recorded(organiser: Actor) -> None:
    first = services.record_judge(actor=organiser, draft=draft(300, "甲公司"))

    again = services.record_judge(actor=organiser, draft=draft(300, "乙公司"))

    assert (again.pk, again.unit_name) == (first.pk, "甲公司")
    with pytest.raises(ObjectDoesNotExist):
        Judge.objects.exclude(pk=first.pk).get()
