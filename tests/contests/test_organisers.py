"""Organisers of one event: named by secretaries, at home in that event, strangers everywhere else."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.core.actor import Actor
from backend.core.errors import NotAllowed, NotFound
from backend.people.models import Grant, Group
from backend.people.selectors import actor_for
from competitions.contests import services
from competitions.contests.models import Event
from competitions.contests.selectors import organised_events, organisers_of
from competitions.judges.permissions import may_keep_pool
from tests.factories import browser, signed_in
from tests.selection.world import secretary_of

pytestmark = pytest.mark.django_db
Make = Callable[..., Event]


@pytest.fixture
def secretary(group: Group) -> Actor:
    return secretary_of(group, "secretary-1")


def appointed(secretary: Actor, event: Event) -> Actor:
    made = services.appoint_organiser(actor=secretary, event=event, account_name="host", display_name="承办院校赛务办")
    return actor_for(made.user)


def test_a_secretary_names_an_organiser_of_one_event(secretary: Actor, make_event: Make) -> None:
    event, other = make_event(), make_event("GZ-2026-099")
    client = browser(secretary)
    path = f"/events/{event.code}/organisers/"

    card = client.post(path, {"account": "new", "account_name": "host", "display_name": "承办院校赛务办"})
    host = actor_for(User.objects.get(account_name="host"))
    here = browser(host)

    assert "no-store" in card.headers["Cache-Control"]
    assert list(organised_events(host)) == [event]
    assert [here.get(f"/events/{e.code}/workbench/").status_code for e in (event, other)] == [200, 403]
    assert "承办院校赛务办" in client.get(path).content.decode()
    assert AuditEntry.objects.filter(action="event.organiser", event_code=event.code).count() == 1


def test_an_account_that_exists_gets_the_role_once(secretary: Actor, make_event: Make) -> None:
    event = make_event()
    User.objects.create_user("zhao", "correct-horse-9")
    client, path = browser(secretary), f"/events/{event.code}/organisers/"

    for _ in range(2):
        assert client.post(path, {"account": "known", "account_name": "zhao"}).status_code == 302
    wrong = client.post(path, {"account": "known", "account_name": "nobody"})
    taken = client.post(path, {"account": "new", "account_name": "zhao"})

    assert (wrong.status_code, taken.status_code) == (422, 422)
    assert "nobody" in wrong.content.decode() and 'value="zhao"' in taken.content.decode()
    assert [g.user.account_name for g in organisers_of(event)] == ["zhao"]


def test_an_ended_role_ends_at_once(secretary: Actor, make_event: Make) -> None:
    event = make_event()
    host = appointed(secretary, event)
    here, grant = browser(host), Grant.objects.get(user_id=host.user_id)
    before = here.get(f"/events/{event.code}/workbench/").status_code

    browser(secretary).post(f"/events/{event.code}/organisers/{grant.uid}/end/")

    assert (before, here.get(f"/events/{event.code}/workbench/").status_code) == (200, 403)
    assert organisers_of(event) == []


def test_a_role_of_another_kind_or_event_is_not_ended_here(secretary: Actor, make_event: Make) -> None:
    event, other = make_event(), make_event("GZ-2026-099")
    chief = signed_in("chief", "chief_judge", "event", event.code)
    host = appointed(secretary, other)

    for uid in (Grant.objects.get(user_id=chief.user_id).uid, Grant.objects.get(user_id=host.user_id).uid, uuid4()):
        with pytest.raises(NotFound):
            services.end_organising(actor=secretary, event=event, grant=uid)

    assert Grant.objects.filter(ended_at=None, scope_kind="event").count() == 2


def test_only_secretaries_of_the_events_groups_name_organisers(
    organiser: Actor, other_group: Group, secretary: Actor, make_event: Make
) -> None:
    event = make_event()
    host = appointed(secretary, event)

    for actor in (organiser, host, secretary_of(other_group, "secretary-2")):
        with pytest.raises(NotAllowed):
            services.appoint_organiser(actor=actor, event=event, account_name="more")
        with pytest.raises(NotAllowed):
            services.let_organise(actor=actor, event=event, user=User.objects.get(account_name="host"))
    for actor in (organiser, host):
        page = browser(actor).get(f"/events/{event.code}/organisers/").content.decode()
        assert "承办院校赛务办" in page and "account_name" not in page

    assert not User.objects.filter(account_name="more").exists()


def test_the_hosts_staff_neither_names_hosts_nor_keeps_what_is_the_provinces(
    secretary: Actor, make_event: Make
) -> None:
    event = make_event()
    host = appointed(secretary, event)
    client = browser(host)

    shown = client.get(f"/events/{event.code}/hosts/")
    refused = [client.get(path).status_code for path in ("/judges/", "/people/", "/events/new/")]

    assert shown.status_code == 200 and '<form method="post" enctype' not in shown.content.decode()
    assert all(code in (403, 404) for code in refused), refused
    assert not may_keep_pool(host)
