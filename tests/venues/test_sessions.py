"""Sessions are added, changed and removed while nothing rests on them, and go out as a workbook."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid, NotAllowed, NotFound
from competitions.contests.models import Event
from competitions.judges.models import PanelPlan, PlanPlace
from competitions.venues import services
from competitions.venues.errors import ScheduleSettled, SessionInUse
from competitions.venues.models import Session, Venue
from tests.judges.world import judge

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(make_event: Callable[..., Event], organiser: Actor) -> Session:
    event = make_event()
    venue = services.add_stations(actor=organiser, event=event, venue_name="一号楼", stations="A01-A03")[0].venue
    now = clock.now()
    return services.add_session(
        actor=organiser,
        round=event.rounds.get(),
        venue=venue,
        name="上午场",
        starts_at=now,
        ends_at=now + timedelta(hours=3),
    )


def later_by(session: Session, hours: int) -> dict[str, Any]:
    return {
        "session": session,
        "venue": session.venue,
        "name": session.name,
        "starts_at": session.starts_at + timedelta(hours=hours),
        "ends_at": session.ends_at + timedelta(hours=hours),
    }


def page_of(client: Client, actor: Actor) -> Client:
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_a_session_is_moved_and_the_record_says_so(session: Session, organiser: Actor) -> None:
    services.change_session(actor=organiser, **later_by(session, 2))

    moved = Session.objects.get()
    assert moved.starts_at == session.starts_at + timedelta(hours=2)
    assert AuditEntry.objects.get(action="session.change").details["before"][0] == session.starts_at.isoformat()


def test_a_session_never_ends_before_it_starts(session: Session, organiser: Actor) -> None:
    wanted = later_by(session, 0) | {"ends_at": session.starts_at}

    with pytest.raises(Invalid):
        services.change_session(actor=organiser, **wanted)


def test_a_session_takes_no_venue_of_another_event(
    session: Session, organiser: Actor, make_event: Callable[..., Event]
) -> None:
    other = Venue.objects.create(event=make_event("GZ-2026-047"), name="别处")

    with pytest.raises(Invalid):
        services.change_session(actor=organiser, **(later_by(session, 0) | {"venue": other}))


@pytest.mark.postgres
def test_an_unused_session_is_removed_once(session: Session, organiser: Actor) -> None:
    services.remove_session(actor=organiser, session=session)

    with pytest.raises(NotFound):
        services.remove_session(actor=organiser, session=session)
    assert Session.objects.count() == 0


@pytest.mark.postgres
def test_a_session_that_judges_are_planned_for_stays(
    session: Session, organiser: Actor, client: Client, settings: Any
) -> None:
    settings.MFA_REQUIRED = False  # the second factor has its own tests
    plan = PanelPlan.objects.create(round=session.round)
    place = PlanPlace.objects.create(plan=plan, session=session, duty="judge", judge=judge(900))
    client.force_login(User.objects.get(pk=organiser.user_id))

    with pytest.raises(SessionInUse):
        services.remove_session(actor=organiser, session=session)
    page = client.post(f"/events/{session.round.event.code}/sessions/{session.uid}/remove/")

    assert (page.status_code, Session.objects.count()) == (409, 1)
    assert not AuditEntry.objects.filter(action="session.remove").exists()
    place.delete()
    services.remove_session(actor=organiser, session=session)
    assert Session.objects.count() == 0


@pytest.mark.parametrize("state", ["tallied", "signed", "published"])
def test_sessions_of_the_past_stay(session: Session, organiser: Actor, state: str) -> None:
    Event.objects.update(state=state)

    with pytest.raises(ScheduleSettled):
        services.remove_session(actor=organiser, session=session)
    with pytest.raises(ScheduleSettled):
        services.change_session(actor=organiser, **later_by(session, 1))


def test_strangers_change_and_remove_no_session(session: Session, other_organiser: Actor) -> None:
    with pytest.raises(NotAllowed):
        services.change_session(actor=other_organiser, **later_by(session, 1))
    with pytest.raises(NotAllowed):
        services.remove_session(actor=other_organiser, session=session)


def test_the_pages_add_change_and_remove(session: Session, organiser: Actor, client: Client) -> None:
    page, event = page_of(client, organiser), session.round.event
    sent = {
        "name": "下午场",
        "venue": str(session.venue.uid),
        "starts_at": "2026-12-01T14:00",
        "ends_at": "2026-12-01T17:00",
    }

    added = page.post(f"/events/{event.code}/sessions/", sent)
    wrong = page.post(f"/events/{event.code}/sessions/", sent | {"ends_at": "2026-12-01T14:00"})
    changed = page.post(f"/events/{event.code}/sessions/{session.uid}/", sent | {"name": "改期"})
    removed = page.post(f"/events/{event.code}/sessions/{session.uid}/remove/")

    assert [added.status_code, changed.status_code, removed.status_code] == [302, 302, 302]
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (422, ["ends_at"])
    assert list(Session.objects.values_list("name", flat=True)) == ["下午场"]


def test_stations_and_sessions_go_out_as_workbooks(session: Session, organiser: Actor, client: Client) -> None:
    page, code = page_of(client, organiser), session.round.event.code

    files = [page.get(f"/events/{code}/{end}/?format=xlsx").content for end in ("venues", "sessions")]

    sheets = [openpyxl.load_workbook(io.BytesIO(f)).active for f in files]
    assert [len(list(s.values)) - 1 for s in sheets if s is not None] == [3, 1]
