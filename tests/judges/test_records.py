"""Service is written when an event is over; a chief judge notes conduct; a written employer is matched."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.errors import Invalid, NotAllowed
from competitions.contests.models import Event
from competitions.judges import services
from competitions.judges.models import ConductNote, Panel, PanelPlan, Seat, Service
from tests.factories import organisation, signed_in
from tests.judges.world import RULES, judge, pool, sessions
from tests.scoring.world import chief_of, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(rules=RULES)


def sitting(event: Event, serial: int, number: int) -> Seat:
    panel, _made = Panel.objects.get_or_create(round=event.rounds.get(), name="A")
    seat, _actor = seated(panel, number)
    seat.judge = judge(serial, f"第{serial}公司")
    seat.save(update_fields=["judge"])
    return seat


def test_nothing_is_served_by_being_planned(event: Event, organiser: Actor) -> None:
    sessions(event)
    pool(16, duties=["judge", "chief"])
    plan = services.propose(actor=organiser, round=event.rounds.get())

    services.confirm(actor=organiser, plan=plan)

    assert not Service.objects.exists()


def test_who_scored_signed_or_sealed_has_served_once(event: Event, organiser: Actor, other_organiser: Actor) -> None:
    round = event.rounds.get()
    scored, absent = sitting(event, 700, 1), sitting(event, 701, 2)
    chief, sealer = judge(702, "某校"), judge(703, "某部")
    user = User.objects.create_user("chief-own")
    chief.person.user = user
    chief.person.save(update_fields=["user"])
    plan = PanelPlan.objects.create(round=round, state="confirmed")
    plan.places.create(session=None, duty="encrypt", judge=sealer)
    done = {"round": round, "seats": [scored.pk], "signers": [(user.uid, "chief")]}

    counts = [services.record_services(actor=organiser, **done) for _ in range(2)]  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        services.record_services(actor=other_organiser, **done)  # type: ignore[arg-type]

    found = set(Service.objects.values_list("judge", "title", "duty"))
    assert scored.judge is not None and absent.judge is not None
    assert counts == [3, 3]
    assert found == {
        (scored.judge.pk, event.name, "judge"),
        (chief.pk, event.name, "chief"),
        (sealer.pk, event.name, "encrypt"),
    }
    assert Service.objects.count() == 3


def test_a_chief_judge_notes_conduct_in_the_own_event_only(
    event: Event, make_event: Callable[..., Event], organiser: Actor, client: Client
) -> None:
    seat = sitting(event, 700, 1)
    elsewhere = sitting(make_event("GZ-2026-050", rules=RULES), 701, 1)
    secretary = signed_in("sec", "group_secretary", "group", "12")
    chief, other = chief_of(event), signed_in("chief-2", "chief_judge", "event", "GZ-2026-050")
    address = f"/events/{event.code}/conduct/"
    answers = {}
    for actor in (organiser, other, chief):
        client.force_login(User.objects.get(pk=actor.user_id))
        answers[actor.user_id] = client.get(address).status_code

    client.post(address, {"seat": str(seat.uid), "text": "两次迟到"})
    foreign = client.post(address, {"seat": str(elsewhere.uid), "text": "x"}).status_code
    page = client.get(address).content.decode()
    assert seat.judge is not None and elsewhere.judge is not None
    with pytest.raises(NotAllowed):
        services.note_conduct(actor=chief, judge=elsewhere.judge, text="x", event=event)

    assert answers == {organiser.user_id: 404, other.user_id: 404, chief.user_id: 200}
    assert (foreign, "两次迟到" in page) == (404, True)
    counts = [ConductNote.objects.visible_to(a).count() for a in (chief, other, organiser, secretary)]
    assert counts == [1, 0, 0, 1]


def test_a_written_employer_is_matched_by_hand(organiser: Actor, client: Client) -> None:
    unit = organisation("郑州数控设备有限公司")
    made = judge(700, "郑州数控设备公司")
    client.force_login(User.objects.get(pk=organiser.user_id))
    address = f"/judges/{made.uid}/"

    offered = "郑州数控设备有限公司" in client.get(address).content.decode()
    wrong = client.post(address, {"verb": "unit", "unit_name": "郑州数控设备"})
    client.post(address, {"verb": "unit", "unit_name": "郑州数控设备有限公司"})
    made.refresh_from_db()

    assert (offered, wrong.status_code, "郑州数控设备有限公司" in wrong.content.decode()) == (True, 200, True)
    assert (made.unit, made.unit_key) == (unit, unit.name_key)


def test_strangers_match_no_employer(event: Event) -> None:
    made = judge(700, "郑州数控设备公司")

    with pytest.raises(NotAllowed):
        services.place_unit(actor=signed_in("c", "school_coordinator", "organisation", "1"), judge=made, unit_name="x")
    with pytest.raises(NotAllowed):
        services.place_unit(actor=chief_of(event), judge=made, unit_name="x")


def test_an_unknown_employer_is_refused_with_a_proposal(organiser: Actor) -> None:
    organisation("郑州数控设备有限公司")
    made = judge(700, "郑州数控设备公司")

    with pytest.raises(Invalid) as refused:
        services.place_unit(actor=organiser, judge=made, unit_name="郑州数控设备公司")

    assert "郑州数控设备有限公司" in str(refused.value.problems["unit_name"])
