"""Rows of one kind each, as the world and its growth need them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

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
    Group,
    Membership,
    MembershipApplication,
    Office,
    Organisation,
    Person,
)
from backend.people.selectors import actor_for
from certificates.credentials import services as credentials
from competitions.contests.models import Event
from competitions.judges.models import Nomination, PanelPlan, Service
from competitions.registration.models import (
    Entry,
    EntryCard,
    EntryObjection,
    ReviewPlan,
    Submission,
    Substitution,
    Withdrawal,
)
from competitions.results.models import Publication, Signature, Tally
from competitions.venues.models import CheckIn, ScheduleItem, Session, Station
from tests.documents.files import picture
from tests.factories import person, signed_in
from tests.judges.world import judge as pooled
from tests.registration.world import id_number
from tests.scoring.world import Hall

PAPER = "house.paper"


def after_approval(entry: Entry) -> dict[str, Any]:
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


def checked_in(entry: Entry, session: Session) -> dict[str, Any]:
    """Somebody whom two desks have let in."""
    first, now = entry.members.order_by("position")[0], clock.now()
    known = {"event": entry.event, "session": session, "member": first, "method": "qr", "verdict": "admitted"}
    one = CheckIn.objects.create(**known, client_id=uuid4(), scanned_at=now, received_at=now)
    two = CheckIn.objects.create(**known, client_id=uuid4(), scanned_at=now, received_at=now, conflicts_with=one)
    return {"check_in": two.uid}


def made_catalogue() -> Any:
    taken = people.load_sample_catalogue(actor=SYSTEM)
    assert taken.catalogue is not None
    return taken.catalogue.uid


def made_merge(holder: Person) -> Any:
    """A merge that another system officer than the world's own asked for."""
    asking = signed_in("asking-officer", "sys_admin", "system", "")
    return people.ask_merge(actor=asking, duplicate=person(id_number(701), "欧阳秘"), into=holder, reason="x").uid


def group_affairs(group: Group, school: Organisation) -> dict[str, Any]:
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


def made_published(scored: Hall) -> tuple[Publication, Tally]:
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


def made_contestant(account: str, who: Person) -> Actor:
    actor = signed_in(account, "contestant", "person", str(who.uid))
    Person.objects.filter(pk=who.pk).update(user_id=actor.user_id)
    return actor


def made_notes(insiders: dict[str, Actor]) -> dict[str, Any]:
    return {who: Note.objects.create(recipient_id=a.user_id, kind="test").uid for who, a in insiders.items()}


def made_document(actor: Actor, holder: Person) -> Document:
    files = Asked(media_types=(MediaType.JPEG,), max_bytes=100_000)
    document_kind(DocumentKind(PAPER, "材料", files, several=True, purpose=PAPER))
    return documents.attach(
        actor=actor_for(User.objects.get(pk=actor.user_id)),
        kind=PAPER,
        holder=holder.ref,
        content=picture("JPEG"),
        file_name="a.jpg",
        client_id=uuid4(),
    )


def made_notice(organiser: Actor, event: Event) -> tuple[Notice, Template]:
    """A draft to the event's coordinators, and the template it began with."""
    kind, text = "event.coordinators", Text("提醒", "{event} {deadline}")
    template = notify.make_template(actor=organiser, audience=kind, title="提醒", text=text)
    draft = notify.Draft(kind, event.code, text, (), template=template)
    return notify.draft_notice(actor=organiser, client_id=uuid4(), draft=draft), template


def made_sign_in(actor: Actor) -> Any:
    return SignIn.objects.create(user_id=actor.user_id, **sign_in_fields()).uid


def sign_in_fields() -> dict[str, Any]:
    names = {f.name for f in SignIn._meta.get_fields()}
    return {"session_key": "k" * 32} if "session_key" in names else {}
