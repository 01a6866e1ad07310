"""A world that has one of everything, its people, and strangers to it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.documents.models import Document
from backend.notify.models import Notice
from backend.people import services as people
from backend.people.models import (
    Grant,
    Organisation,
    Person,
)
from certificates.credentials import services as credentials
from certificates.credentials.models import Credential
from competitions.contests.models import Event
from competitions.draw.models import CodeLayer
from competitions.judges import services as judges
from competitions.registration import services as registration
from competitions.registration.models import (
    Entry,
    EntryImport,
    QuotaAdjustment,
)
from competitions.results.models import Publication, Signature, Tally
from competitions.scoring.models import Mark, Sheet
from competitions.venues.selectors.calendars import path_of
from competitions.venues.services import add_session, add_stations, publish_programme, renew_own_calendar
from tests.factories import organisation, person, signed_in
from tests.house.rows import (
    after_approval,
    booked,
    certificate_claim,
    checked_in,
    composed,
    group_affairs,
    made_catalogue,
    made_contestant,
    made_document,
    made_merge,
    made_notes,
    made_notice,
    made_published,
    made_sign_in,
    planned,
)
from tests.registration.world import SAMPLE, id_number, team
from tests.scoring.world import RULES, Hall, hall, seated
from tests.selection.house import SECRET_OBJECTOR, on_notice
from tests.selection.house import states as selection_states

SECRET_NAMES = (
    "人100",
    "人101",
    "欧阳秘",
    SECRET_OBJECTOR,
)  # of the world's own people: no stranger may ever read them


QUOTA = {
    "base": 2,
    "adjustments": [{"code": "hosted", "name": "上届承办", "delta": 1, "evidence": "承办通知"}],
    "source": "规程",
}


@dataclass
class World:
    """uids: the one row of each kind, by kind. insiders and strangers: client makers by what they are."""

    event: Event
    hall: Hall
    uids: dict[str, str]
    insiders: dict[str, Actor]
    strangers: dict[str, Actor | None]

    def states(self) -> list[str]:
        """What nobody but its own people may ever have changed."""
        entry = Entry.objects.get(uid=self.uids["entry"])
        staged = EntryImport.objects.get(uid=self.uids["import"])
        credential = Credential.objects.get(uid=self.uids["credential"])
        sheet = Sheet.objects.get(uid=self.uids["sheet"])
        event = Event.objects.get(pk=self.event.pk)
        notice = Notice.objects.get(uid=self.uids["notice"])
        rows = [Publication.objects.count(), Tally.objects.count(), Signature.objects.count(), Mark.objects.count()]
        grant = Grant.objects.get(uid=self.uids["grant"])
        document = Document.objects.get(uid=self.uids["document"])
        found = [
            entry.state,
            staged.state,
            credential.state,
            sheet.state,
            event.state,
            event.name,
            event.starts_on,
            QuotaAdjustment.objects.get(uid=self.uids["adjustment"]).ended_at,
            event.edition.name,
            event.edition.starts_on,
            event.edition.rule_set_id,
            notice.state,
            *rows,
            grant.ended_at,
            document.verdict,
            document.ended_at,
            Document.objects.count(),
            *selection_states(self.uids),
        ]
        return [str(value) for value in found]

    def client(self, actor: Actor | None) -> Client:
        """A browser that the actor has just signed in with; None: nobody did."""
        client = Client(raise_request_exception=False)
        if actor is not None:
            client.force_login(User.objects.get(pk=actor.user_id))
        return client


@pytest.fixture
def world(make_event: Callable[..., Event], organiser: Actor, other_organiser: Actor) -> Iterator[World]:
    cache.clear()
    event = make_event(rules={**copy.deepcopy(RULES), "quota": QUOTA})
    school = Organisation.objects.get(name="郑州铁路职业技术学院")
    other_school = organisation("开封大学")
    entry = registration.enter_many(actor=organiser, event=event, drafts=[team(school)])[0]
    staged = registration.stage_import(actor=organiser, event=event, content=SAMPLE.read_bytes(), file_name="名单.xlsx")
    station = add_stations(actor=organiser, event=event, venue_name="一号楼", stations="A01-A03")[0]
    now = clock.now()
    session = add_session(
        actor=organiser,
        round=event.rounds.get(),
        venue=station.venue,
        name="上午场",
        starts_at=now,
        ends_at=now + timedelta(hours=3),
    )
    Event.objects.filter(pk=event.pk).update(state="drawn")
    event.refresh_from_db()
    scored = hall(event)
    CodeLayer.objects.create(round=scored.round, number=1, drawn_at=now, table_sha256="0" * 64)
    publication, tally = made_published(scored)
    credential = credentials.record(actor=SYSTEM, claims=[certificate_claim(event, publication)])[0]
    elsewhere = make_event("GZ-2026-999", state="scoring", rules=copy.deepcopy(RULES))
    holder = Person.objects.get(members__entry=entry, members__position=1, members__role="contestant")
    insiders = {
        "organiser": organiser,
        "secretary": signed_in("secretary", "group_secretary", "group", event.leading_group.code),
        "host's organiser": signed_in("host-office", "organiser", "event", event.code),
        "judge": scored.judges[0],
        "chief judge": scored.chief,
        "supervisor": signed_in("supervisor", "supervisor", "event", event.code),
        "desk": signed_in("desk", "checkin_officer", "event", event.code),
        "coordinator": signed_in("coordinator", "school_coordinator", "organisation", str(school.uid)),
        "contestant": made_contestant("contestant", holder),
        "system officer": signed_in("officer", "sys_admin", "system", ""),
    }
    selected, insiders["expert"] = on_notice(event.leading_group, insiders["secretary"], insiders["coordinator"])
    panel = elsewhere.rounds.get().panels.create(name="外")
    booked(station, entry)
    item = planned(event)
    publish_programme(actor=organiser, event=event)
    plan = composed(event, school)
    judge = plan.places.get().judge
    strangers: dict[str, Actor | None] = {
        "desk of another event": signed_in("desk-999", "checkin_officer", "event", elsewhere.code),
        "anonymous": None,
        "organiser of another group": other_organiser,
        "host's organiser of another event": signed_in("host-999", "organiser", "event", elsewhere.code),
        "secretary of another group": signed_in(
            "other-secretary", "group_secretary", "group", other_organiser.scope_key("group") or ""
        ),
        "coordinator of another school": signed_in(
            "other-school", "school_coordinator", "organisation", str(other_school.uid)
        ),
        "contestant": made_contestant("other-contestant", person(id_number(700), "旁人")),
        "judge of another event": seated(panel, 1)[1],
        "chief judge of another event": signed_in("other-chief", "chief_judge", "event", elsewhere.code),
    }
    notice, template = made_notice(organiser, event)
    uids = {
        "edition": event.edition.uid,
        "adjustment": registration.adjust_quota(
            actor=organiser, of=event, school=school, code="hosted", evidence="承办通知"
        ).uid,
        "notice": notice.uid,
        "template": template.uid,
        "entry": entry.uid,
        "import": staged.uid,
        **after_approval(entry),
        **checked_in(entry, session),
        "sheet": scored.sheet(0).uid,
        "aspect": next(iter(scored.aspects.values())).uid,
        "work": scored.works[0].uid,
        "session": session.uid,
        "panel": scored.seats[0].panel.uid,
        "seat": scored.seats[0].uid,
        "scheme": scored.event.rounds.get().schemes.get(state="locked").uid,
        "tally": tally.uid,
        "publication": publication.uid,
        "credential": credential.uid,
        "token": credential.token,
        "marked": people.keep_marked(actor=insiders["secretary"], content=b"PK"),
        "organiser": Grant.objects.get(user_id=insiders["host's organiser"].user_id).uid,
        "grant": Grant.objects.get(user_id=insiders["coordinator"].user_id).uid,
        "organisation": school.uid,
        "catalogue": made_catalogue(),
        "merge": made_merge(holder),
        **group_affairs(event.leading_group, school),
        "item": item.uid,
        "judge": judge.uid,
        "place": plan.places.get().uid,
        "calendar_word": path_of(renew_own_calendar(actor=insiders["organiser"]))[len("/calendar/") : -len(".ics")],
        "judge_word": judges.invite(actor=organiser, judge=judge),
        "note": made_notes(insiders)["organiser"],
        "sign_in": made_sign_in(organiser),
        "holder": holder.uid,
        **selected,
        "document": made_document(insiders["contestant"], holder).uid,
    }
    yield World(event, scored, {kind: str(uid) for kind, uid in uids.items()}, insiders, strangers)
    cache.clear()
