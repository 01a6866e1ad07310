"""Hosts named without a selection: by a document, with a reason, and changed the same way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import PUBLIC, SYSTEM, Actor
from backend.core.errors import Invalid, NotAllowed
from backend.core.refs import Ref
from backend.documents.errors import FileRefused
from backend.documents.models import Document
from backend.notify.models import Note
from backend.people.models import Group, Organisation
from backend.selection import services as selection
from competitions.contests import services
from competitions.contests.errors import HostBeingSelected, HostsAsBefore, HostsFixed
from competitions.contests.models import Commission, Event, Host
from competitions.contests.selectors import hosts_of
from competitions.contests.services import Scan
from tests.documents.files import pdf
from tests.factories import browser, organisation, signed_in
from tests.selection.world import coordinator_of, secretary_of

pytestmark = pytest.mark.django_db
Make = Callable[..., Event]
PAPER = "豫教职成〔2026〕15号 关于委托承办赛项的函"


@pytest.fixture
def school(db: None) -> Organisation:
    return organisation("甲学院")


def commission(actor: Actor, event: Event, *hosts: Organisation, **more: Any) -> Commission:
    given: dict[str, Any] = {"reason": "遴选无人申报", "document": PAPER, "client_id": uuid4()} | more
    return services.commission_hosts(actor=actor, event=event, organisations=list(hosts), **given)


def test_an_organiser_commissions_a_host_by_its_document(
    make_event: Make, organiser: Actor, school: Organisation
) -> None:
    event, coordinator = make_event(), coordinator_of(school, "told")

    made = commission(organiser, event, school, scan=Scan(pdf(), "函.pdf"))

    assert hosts_of(event) == [school]
    assert Host.objects.get().decided_in == str(made.ref)
    assert [d.kind for d in Document.objects.visible_to(organiser)] == ["hosting.decision"]
    assert Note.objects.filter(recipient_id=coordinator.user_id, kind="event.commissioned").count() == 1
    acts = AuditEntry.objects.filter(action__in=["event.commission", "event.name_hosts"]).order_by("pk")
    assert [entry.action for entry in acts] == ["event.name_hosts", "event.commission"]


def test_hosts_change_with_a_reason_and_the_former_ones_are_kept(
    make_event: Make, organiser: Actor, school: Organisation
) -> None:
    event, other = make_event(), organisation("乙学院")
    former, coming = coordinator_of(school, "former"), coordinator_of(other, "coming")
    commission(organiser, event, school)

    commission(organiser, event, other, reason="甲学院场地改造")

    assert hosts_of(event) == [other]
    assert Host.objects.exclude(ended_at=None).get().organisation == school
    told = {(note.recipient_id, note.kind) for note in Note.objects.exclude(recipient=organiser.user_id)}
    assert (former.user_id, "event.host_ended") in told and (coming.user_id, "event.commissioned") in told


def test_the_same_client_id_gives_the_same_commission(make_event: Make, organiser: Actor, school: Organisation) -> None:
    event, once = make_event(), UUID(int=7)

    made = [commission(organiser, event, school, client_id=once) for _tap in range(2)]

    assert made[0] == made[1]
    with pytest.raises(HostsAsBefore):
        commission(organiser, event, school)


def test_all_that_is_missing_is_said_at_once(make_event: Make, organiser: Actor, school: Organisation) -> None:
    event = make_event()

    with pytest.raises(Invalid) as nothing:
        commission(organiser, event, reason=" ", document="")
    with pytest.raises(Invalid) as twice:
        commission(organiser, event, school, school)

    assert (set(nothing.value.problems), set(twice.value.problems)) == ({"host", "reason", "document"}, {"others"})


def test_a_scan_that_is_no_document_leaves_nothing_behind(
    make_event: Make, organiser: Actor, school: Organisation
) -> None:
    event = make_event()

    with pytest.raises(FileRefused), transaction.atomic():
        commission(organiser, event, school, scan=Scan(b"MZ", "函.pdf"))

    assert (Commission.objects.count(), Host.objects.count()) == (0, 0)


@pytest.mark.parametrize("state", ["published", "cancelled"])
def test_after_publication_the_hosts_stay(make_event: Make, organiser: Actor, school: Organisation, state: str) -> None:
    with pytest.raises(HostsFixed):
        commission(organiser, make_event(state=state), school)


def test_a_running_selection_names_the_host_itself(
    make_event: Make, group: Group, organiser: Actor, school: Organisation
) -> None:
    event, secretary = make_event(state="draft"), secretary_of(group)
    closes = clock.now() + timedelta(days=9)
    call = selection.create_call(actor=secretary, group=group, item_kind="event", title="遴选", closes_at=closes)
    selection.set_offers(actor=secretary, call=call, keys=[event.code])
    commission(organiser, event, organisation("乙学院"))  # a draft of a call keeps nobody

    call = selection.announce(actor=secretary, call=call)

    with pytest.raises(HostBeingSelected) as refused:
        commission(organiser, event, school)
    assert refused.value.link == f"/calls/{call.uid}/"


def test_owner_colleague_and_stranger(
    make_event: Make, group: Group, organiser: Actor, other_organiser: Actor, school: Organisation
) -> None:
    event, other = make_event(), organisation("乙学院")
    colleague = signed_in("colleague", "organiser", "group", group.code)
    made = commission(organiser, event, school, scan=Scan(pdf(), "函.pdf"))
    paper = Document.objects.get()

    for stranger in (other_organiser, coordinator_of(school, "school"), PUBLIC):
        with pytest.raises(NotAllowed):
            commission(stranger, event, other)
        assert not Commission.objects.visible_to(stranger).exists()
    for stranger in (other_organiser, coordinator_of(other, "another")):
        assert browser(stranger).get(f"/events/{event.code}/hosts/").status_code == 403
        assert browser(stranger).get(f"/documents/{paper.uid}/").status_code == 404
    assert Commission.objects.visible_to(colleague).get() == made
    assert browser(colleague).get(f"/documents/{paper.uid}/").status_code == 200
    assert hosts_of(event) == [school]


def test_the_page_takes_a_former_name_and_proposes_for_a_wrong_one(
    make_event: Make, organiser: Actor, school: Organisation
) -> None:
    event, client, address = make_event(), browser(organiser), "/events/GZ-2026-046/hosts/"
    school.names.create(name="甲学校", name_key="甲学校")
    organisation("河南测试职业学院")
    empty = client.get(address)
    said = {"reason": "应急委托", "document": PAPER, "client_id": str(uuid4())}

    wrong = client.post(address, said | {"host": "河南测试职业学校", "others": "河南测试职院\n不存在"})
    done = client.post(address, said | {"host": "甲学校", "scan": SimpleUploadedFile("函.pdf", pdf())}, follow=True)

    assert "尚未确定承办单位" in empty.content.decode()
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"host", "others"}
    assert "河南测试职业学院" in wrong.content.decode()
    page = done.content.decode()
    assert PAPER in page and "应急委托" in page and "甲学院" in page
    assert hosts_of(event) == [school]


def test_the_database_keeps_a_commission_without_reason_out(make_event: Make) -> None:
    event = make_event()
    with pytest.raises(IntegrityError), transaction.atomic():
        event.commissions.create(reason="", document="x", made_at="2026-01-01T00:00Z", client_id=uuid4())


def test_the_page_costs_the_same_whatever_its_length(make_event: Make, organiser: Actor) -> None:
    event, client = make_event(), browser(organiser)
    for n in range(3):
        commission(organiser, event, organisation(f"第{n}学院"), scan=Scan(pdf(b"/N %d" % n), "函.pdf"))
    address = f"/events/{event.code}/hosts/"
    client.get(address)

    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for n in range(3, 13):
        commission(organiser, event, organisation(f"第{n}学院"), scan=Scan(pdf(b"/N %d" % n), "函.pdf"))
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few)


def test_a_selection_after_it_takes_over(make_event: Make, organiser: Actor, school: Organisation) -> None:
    event, other = make_event(), organisation("乙学院")
    commission(organiser, event, school)

    services.name_hosts(actor=SYSTEM, event=event, organisations=[other], decided_in=Ref("call", str(uuid4())))

    assert hosts_of(event) == [other]
    assert "遴选结果" in browser(organiser).get(f"/events/{event.code}/hosts/").content.decode()
