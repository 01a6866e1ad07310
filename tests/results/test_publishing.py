"""Two people sign a document of codes; only then it is decoded, frozen and rewarded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client

from backend.accounts.errors import WrongPassword
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, NotAllowed
from backend.notify.models import Note
from certificates.credentials.models import Credential
from competitions.contests.models import Event
from competitions.draw.models import Work
from competitions.draw.services import draw_round
from competitions.judges.models import Panel, Seat, Service
from competitions.registration.models import Entry, Member
from competitions.results import services
from competitions.results.errors import NotComplete, NotSigned, ReasonMissing, SecondPersonNeeded, StaleTally
from competitions.results.models import Publication, Signature, Tally
from competitions.results.selectors import tally_of
from competitions.scoring import services as scoring
from competitions.scoring.models import Aspect, Sheet
from competitions.scoring.services import MarkItem
from competitions.scoring.services.submitting import Word
from tests.factories import organisation, person, signed_in
from tests.judges.world import pool
from tests.scoring.world import RULES, SAMPLE, seated

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-9"


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield


@pytest.fixture
def done(make_event: Callable[..., Event], organiser: Actor) -> SimpleNamespace:
    """Two schools, one judge, every sheet submitted: the first work in code order has everything right."""
    event = make_event(state="registered", rules=RULES)
    for n, name in enumerate(["甲校", "乙校"]):
        entry = Entry.objects.create(event=event, school=organisation(name), state="submitted")
        member = Member(entry=entry, event=event, person=person(f"P{n}", f"选手{n}"), role="contestant")
        member.put("name", f"选手{n}")
        member.save()
    round = event.rounds.get()
    panel = Panel.objects.create(round=round, name="A")
    _, judge = seated(panel, 1, records=True)
    draw_round(actor=organiser, round=round)
    chief = signed_in("chief", "chief_judge", "event", event.code)
    supervisor = signed_in("supervisor", "supervisor", "event", event.code)
    scheme = scoring.import_scheme(actor=chief, round=round, content=SAMPLE.read_bytes(), file_name="s.xlsx")
    scoring.lock_scheme(actor=chief, scheme=scheme)
    scoring.open_scoring(actor=chief, round=round)
    return SimpleNamespace(event=event, round=round, judge=judge, chief=chief, supervisor=supervisor)


def score_all(done: SimpleNamespace) -> None:
    from uuid import uuid4

    best = Work.objects.filter(round=done.round).first()
    for sheet in Sheet.objects.select_related("work", "sub_criterion"):
        aspects = Aspect.objects.filter(sub_criterion=sheet.sub_criterion)
        items = [MarkItem(uuid4(), sheet.uid, a.uid, _value(a, sheet.work == best)) for a in aspects]
        scoring.record_marks(actor=done.judge, items=items)
        words = {a.uid: Word(True) for a in aspects}
        scoring.submit_sheet(actor=done.judge, sheet_uid=sheet.uid, words=words)


def _value(aspect: Aspect, best: bool) -> Any:
    return (aspect.max if aspect.kind == "M" else Decimal(3)) if best else Decimal(0)


def signed(done: SimpleNamespace, organiser: Actor) -> Any:
    score_all(done)
    tally = services.make_tally(actor=done.chief, round=done.round)
    for actor in (done.chief, done.supervisor):
        services.sign_tally(actor=actor, tally=tally, password=PASSWORD, sha256=tally.results_sha256)
    return tally


def test_open_sheets_stop_the_tally(done: SimpleNamespace) -> None:
    with pytest.raises(NotComplete) as refused:
        services.make_tally(actor=done.chief, round=done.round)

    assert len(refused.value.problems) == 2


@pytest.mark.postgres
def test_signed_results_are_published_decoded_and_rewarded_once(done: SimpleNamespace, organiser: Actor) -> None:
    tally = signed(done, organiser)

    first = services.publish(actor=organiser, round=done.round)
    again = services.publish(actor=organiser, round=done.round)
    services.issue_certificates(publication_uid=str(first.uid))

    assert first == again
    assert [r["total"] for r in first.snapshot["rows"]] == ["100.00", "0.00"]
    assert {r["school"] for r in first.snapshot["rows"]} == {"甲校", "乙校"}
    assert "甲校" not in str(tally.document) + str(tally.results)
    assert Credential.objects.count() == 1
    done.event.refresh_from_db()
    assert done.event.state == "published"


def test_publishing_credits_the_judges_who_scored(done: SimpleNamespace, organiser: Actor) -> None:
    scorer, idle = pool(2)
    Seat.objects.filter(panel__round=done.round).update(judge=scorer)
    Seat.objects.create(panel=Panel.objects.get(), number=9, judge=idle)
    signed(done, organiser)
    before = Service.objects.count()

    services.publish(actor=organiser, round=done.round)

    found = [(s.judge, s.event, s.duty, s.year) for s in Service.objects.all()]
    assert (before, found) == (0, [(scorer, done.event, "judge", done.event.edition.year)])


def test_two_duties_need_two_people_and_the_right_password(done: SimpleNamespace, organiser: Actor) -> None:
    from backend.accounts.models import User
    from backend.people.models import Grant
    from backend.people.selectors import actor_for

    score_all(done)
    tally = services.make_tally(actor=done.chief, round=done.round)
    both = User.objects.get(uid=done.chief.user_uid)
    second = Grant.objects.create(user=both, role="supervisor", scope_kind="event", scope_key=done.event.code)
    sha256 = tally.results_sha256
    services.sign_tally(actor=done.chief, tally=tally, password=PASSWORD, sha256=sha256)

    with pytest.raises(SecondPersonNeeded):
        as_supervisor = actor_for(both, grant_uid=str(second.uid))
        services.sign_tally(actor=as_supervisor, tally=tally, password=PASSWORD, sha256=sha256)
    with pytest.raises(WrongPassword):
        services.sign_tally(actor=done.supervisor, tally=tally, password="wrong", sha256=sha256)
    with pytest.raises(NotSigned):
        services.publish(actor=organiser, round=done.round)


def test_strangers_neither_sign_nor_publish(done: SimpleNamespace, organiser: Actor, other_organiser: Actor) -> None:
    tally = signed(done, organiser)
    elsewhere = signed_in("chief-2", "chief_judge", "event", "GZ-OTHER")

    for actor in (elsewhere, organiser):
        with pytest.raises(NotAllowed):
            services.sign_tally(actor=actor, tally=tally, password=PASSWORD, sha256=tally.results_sha256)
    with pytest.raises(NotAllowed):
        services.publish(actor=other_organiser, round=done.round)


def test_a_changed_document_is_not_signed(done: SimpleNamespace) -> None:
    score_all(done)
    tally = services.make_tally(actor=done.chief, round=done.round)
    services.make_tally(actor=done.chief, round=done.round)

    with pytest.raises(StaleTally):
        services.sign_tally(actor=done.chief, tally=tally, password=PASSWORD, sha256=tally.results_sha256)


def test_a_publication_is_frozen_in_the_database(done: SimpleNamespace, organiser: Actor) -> None:
    signed(done, organiser)
    services.publish(actor=organiser, round=done.round)

    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.update(reason="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Signature.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Tally.objects.update(results={})


def test_nothing_is_tallied_before_scoring(make_event: Callable[..., Event], organiser: Actor) -> None:
    event = make_event(state="registered", rules=RULES)

    with pytest.raises(IllegalMove):
        services.make_tally(actor=organiser, round=event.rounds.get())


@pytest.mark.postgres
def test_a_correction_is_the_next_number_with_its_reason_and_ends_lost_certificates(
    done: SimpleNamespace, organiser: Actor
) -> None:
    signed(done, organiser)
    services.publish(actor=organiser, round=done.round)
    services.issue_certificates(publication_uid=str(Publication.objects.get().uid))
    best = Work.objects.filter(round=done.round).first()
    reason = {"status": "disqualified", "reason": "申诉成立"}
    tally = services.prepare_correction(actor=organiser, work=best, **reason)

    with pytest.raises(NotSigned):
        services.publish(actor=organiser, round=done.round, reason="申诉成立")
    for actor in (done.chief, done.supervisor):
        services.sign_tally(actor=actor, tally=tally, password=PASSWORD, sha256=tally.results_sha256)
    with pytest.raises(ReasonMissing):
        services.publish(actor=organiser, round=done.round)
    second = services.publish(actor=organiser, round=done.round, reason="申诉成立")
    services.issue_certificates(publication_uid=str(second.uid))
    services.issue_certificates(publication_uid=str(Publication.objects.get(number=1).uid))

    assert second.number == 2
    assert [c.state for c in Credential.objects.all()] == ["revoked"]  # one of one is below a tenth: no award is left


def test_a_name_the_font_cannot_print_is_held_back_and_told(done: SimpleNamespace, organiser: Actor) -> None:
    for member in Member.objects.all():
        member.put("name", "张𠮷")
        member.save(update_fields=["name_sealed"])
    signed(done, organiser)

    publication = services.publish(actor=organiser, round=done.round)
    made = services.issue_certificates(publication_uid=str(publication.uid))

    assert made == []
    note = Note.objects.filter(kind="certificates.held").last()
    assert note is not None
    assert note.params == {"event": "网站技术", "n": 1, "characters": "U+20BB7"}


def test_the_coordinators_of_entering_schools_are_told(done: SimpleNamespace, organiser: Actor) -> None:
    school = Entry.objects.filter(event=done.event).first().school
    signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))
    signed_in("elsewhere", "school_coordinator", "organisation", str(organisation("丙校").uid))
    signed(done, organiser)

    services.publish(actor=organiser, round=done.round)

    told = Note.objects.filter(kind="results.published").values_list("recipient__account_name", flat=True)
    assert list(told) == ["coordinator"]


def test_the_public_list_names_winners_only_and_schools_see_their_own(
    done: SimpleNamespace, organiser: Actor, client: Client
) -> None:
    signed(done, organiser)
    snapshot = services.publish(actor=organiser, round=done.round).snapshot["rows"]
    address = f"/events/{done.event.code}/results/"
    winner, loser = snapshot[0]["school"], snapshot[1]["school"]
    entry = Entry.objects.get(event=done.event, school__name=loser)
    signed_in("coordinator", "school_coordinator", "organisation", str(entry.school.uid))

    public = client.get(address).content.decode()
    listed = client.get(f"/api/v1/events/{done.event.code}/results").json()["rows"]
    client.post("/sign-in/", {"name": "coordinator", "password": PASSWORD})
    own = client.get(address)

    assert (winner in public, loser in public, "100.00" in public) == (True, False, False)
    assert [sorted(row) for row in listed] == [
        ["award", "award_name", "contestants", "instructors", "rank", "school", "team"]
    ]
    assert [row["school"] for row in own.context["own"]] == [loser]


def test_the_pages_walk_through(done: SimpleNamespace, organiser: Actor, client: Client) -> None:
    code = done.event.code
    before = client.get(f"/events/{code}/results/")
    signed(done, organiser)
    hidden = client.get(f"/events/{code}/sign-off/")
    client.post("/sign-in/", {"name": "organiser", "password": PASSWORD})
    shown = client.get(f"/events/{code}/sign-off/")
    client.post(f"/events/{code}/sign-off/", {"verb": "publish"})

    assert (before.status_code, hidden.status_code, shown.status_code) == (200, 404, 200)
    assert "甲校" not in shown.content.decode()
    assert "甲校" in client.get(f"/events/{code}/results/").content.decode()  # who watches over scoring sees all
    assert client.get(f"/api/v1/events/{code}/results").json()["number"] == 1
    assert client.get(f"/events/{code}/results/?format=xlsx").status_code == 200
    assert tally_of(organiser, done.event) is not None
