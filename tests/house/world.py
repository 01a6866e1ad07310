"""A world that has one of everything, its people, and strangers to it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from backend.accounts.models import SignIn, User
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.refs import Ref
from backend.documents import services as documents
from backend.documents.enums import MediaType
from backend.documents.models import Document, DocumentKind, document_kind
from backend.documents.rulebook import Asked
from backend.notify import services as notify
from backend.notify.models import Note, Notice, Template
from backend.notify.rulebook import Text
from backend.people import services as people
from backend.people.models import (
    Committee,
    Grant,
    Group,
    Membership,
    MembershipApplication,
    Office,
    Organisation,
    Person,
)
from backend.people.selectors import actor_for
from certificates.credentials import services as credentials
from certificates.credentials.models import Credential
from competitions.contests.models import Event
from competitions.draw.models import CodeLayer
from competitions.judges import services as judges
from competitions.judges.models import Nomination, PanelPlan, Service
from competitions.registration import services as registration
from competitions.registration.models import (
    Entry,
    EntryCard,
    EntryImport,
    EntryObjection,
    QuotaAdjustment,
    ReviewPlan,
    Submission,
    Substitution,
    Withdrawal,
)
from competitions.results.models import Publication, Signature, Tally
from competitions.scoring.models import Mark, Sheet
from competitions.venues.models import CheckIn, ScheduleItem, Session, Station
from competitions.venues.selectors.calendars import path_of
from competitions.venues.services import add_session, add_stations, publish_programme, renew_own_calendar
from tests.documents.files import pdf
from tests.factories import organisation, person, signed_in
from tests.judges.world import judge as pooled
from tests.registration.world import SAMPLE, id_number, team
from tests.scoring.world import RULES, Hall, hall, seated
from tests.selection.house import SECRET_OBJECTOR, on_notice
from tests.selection.house import states as selection_states

PAPER = "house.paper"
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
    publication, tally = _published(scored)
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
        "contestant": _contestant("contestant", holder),
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
        "contestant": _contestant("other-contestant", person(id_number(700), "旁人")),
        "judge of another event": seated(panel, 1)[1],
        "chief judge of another event": signed_in("other-chief", "chief_judge", "event", elsewhere.code),
    }
    notice, template = _notice(organiser, event)
    uids = {
        "edition": event.edition.uid,
        "adjustment": registration.adjust_quota(
            actor=organiser, of=event, school=school, code="hosted", evidence="承办通知"
        ).uid,
        "notice": notice.uid,
        "template": template.uid,
        "entry": entry.uid,
        "import": staged.uid,
        **_after_approval(entry),
        **_checked_in(entry, session),
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
        "catalogue": _catalogue(),
        "merge": _merge(holder),
        **_group_affairs(event.leading_group, school),
        "item": item.uid,
        "judge": judge.uid,
        "place": plan.places.get().uid,
        "calendar_word": path_of(renew_own_calendar(actor=insiders["organiser"]))[len("/calendar/") : -len(".ics")],
        "judge_word": judges.invite(actor=organiser, judge=judge),
        "note": _notes(insiders)["organiser"],
        "sign_in": _sign_in(organiser),
        "holder": holder.uid,
        **selected,
        "document": _document(insiders["contestant"], holder).uid,
    }
    yield World(event, scored, {kind: str(uid) for kind, uid in uids.items()}, insiders, strangers)
    cache.clear()


def _after_approval(entry: Entry) -> dict[str, Any]:
    """A replacement that is asked for, a card, an objection, and what was handed in."""
    first, now = entry.members.order_by("position")[0], clock.now()
    substitution = Substitution(entry=entry, leaving=first, asked_at=now)
    substitution.put("arriving", '{"name": "欧阳秘", "id_number": ""}')
    substitution.put("reason", "病")
    substitution.save()
    withdrawal = Withdrawal(entry=entry, asked_at=now)
    withdrawal.put("reason", "欧阳秘病")
    withdrawal.save()
    objection = EntryObjection(event=entry.event, entry=entry, received_at=now)
    objection.put("objector", "欧阳秘")
    objection.put("text", "学籍")
    objection.save()
    ReviewPlan.objects.create(event=entry.event, steps=["organiser"], reviewed_fields=["name"], papers=["entry.photo"])
    Entry.objects.filter(pk=entry.pk).update(state="submitted", submitted_at=now)
    handed = Submission(entry=entry, number=1, submitted_at=now)
    handed.put("content", "{}")
    handed.save()
    card = EntryCard.objects.create(member=first, token="A" * 20, issued_at=now)
    return {
        "substitution": substitution.uid,
        "withdrawal": withdrawal.uid,
        "card": card.uid,
        "entry_objection": objection.uid,
    }


def _checked_in(entry: Entry, session: Session) -> dict[str, Any]:
    """Somebody whom two desks have let in."""
    first, now = entry.members.order_by("position")[0], clock.now()
    known = {"event": entry.event, "session": session, "member": first, "method": "qr", "verdict": "admitted"}
    one = CheckIn.objects.create(**known, client_id=uuid4(), scanned_at=now, received_at=now)
    two = CheckIn.objects.create(**known, client_id=uuid4(), scanned_at=now, received_at=now, conflicts_with=one)
    return {"check_in": two.uid}


def _catalogue() -> Any:
    taken = people.load_sample_catalogue(actor=SYSTEM)
    assert taken.catalogue is not None
    return taken.catalogue.uid


def _merge(holder: Person) -> Any:
    """A merge that another system officer than the world's own asked for."""
    asking = signed_in("asking-officer", "sys_admin", "system", "")
    return people.ask_merge(actor=asking, duplicate=person(id_number(701), "欧阳秘"), into=holder, reason="x").uid


def _group_affairs(group: Group, school: Organisation) -> dict[str, Any]:
    """A member, its submitted application to leave, a committee and an office of the event's group."""
    member = Membership.objects.create(group=group, organisation=school)
    application = MembershipApplication.objects.create(
        group=group,
        organisation=school,
        purpose="leave",
        effective_on=clock.today(),
        state="submitted",
        submitted_at=clock.now(),
    )
    committee = Committee.objects.create(group=group, class_code="5102", name="计算机类专业委员会")
    office = Office(group=group, body="council", title="理事长", begins_on=clock.today())
    office.put("name", "欧阳秘")
    office.save()
    return {
        "member": member.uid,
        "application": application.uid,
        "committee": committee.uid,
        "office": office.uid,
    }


def booked(station: Station, entry: Entry) -> None:
    """A team's place in the first session."""
    session = Session.objects.filter(venue=station.venue).order_by("pk")[0]
    session.bookings.create(round=session.round, entry=entry, held=station)


def planned(event: Event, number: int = 0) -> ScheduleItem:
    """A line of the schedule, for everybody."""
    starts = clock.now() + timedelta(days=1, hours=number)
    fields = {"kind": "leader_meeting", "starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    return ScheduleItem.objects.create(event=event, title=f"会{number}", audience=["public"], **fields)


def composed(event: Event, school: Organisation, number: int = 0) -> PanelPlan:
    """A proposed panel of one judge, named by a school."""
    judge = pooled(900 + number, f"企业{number}")
    Nomination.objects.create(event=event, school=school, judge=judge)
    Service.objects.create(judge=judge, title="某赛项", year=2025)
    plan, _made = PanelPlan.objects.get_or_create(round=event.rounds.get())
    plan.places.create(duty="judge", judge=judge)
    return plan


def _published(scored: Hall) -> tuple[Publication, Tally]:
    tally = Tally.objects.create(
        round=scored.round,
        number=1,
        document={},
        document_sha256="0" * 64,
        results={"results": []},
        results_sha256="0" * 64,
        complete=True,
        made_at=clock.now(),
    )
    Signature.objects.create(
        tally=tally, duty="chief", user_uid=scored.chief.user_uid, signed_sha256="0" * 64, signed_at=clock.now()
    )
    publication = Publication.objects.create(
        round=scored.round,
        number=1,
        tally=tally,
        snapshot={"rows": []},
        snapshot_sha256="0" * 64,
        published_at=clock.now(),
        published_by_uid=scored.chief.user_uid,
    )
    return publication, tally


def certificate_claim(event: Event, publication: Publication, number: int = 0) -> credentials.Claim:
    return credentials.Claim(
        claim_key=f"{event.code}:{number}",
        issuer_key="12",
        issuer_name=event.leading_group.name,
        holder=None,
        holder_name="欧阳秘",
        facts={"instructors": ["李老师"]},
        public_facts={"title": "获奖证书", "award": "一等奖", "event": event.name, "school": "郑州铁路职业技术学院"},
        rests_on=Ref("publication", str(publication.uid)),
        issued_on=date(2026, 6, 3),
        event_code=event.code,
    )


def _contestant(account: str, who: Person) -> Actor:
    actor = signed_in(account, "contestant", "person", str(who.uid))
    Person.objects.filter(pk=who.pk).update(user_id=actor.user_id)
    return actor


def _notes(insiders: dict[str, Actor]) -> dict[str, Any]:
    return {who: Note.objects.create(recipient_id=a.user_id, kind="test").uid for who, a in insiders.items()}


def _document(actor: Actor, holder: Person) -> Document:
    files = Asked(media_types=(MediaType.PDF,), max_bytes=100_000)
    document_kind(DocumentKind(PAPER, "材料", files, several=True, purpose=PAPER))
    return documents.attach(
        actor=actor_for(User.objects.get(pk=actor.user_id)),
        kind=PAPER,
        holder=holder.ref,
        content=pdf(),
        file_name="a.pdf",
        client_id=uuid4(),
    )


def _notice(organiser: Actor, event: Event) -> tuple[Notice, Template]:
    """A draft to the event's coordinators, and the template it began with."""
    kind, text = "event.coordinators", Text("提醒", "{event} {deadline}")
    template = notify.make_template(actor=organiser, audience=kind, title="提醒", text=text)
    draft = notify.Draft(kind, event.code, text, (), template=template)
    return notify.draft_notice(actor=organiser, client_id=uuid4(), draft=draft), template


def _sign_in(actor: Actor) -> Any:
    return SignIn.objects.create(user_id=actor.user_id, **_sign_in_fields()).uid


def _sign_in_fields() -> dict[str, Any]:
    names = {f.name for f in SignIn._meta.get_fields()}
    return {"session_key": "k" * 32} if "session_key" in names else {}
