"""News of an event reaches those who are entered without an account, once, however many events it moves."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import User
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import NotAllowed
from backend.notify.models import Note, Notice
from backend.notify.services import deliver_due
from backend.people.models import Organisation, Person
from competitions.contests import services as contests
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.models import Entry
from competitions.registration.rulebook import EntryDraft
from tests.factories import organisation, signed_in
from tests.notify.world import told_now
from tests.registration.world import RULES, member, team

pytestmark = pytest.mark.django_db
NEW_DAY = date(2027, 3, 1)
BY_FILE = {"SMS_GATEWAY": "backend.notify.backends.sms.FileGateway"}


def with_instructor(school: Organisation, serial: int) -> EntryDraft:
    """A team of three whose instructor is the same one everywhere, with a phone."""
    people = (*(member(serial + n) for n in range(3)), member(700, "instructor", phone="13800138000"))
    return EntryDraft(str(school.uid), 1, "平台甲", people)


@pytest.fixture
def edition_of_three(make_event: Callable[..., Event]) -> list[Event]:
    """Three events of one edition that the same instructor stands in, by other names."""
    events, school = [make_event(f"GZ-2026-10{n}", rules=RULES) for n in range(3)], organisation("开封大学")
    for n, event in enumerate(events):
        Event.objects.filter(pk=event.pk).update(name=f"赛项{n}")
        services.enter_many(actor=SYSTEM, event=event, drafts=[with_instructor(school, 100 + 10 * n)])
    return events


def carried(folder: Path) -> list[tuple[str, str]]:
    told = (json.loads(file.read_text()) for file in folder.glob("*.json"))
    return [(one["to"], one["text"].split("\n")[0]) for one in told]


def test_who_stands_in_three_events_of_a_postponed_edition_gets_one_letter_that_names_them(
    edition_of_three: list[Event], tmp_path: Path
) -> None:
    officer = signed_in("officer", "sys_admin", "system", "")
    coordinator = signed_in(
        "c", "school_coordinator", "organisation", str(Organisation.objects.get(name="开封大学").uid)
    )

    with override_settings(SMS_DIR=tmp_path, **BY_FILE):
        edition = edition_of_three[0].edition
        contests.postpone_edition(actor=officer, edition=edition, starts_on=NEW_DAY, reason="疫情")
        told_now()
        deliver_due()

    named = "赛项0、赛项1、赛项2"
    notes = Note.objects.filter(kind="event.postponed")
    assert carried(tmp_path) == [("13800138000", f"{named}延期至 2027-03-01 开始。理由：疫情")]
    assert notes.get(recipient=coordinator.user_id).params["event"] == named
    assert (notes.filter(recipient=None).count(), Notice.objects.get().recipients_count) == (10, 2)


def test_a_withdrawn_team_hears_nothing_and_an_account_hears_it_once_by_the_account(
    event: Event, school: Organisation, organiser: Actor
) -> None:
    drafts = [team(school, 100, 1), team(school, 200, 2)]
    stays, leaves = services.enter_many(actor=organiser, event=event, drafts=drafts)
    services.withdraw_entry(actor=organiser, entry=leaves)
    account = signed_in("pupil", "contestant", "person", "")
    first = stays.members.earliest("pk").person
    Person.objects.filter(pk=first.pk).update(user_id=account.user_id)

    contests.postpone_event(actor=organiser, event=event, starts_on=NEW_DAY, reason="场地检修")
    told_now()

    readers = set(Note.objects.filter(kind="event.postponed").values_list("recipient", "person"))
    others = set(stays.members.exclude(person=first).values_list("person", flat=True))
    assert readers == {(account.user_id, None)} | {(None, pk) for pk in others}


def test_a_merged_events_people_are_told_where_they_go_and_those_already_there_are_not(
    make_event: Callable[..., Event], organiser: Actor, tmp_path: Path
) -> None:
    few = make_event("GZ-2026-101", rules={**RULES, "minimum": {"entries": 4, "unit": "schools", "source": "x"}})
    into = make_event("GZ-2026-102", rules=RULES)
    (goes,) = services.enter_many(actor=SYSTEM, event=few, drafts=[with_instructor(organisation("甲"), 100)])
    services.enter_many(actor=SYSTEM, event=into, drafts=[team(organisation("乙"), 300)])
    contests.flag_too_few(event=few, found=1)

    with override_settings(SMS_DIR=tmp_path, **BY_FILE):
        services.decide_holding(actor=organiser, event=few, verdict="merge", reason="内容相近", into=into)
        told_now()
        deliver_due()

    told = set(Note.objects.filter(kind="event.merge").values_list("person", flat=True))
    assert Entry.objects.get(pk=goes.pk).event == into
    assert told == set(goes.members.values_list("person", flat=True))
    assert [to for to, _text in carried(tmp_path)] == ["13800138000"]


def test_the_organiser_sees_before_whom_new_days_are_told_and_after_how_it_went(
    event: Event, school: Organisation, organiser: Actor, client: Client, tmp_path: Path
) -> None:
    services.enter_many(actor=organiser, event=event, drafts=[with_instructor(school, 100)])
    client.force_login(User.objects.get(pk=organiser.user_id))
    address = f"/events/{event.code}/postpone/"

    with override_settings(SMS_DIR=tmp_path, **BY_FILE):
        asked = client.get(address)
        client.post(address, {"starts_on": "2027-03-01", "reason": "场地检修"})
        told_now()
    page = client.get(f"/events/{event.code}/").content.decode()
    client.logout()
    outside = client.get(f"/events/{event.code}/").content.decode()

    reach = asked.context["reach"]
    assert (reach.accounts, reach.outside.total, reach.outside.ways) == (0, 4, {"sms": 1})
    assert [one.school for one in reach.outside.left] == [school.name] * 3
    assert "13800138000" not in asked.content.decode()
    link = f"/notices/{Notice.objects.get().uid}/"
    assert (link in page, link in outside) == (True, False)


def test_a_stranger_sees_of_nobody_whom_new_days_are_told(event: Event, other_organiser: Actor) -> None:
    with pytest.raises(NotAllowed):
        contests.preview_postponement(actor=other_organiser, thing=event)
    with pytest.raises(NotAllowed):
        contests.preview_postponement(actor=other_organiser, thing=event.edition)


def test_telling_an_edition_asks_as_often_for_three_events_as_for_one(edition_of_three: list[Event]) -> None:
    officer, counts = signed_in("officer", "sys_admin", "system", ""), []
    for day, moved in ((1, edition_of_three[:1]), (2, edition_of_three)):
        Event.objects.update(starts_on=date(2026, 5, 1))
        Event.objects.filter(pk__in=[event.pk for event in moved]).update(starts_on=None)
        edition = edition_of_three[0].edition
        contests.postpone_edition(actor=officer, edition=edition, starts_on=date(2027, 3, day), reason="疫情")
        with CaptureQueriesContext(connection) as seen:
            told_now()
        counts.append(len(seen))

    assert counts[0] == counts[1]
