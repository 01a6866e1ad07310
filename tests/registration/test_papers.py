"""Documents that an event asks of its contestants: missing, too small, taken again, printed on the card."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import uuid4

import pypdfium2
import pytest
from PIL import Image

from backend.core.actor import Actor
from backend.core.errors import NotAllowed
from backend.documents import services as documents
from backend.documents.errors import FileRefused
from backend.documents.models import Document
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.errors import PapersMissing
from competitions.registration.models import Entry, Member
from tests.factories import browser, organisation, signed_in
from tests.registration.world import RULES, team


@pytest.fixture
def event(make_event: Callable[..., Event], organiser: Actor) -> Event:
    made = make_event(rules=RULES)
    ask(organiser, made)
    return made


def ask(organiser: Actor, event: Event) -> None:
    services.set_review_plan(
        actor=organiser, event=event, steps=["organiser"], reviewed_fields=["name"], papers=["entry.photo"]
    )


def photo(width: int = 400, height: int = 560, colour: str = "#aa3311") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def people(entry: Entry) -> list[Member]:
    return list(entry.members.filter(role="contestant", ended_at=None).order_by("position"))


def hand_in(actor: Actor, member: Member, content: bytes) -> Document:
    return documents.attach(
        actor=actor, kind="entry.photo", holder=member.ref, content=content, file_name="a.jpg", client_id=uuid4()
    )


def test_nothing_is_handed_in_while_a_reviewer_looks_at_it(entry: Entry, coordinator: Actor, organiser: Actor) -> None:
    for member in people(entry):
        hand_in(coordinator, member, photo())
    services.submit_entry(actor=coordinator, entry=entry)

    with pytest.raises(NotAllowed):
        hand_in(coordinator, people(entry)[0], photo(colour="#113355"))
    services.return_entry(actor=organiser, entry=entry, reason="照片过旧", remarks=[])
    assert hand_in(coordinator, people(entry)[0], photo(colour="#113355")).replaces is not None


def test_a_team_without_its_photos_is_not_submitted(entry: Entry, coordinator: Actor, event: Event) -> None:
    first, second, third = people(entry)
    for member in (first, second):
        hand_in(coordinator, member, photo())

    with pytest.raises(PapersMissing):
        services.submit_entry(actor=coordinator, entry=entry)
    assert services.submit_complete(actor=coordinator, event=event) == 0
    hand_in(coordinator, third, photo())

    assert services.submit_entry(actor=coordinator, entry=entry).state == "submitted"


def test_a_photo_too_small_is_refused_and_nothing_is_kept(entry: Entry, coordinator: Actor) -> None:
    with pytest.raises(FileRefused):
        hand_in(coordinator, people(entry)[0], photo(120, 160))

    assert Document.objects.count() == 0


def test_a_refused_photo_is_as_good_as_none(entry: Entry, coordinator: Actor, organiser: Actor) -> None:
    handed = [hand_in(coordinator, member, photo()) for member in people(entry)]
    documents.refuse(actor=organiser, document=handed[0], reason="不是证件照")

    with pytest.raises(PapersMissing):
        services.submit_entry(actor=coordinator, entry=entry)


def test_an_accepted_photo_serves_the_next_event_too(
    entry: Entry, coordinator: Actor, organiser: Actor, school: Organisation, make_event: Callable[..., Event]
) -> None:
    handed = hand_in(coordinator, people(entry)[0], photo())
    documents.accept(actor=organiser, document=handed)
    other = make_event("GZ-2026-050", rules=RULES)
    ask(organiser, other)
    again = services.enter_many(actor=coordinator, event=other, drafts=[team(school, 100, 0)])[0]
    member = people(again)[0]

    used = documents.reuse(actor=coordinator, document=handed, kind="entry.photo", holder=member.ref, client_id=uuid4())

    assert (used.verdict, used.sha256) == ("accepted", handed.sha256)


def test_only_the_school_hands_in_and_only_reviewers_judge(
    entry: Entry, coordinator: Actor, organiser: Actor, event: Event
) -> None:
    stranger = signed_in("stranger", "school_coordinator", "organisation", str(organisation("别的学院").uid))
    member = people(entry)[0]
    handed = hand_in(coordinator, member, photo())

    with pytest.raises(NotAllowed):
        hand_in(organiser, member, photo())
    with pytest.raises(NotAllowed):
        documents.accept(actor=coordinator, document=handed)
    assert browser(stranger).get(f"/entries/{entry.uid}/papers/").status_code == 404
    assert browser(stranger).get(f"/documents/{handed.uid}/").status_code == 404
    page = browser(coordinator).get(f"/entries/{entry.uid}/papers/").content.decode()
    assert page.count("document-slot") >= 3


def test_the_photo_is_on_the_card(entry: Entry, coordinator: Actor, organiser: Actor, event: Event) -> None:
    for member in people(entry):
        hand_in(coordinator, member, photo())
    services.submit_entry(actor=coordinator, entry=entry)
    services.approve_entries(actor=organiser, entries=[entry])
    services.issue_cards(actor=organiser, event=event)

    answer = browser(organiser).get(f"/events/{event.code}/cards/print/")

    page = pypdfium2.PdfDocument(answer.content)[0].render(scale=1).to_pil().convert("RGB")
    red = sum(1 for r, g, b in page.getdata() if r > 150 and g < 80 and b < 50)
    assert red > 3 * 58 * 78  # three photos of 21 x 28 mm at 72 dpi


def test_the_schools_list_says_whose_each_document_is(entry: Entry, coordinator: Actor, event: Event) -> None:
    for member in people(entry)[:2]:
        hand_in(coordinator, member, photo())

    listed = browser(coordinator).get("/documents/").context["rows"]

    names = [member.reveal("name") for member in reversed(people(entry)[:2])]
    assert [row["of"] for row in listed] == [f"{name} · {event.code} 第 1 队" for name in names]


def test_a_reviewer_sees_how_many_documents_nobody_has_judged(
    entry: Entry, coordinator: Actor, organiser: Actor
) -> None:
    sent = [hand_in(coordinator, member, photo()) for member in people(entry)]
    services.submit_entry(actor=coordinator, entry=entry)
    page = f"/entries/{entry.uid}/review/"

    before = browser(organiser).get(page).content.decode()
    documents.accept_many(actor=organiser, documents=[document.uid for document in sent[:2]])
    between = browser(organiser).get(page).content.decode()
    documents.refuse(actor=organiser, document=sent[2], reason="过旧")

    assert "3 份待审核" in before
    assert "1 份待审核" in between
    assert "份待审核" not in browser(organiser).get(page).content.decode()
