"""Panels from the pool: ties found in the house's own records, changes by hand, confirmation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.html import escape

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, NotAllowed
from backend.people.models import Grant, Organisation, Person
from competitions.contests.models import Event
from competitions.judges import services
from competitions.judges.enums import Duty, Tie
from competitions.judges.errors import BreaksAHardRule, PanelsAreConfirmed, PlanIsOld, ReasonMissing
from competitions.judges.models import Declaration, Judge, PanelPlan, PlanPlace, Seat
from competitions.judges.projections.words import breach_words
from competitions.judges.rulebook import breaches
from competitions.judges.selectors.asking import ask_of, choice_of
from competitions.registration import services as registration
from competitions.registration.models import Entry
from competitions.registration.rulebook import EntryDraft, MemberDraft
from tests.judges.world import DAY, RULES, judge, pool, sessions
from tests.registration.world import id_number

pytestmark = pytest.mark.django_db
School = Callable[[str], Organisation]


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


def person(serial: int, role: str, birth: str = "20050601") -> MemberDraft:
    return MemberDraft(role=role, name=f"人{serial}", id_number=id_number(serial, birth))


def entered(organiser: Actor, event: Event, school: Organisation, *members: MemberDraft) -> Entry:
    made = registration.enter_many(
        actor=organiser, event=event, drafts=[EntryDraft(str(school.uid), 1, "平台甲", members)]
    )
    return made[0]


def proposed(organiser: Actor, event: Event) -> PanelPlan:
    return services.propose(actor=organiser, round=event.rounds.get())


def told(plan: PanelPlan) -> list[str]:
    return [breach_words(b) for b in breaches(ask_of(plan.round), choice_of(plan))]


def former_student(organiser: Actor, make_event: Callable[..., Event], event: Event) -> Judge:
    """A judge who coached, two years ago, somebody who now instructs a team."""
    earlier = make_event("GZ-2024-012", rules=RULES)
    others, school = Organisation.objects.create(name="洛阳学院", name_key="洛阳学院"), Organisation.objects.first()
    assert school is not None
    coach = MemberDraft(role="instructor", name="裁判900", id_number=id_number(900, "19800601"))
    student = person(901, "contestant")
    entered(organiser, earlier, others, student, coach)
    entered(organiser, event, school, person(902, "contestant"), MemberDraft("instructor", "人901", id_number(901)))
    return judge(900, "深圳九百公司", duties=["judge", "chief"])


def test_a_panel_of_five_for_three_parallel_sessions(
    make_event: Callable[..., Event], organiser: Actor, event: Event, client: Client
) -> None:
    """The story: a tie through a former student is found, told with its path, and avoided."""
    tied = former_student(organiser, make_event, event)
    sessions(event)
    pool(16, duties=["judge", "chief"])
    client.force_login(User.objects.get(pk=organiser.user_id))

    client.post(f"/events/{event.code}/panels/", {"verb": "propose"})
    plan = PanelPlan.objects.get()
    place = PlanPlace.objects.filter(plan=plan, duty="judge").first()
    assert place is not None
    page = client.get(f"/places/{place.uid}/").content.decode()
    client.post(f"/events/{event.code}/panels/", {"verb": "confirm"})

    assert not PlanPlace.objects.filter(judge=tied).exists()
    assert escape("曾在GZ-2024-012指导") in page
    assert [Seat.objects.filter(panel__name=f"第{n}场").count() for n in (1, 2, 3)] == [5, 5, 5]
    assert Seat.objects.values("judge").distinct().count() == 15
    assert Grant.objects.filter(role="chief_judge", scope_key=event.code).count() == 1


def test_the_path_names_event_and_school(make_event: Callable[..., Event], organiser: Actor, event: Event) -> None:
    tied = former_student(organiser, make_event, event)
    ask = ask_of(event.rounds.get())

    bond = next(b for c in ask.candidates if c.key == str(tied.uid) for b in c.bonds)

    assert (bond.kind, dict(bond.facts)["event"], dict(bond.facts)["role"]) == (
        Tie.FORMER_STUDENT,
        "GZ-2024-012",
        "instructor",
    )


def test_a_tie_of_a_number_recorded_by_mistake_is_found_once_both_are_one(
    make_event: Callable[..., Event], organiser: Actor, event: Event
) -> None:
    tied = former_student(organiser, make_event, event)
    mistaken = judge(950, "深圳九百公司", duties=["judge"])
    # the judge's former part stands under the number that is merged away
    Person.objects.filter(pk=tied.person_id).update(merged_into=mistaken.person_id)

    bonds = {c.key: {b.kind for b in c.bonds} for c in ask_of(event.rounds.get()).candidates}

    assert Tie.FORMER_STUDENT in bonds[str(mistaken.uid)]


def test_everybody_of_a_school_that_enters_a_team_is_left_out(organiser: Actor, event: Event) -> None:
    school = Organisation.objects.get(name="郑州铁路职业技术学院")
    entered(organiser, event, school, person(1, "contestant"))
    own = judge(400, school.name, unit_kind="school", duties=["judge", "chief"])
    pool(6, duties=["judge", "chief"])

    plan = proposed(organiser, event)

    assert (plan.state, plan.places.filter(judge=own).count()) == ("proposed", 0)


def test_what_a_judge_declares_counts(organiser: Actor, event: Event) -> None:
    school = Organisation.objects.get(name="郑州铁路职业技术学院")
    entered(organiser, event, school, person(1, "contestant"))
    tied = pool(7, duties=["judge", "chief"])[0]
    word = services.invite(actor=organiser, judge=tied)
    services.declare(word=word, school_name=school.name, text="配偶在该校任教")

    plan = proposed(organiser, event)

    assert plan.places.filter(judge=tied).count() == 0


def test_a_judge_who_is_away_is_not_asked(organiser: Actor, event: Event) -> None:
    sessions(event, 1)
    away = pool(7, duties=["judge", "chief"])[2]
    Declaration.objects.create(judge=away, starts_on=DAY.date(), ends_on=DAY.date())

    plan = proposed(organiser, event)

    assert plan.places.filter(judge=away).count() == 0


def test_when_rules_clash_the_page_names_them(organiser: Actor, event: Event, client: Client) -> None:
    for n in range(6):
        judge(500 + n, f"外省第{n}学院", unit_kind="school", duties=["judge", "chief"])
    client.force_login(User.objects.get(pk=organiser.user_id))

    client.post(f"/events/{event.code}/panels/", {"verb": "propose"})
    page = client.get(f"/events/{event.code}/panels/").content.decode()

    assert PanelPlan.objects.get().report["clash"] == ["share"]
    assert "来自企业的裁判足够" in page
    assert client.post(f"/events/{event.code}/panels/", {"verb": "confirm"}).status_code == 409


def test_a_change_by_hand_is_held_to_the_rules(organiser: Actor, event: Event) -> None:
    """Hard rules refuse, soft ones want a reason, and the place stays when panels are proposed again."""
    pool(7, duties=["judge", "chief"])
    old = judge(600, "第六百公司", birth="19500101", duties=["judge"])
    local = judge(601, "郑州某公司", province="河南", duties=["judge"])
    plan = proposed(organiser, event)
    place = plan.places.filter(duty="judge").first()
    assert place is not None

    with pytest.raises(BreaksAHardRule):
        services.change(actor=organiser, place=place, judge=old, reason="熟悉设备")
    with pytest.raises(ReasonMissing):
        services.change(actor=organiser, place=place, judge=local, reason=" ")
    services.change(actor=organiser, place=place, judge=local, reason="设备供应商指定")
    again = proposed(organiser, event)

    kept = again.places.get(judge=local)
    assert (kept.by_hand, kept.reason) == (True, "设备供应商指定")


def test_a_newcomer_for_a_newcomer_needs_no_reason(organiser: Actor, event: Event) -> None:
    pool(7, duties=["judge", "chief"])
    plan = proposed(organiser, event)
    place = plan.places.filter(duty="judge").exclude(judge__unit_kind="enterprise").first()
    assert place is not None
    seated = set(plan.places.values_list("judge", flat=True))
    free = Judge.objects.exclude(pk__in=seated)[0]

    services.change(actor=organiser, place=place, judge=free, reason="")

    assert plan.places.get(pk=place.pk).judge == free


def test_a_vacant_place_is_filled_by_hand_and_mends_the_plan(organiser: Actor, event: Event) -> None:
    pool(5, duties=["judge", "chief"])
    plan = proposed(organiser, event)
    seated = {p.judge_id for p in plan.places.all()}
    late = judge(700, "第七百公司", duties=["judge", "chief"])
    vacant = {"chief": 1, "judge": 5}
    for duty in plan.places.values_list("duty", flat=True):
        vacant[duty] -= 1
    duty = next(d for d, n in vacant.items() if n)

    services.fill(actor=organiser, plan=plan, slot="", duty=duty, judge=late, reason="临时补充")
    plan.refresh_from_db()

    assert (len(seated), plan.state) == (5, "proposed")


def test_confirming_is_refused_when_somebody_has_declined_since(organiser: Actor, event: Event) -> None:
    pool(6, duties=["judge", "chief"])
    plan = proposed(organiser, event)
    place = plan.places.first()
    assert place is not None
    Judge.objects.filter(pk=place.judge_id).update(state="declined")

    with pytest.raises(PlanIsOld):
        services.confirm(actor=organiser, plan=plan)

    assert Seat.objects.count() == 0


def test_confirmed_panels_are_not_proposed_again(organiser: Actor, event: Event) -> None:
    pool(6, duties=["judge", "chief"])
    services.confirm(actor=organiser, plan=proposed(organiser, event))

    with pytest.raises(PanelsAreConfirmed):
        proposed(organiser, event)
    with pytest.raises((PanelsAreConfirmed, IllegalMove)):
        services.confirm(actor=organiser, plan=PanelPlan.objects.get())

    assert Seat.objects.filter(duty=Duty.JUDGE).count() == 5
    assert "裁判" not in "".join(str(e.details) for e in AuditEntry.objects.all())


def test_strangers_build_nothing(organiser: Actor, other_organiser: Actor, event: Event) -> None:
    pool(6, duties=["judge", "chief"])
    plan = proposed(organiser, event)
    place = plan.places.first()
    assert place is not None

    for act in (
        lambda: services.propose(actor=other_organiser, round=event.rounds.get()),
        lambda: services.confirm(actor=other_organiser, plan=plan),
        lambda: services.discard(actor=other_organiser, plan=plan),
        lambda: services.change(actor=other_organiser, place=place, judge=place.judge, reason="x"),
        lambda: services.fill(actor=other_organiser, plan=plan, slot="", duty="judge", judge=place.judge, reason="x"),
    ):
        with pytest.raises(NotAllowed):
            act()
