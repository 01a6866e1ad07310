"""Thirty of everything of which the world had one."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import SYSTEM
from backend.documents.models import Document
from backend.notify.models import Note, Notice, Template
from backend.people.models import (
    Catalogue,
    Committee,
    Grant,
    Membership,
    MembershipApplication,
    Office,
    Organisation,
    Person,
    PersonMerge,
)
from certificates.credentials import services as credentials
from competitions.contests.models import Event
from competitions.draw.models import Work
from competitions.judges.models import Panel, Seat
from competitions.registration import services as registration
from competitions.registration.models import (
    Entry,
    EntryCard,
    EntryImport,
    EntryObjection,
    Member,
    Substitution,
    Withdrawal,
)
from competitions.registration.services import entering
from competitions.results.models import Publication
from competitions.scoring.models import Sheet, SubCriterion
from competitions.scoring.projections import renew_totals
from competitions.venues.models import CheckIn, Programme, Session, Station, Venue
from competitions.venues.selectors.schedule import lines_of
from tests.factories import organisation, person
from tests.house.rows import certificate_claim, composed, planned
from tests.house.world import World
from tests.registration.world import id_number, team
from tests.selection.house import grow as grow_selection

MORE = range(1, 30)


def grow(world: World) -> None:
    """29 more entries, works, stations, sessions, panels, events, certificates, notes, roles and organisations."""
    event, shown = world.event, world.hall.round
    event.refresh_from_db(fields=["state"])  # scoring has opened since it was made
    organiser = world.insiders["organiser"]
    schools = [organisation(f"第{n}职业技术学院") for n in MORE]
    Event.objects.filter(pk=event.pk).update(state="registering")
    for school in schools:
        registration.adjust_quota(actor=organiser, of=event, school=school, code="hosted", evidence="承办通知")
    drafts = [team(school, serial=200 + 3 * n) for n, school in enumerate(schools)]
    entering.enter_many(actor=organiser, event=Event.objects.get(pk=event.pk), drafts=drafts)
    Event.objects.filter(pk=event.pk).update(state=event.state)
    _after_approval(event)
    _works(world)
    venue = Venue.objects.get(event=event)
    Station.objects.bulk_create(Station(venue=venue, code=f"B{n:02d}") for n in MORE)
    now = clock.now()
    Session.objects.bulk_create(
        Session(round=shown, venue=venue, name=f"场{n}", starts_at=now, ends_at=now + timedelta(hours=1)) for n in MORE
    )
    _people(world, schools)
    _group_affairs(event, schools)
    publication = Publication.objects.get(round=shown)
    credentials.record(actor=SYSTEM, claims=[certificate_claim(event, publication, n) for n in MORE])
    _events(event)
    for n in MORE:
        composed(event, schools[n - 1], n)
        planned(event, n)
    _places(event)
    grow_selection(world.uids, schools)
    _copies(Document.objects.get(uid=world.uids["document"]))
    _notices(world)
    kept = EntryImport.objects.get(uid=world.uids["import"])
    for n in MORE:
        kept.pk, kept.uid, kept.sha256 = None, uuid4(), f"{n:064d}"
        kept._state.adding = True
        kept.save()


def _copies(document: Document) -> None:
    for n in MORE:
        document.pk, document.uid, document.client_id = None, uuid4(), uuid4()
        document._state.adding, document.verdict, document.verified_at = True, "accepted", clock.now()
        document.ended_at = clock.now() if n % 3 else None
        document.save()


def _after_approval(event: Event) -> None:
    """Everybody waits for a verdict, has a card, asks for a replacement and is objected to."""
    now = clock.now()
    Entry.objects.filter(event=event).update(state="submitted", submitted_at=now)
    entries = list(Entry.objects.filter(event=event).prefetch_related("members"))
    firsts = [e.members.all()[0] for e in entries if not e.members.filter(cards__isnull=False).exists()]
    EntryCard.objects.bulk_create(EntryCard(member=m, token=f"B{n:019d}", issued_at=now) for n, m in enumerate(firsts))
    for member in firsts:
        asked = Substitution(entry=member.entry, leaving=member, asked_at=now)
        asked.put("arriving", '{"name": "甲", "id_number": ""}')
        asked.put("reason", "病")
        asked.save()
        going = Withdrawal(entry=member.entry, asked_at=now)
        going.put("reason", "病")
        going.save()
        objection = EntryObjection(event=event, entry=member.entry, received_at=now)
        objection.put("text", "学籍")
        objection.save()
    _checked_in(firsts)


def _checked_in(members: list[Member]) -> None:
    """Each of them let in by two desks."""
    session, now = Session.objects.filter(round__event=members[0].event_id).earliest("starts_at"), clock.now()
    for member in members:
        known = {"event": member.event, "session": session, "member": member, "method": "qr", "verdict": "admitted"}
        one = CheckIn.objects.create(**known, client_id=uuid4(), scanned_at=now, received_at=now)
        CheckIn.objects.create(**known, client_id=uuid4(), scanned_at=now, received_at=now, conflicts_with=one)


def _places(event: Event) -> None:
    """Every team has a place; the programme has a second version with all of it."""
    session = Session.objects.filter(round__event=event).order_by("pk")[0]
    teams = Entry.objects.filter(event=event, bookings=None).order_by("pk")[:25]
    for n, entry in enumerate(teams):
        station = Station.objects.create(venue=session.venue, code=f"C{n:02d}")
        session.bookings.create(round=session.round, entry=entry, held=station)
    Programme.objects.create(event=event, number=2, lines=lines_of(event), sha256="0" * 64, published_at=clock.now())


def _works(world: World) -> None:
    shown, panel = world.hall.round, world.hall.seats[0].panel
    works = Work.objects.bulk_create(Work(round=shown, panel=panel, code=f"W{n:02d}") for n in MORE)
    subs = list(SubCriterion.objects.filter(scheme__round=shown))
    Sheet.objects.bulk_create(
        Sheet(work=work, sub_criterion=sub, seat=seat) for work in works for sub in subs for seat in world.hall.seats
    )
    renew_totals(shown)


def _people(world: World, schools: list[Organisation]) -> None:
    panels = [Panel.objects.create(round=world.hall.round, name=f"组{n}") for n in MORE]
    for n, panel in zip(MORE, panels, strict=True):
        user = User.objects.create_user(f"more-{n}", "correct-horse-9")
        Seat.objects.create(panel=panel, number=1, user=user)
        Grant.objects.create(
            user=user, role="school_coordinator", scope_kind="organisation", scope_key=str(schools[n - 1].uid)
        )
        for actor in world.insiders.values():
            Note.objects.create(recipient_id=actor.user_id, kind="test")
    organiser = world.insiders["organiser"]
    Grant.objects.update_or_create(user_id=organiser.user_id, defaults={"granted_by_id": organiser.user_id})


def _group_affairs(event: Event, schools: list[Organisation]) -> None:
    group, today, now = event.leading_group, clock.today(), clock.now()
    own = Organisation.objects.get(pk=group.lead_school_id)
    _merges(world_person=Person.objects.get(pk=PersonMerge.objects.get().into_id))
    catalogue = Catalogue.objects.get()
    for n, school in zip(MORE, schools, strict=True):
        catalogue.items.create(code=f"5102{n:02d}", name=f"专业{n}", level=3, parent_code="5102", position=100 + n)
        Catalogue.objects.create(kind="majors", edition=f"{n}", title=f"目录{n}", imported_at=now)
        Membership.objects.create(group=group, organisation=school, joined_on=today)
        for unit, state in ((school, "submitted"), (own, "refused")):
            MembershipApplication.objects.create(
                group=group, organisation=unit, effective_on=today, state=state, submitted_at=now
            )
        committee = Committee.objects.create(group=group, class_code=f"51{n + 10}", name=f"专委会{n}")
        for held in (None, Committee.objects.order_by("pk")[0]):
            body = "committee" if held else "council"
            office = Office(group=group, body=body, committee=held, title="委员", begins_on=today, organisation=school)
            office.put("name", f"委员{committee.pk}")
            office.save()


def _notices(world: World) -> None:
    """More drafts and templates; who belongs to the audience grew with the entries."""
    for model, kind in ((Template, "template"), (Notice, "notice")):
        for _n in MORE:
            row = model.objects.get(uid=world.uids[kind])
            row.pk, row.uid = None, uuid4()
            setattr(row, "code" if kind == "template" else "client_id", uuid4())
            row._state.adding = True
            row.save()


def _merges(world_person: Person) -> None:
    asked_by = PersonMerge.objects.get().asked_by
    for n in MORE:
        twice = person(id_number(710 + n), f"旁人{n}")
        PersonMerge.objects.create(
            duplicate=twice, into=world_person, reason="x", asked_by=asked_by, asked_at=clock.now()
        )


def _events(event: Event) -> None:
    for n in MORE:
        Event.objects.create(
            edition=event.edition,
            code=f"GZ-2026-1{n:02d}",
            name=f"赛项{n}",
            leading_group=event.leading_group,
            rule_set=event.rule_set,
            state="draft" if n % 2 else "scoring",
        ).rounds.create()
