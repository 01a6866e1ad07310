"""Handing in, replacing, judging and using again: by the owner, a colleague and a stranger."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from backend.audit.models import AuditEntry
from backend.core import clock
from backend.core.actor import PUBLIC, Actor
from backend.core.errors import NotAllowed, NotFound
from backend.core.refs import Ref
from backend.documents import services
from backend.documents.errors import (
    ClientIdTaken,
    ContentDropped,
    DocumentEnded,
    FileRefused,
    NotReusable,
    ReasonMissing,
)
from backend.documents.models import Content, Document
from backend.documents.selectors import accepted_for, present_for, refused_of, reusable
from backend.notify.models import Note
from backend.people.models import Organisation, Person
from tests.documents.files import pdf, picture

pytestmark = pytest.mark.django_db
ONE, OTHER = pdf(b"/A 1"), pdf(b"/A 2")


def holder(school: Organisation) -> Ref:
    return Ref("test_school", str(school.uid))


def hand_in(
    actor: Actor, school: Organisation, content: bytes = ONE, kind: str = "test.form", client_id: UUID | None = None
) -> Document:
    return services.attach(
        actor=actor,
        kind=kind,
        holder=holder(school),
        content=content,
        file_name="王小明的表.pdf",
        client_id=client_id or uuid4(),
    )


def test_the_owner_and_a_colleague_read_what_was_handed_in(
    owner: Actor, colleague: Actor, school: Organisation
) -> None:
    document = hand_in(owner, school)

    assert services.content_of(actor=owner, document=document) == ONE
    assert services.content_of(actor=colleague, document=document) == ONE


def test_a_stranger_learns_nothing_of_it(owner: Actor, stranger: Actor, school: Organisation) -> None:
    document = hand_in(owner, school)

    for actor in (stranger, PUBLIC):
        for refused in (
            lambda: services.content_of(actor=actor, document=document),  # noqa: B023
            lambda: services.remove(actor=actor, document=document),  # noqa: B023
            lambda: services.accept(actor=actor, document=document),  # noqa: B023
            lambda: hand_in(actor, school),  # noqa: B023
        ):
            with pytest.raises(NotFound):
                refused()


def test_who_may_only_see_the_holder_hands_nothing_in(secretary: Actor, school: Organisation) -> None:
    with pytest.raises(NotAllowed):
        hand_in(secretary, school)


def test_bytes_on_the_disk_are_encrypted_and_named_for_nothing(
    owner: Actor, school: Organisation, tmp_path: Path
) -> None:
    document = hand_in(owner, school)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]

    assert len(files) == 1
    assert b"Catalog" not in files[0].read_bytes()
    assert document.sha256 not in str(files[0])


def test_the_same_upload_sent_twice_is_one_document(owner: Actor, school: Organisation) -> None:
    client_id = uuid4()

    first, again = (hand_in(owner, school, client_id=client_id) for _ in range(2))

    assert first.pk == again.pk
    assert Document.objects.count() == 1


def test_another_file_under_the_same_client_id_is_refused(
    owner: Actor, colleague: Actor, stranger: Actor, school: Organisation
) -> None:
    client_id = uuid4()
    hand_in(owner, school, client_id=client_id)

    with pytest.raises(ClientIdTaken):
        hand_in(owner, school, OTHER, client_id=client_id)
    with pytest.raises(ClientIdTaken):
        hand_in(owner, school, kind="test.pictures", client_id=client_id)


def test_the_same_bytes_are_kept_once(owner: Actor, school: Organisation) -> None:
    hand_in(owner, school)
    hand_in(owner, school, kind="test.pictures")

    assert Content.objects.count() == 1
    assert Document.objects.present().count() == 2


def test_a_single_document_takes_the_place_of_the_one_before(owner: Actor, school: Organisation) -> None:
    first = hand_in(owner, school)

    second = hand_in(owner, school, OTHER)

    first.refresh_from_db()
    assert second.replaces == first
    assert first.ended_at is not None
    assert [d.pk for d in Document.objects.present()] == [second.pk]


def test_of_several_documents_each_stays_until_it_is_replaced_itself(owner: Actor, school: Organisation) -> None:
    first, second = hand_in(owner, school, ONE, "test.pictures"), hand_in(owner, school, OTHER, "test.pictures")

    better = services.replace(actor=owner, document=first, content=picture(), file_name="better.png", client_id=uuid4())

    assert {d.pk for d in Document.objects.present()} == {second.pk, better.pk}
    with pytest.raises(DocumentEnded):
        services.replace(actor=owner, document=first, content=ONE, file_name="x.pdf", client_id=uuid4())


def test_a_wrong_file_names_what_it_is_and_keeps_nothing(owner: Actor, school: Organisation, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        hand_in(owner, school, picture("PNG"))

    assert refused.value.problems == {
        "file": ["文件名是 .pdf，但内容是 PNG。要求的格式：PDF, PNG，文件名也要与内容一致。"]
    }
    assert Document.objects.count() == Content.objects.count() == 0
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_accepting_counts_until_the_day_it_runs_out(owner: Actor, secretary: Actor, school: Organisation) -> None:
    document = hand_in(owner, school)
    assert present_for(holder(school), ["test.form"]) == {"test.form"}
    assert accepted_for(holder(school), ["test.form"]) == set()

    services.accept(actor=secretary, document=document, expires_on=clock.today())

    assert accepted_for(holder(school), ["test.form"]) == {"test.form"}
    Document.objects.update(expires_on=clock.today() - timedelta(days=1))
    assert accepted_for(holder(school), ["test.form"]) == set()


def test_refusing_needs_a_reason_and_tells_the_sender(owner: Actor, secretary: Actor, school: Organisation) -> None:
    document = hand_in(owner, school)
    with pytest.raises(ReasonMissing):
        services.refuse(actor=secretary, document=document, reason=" ")

    services.refuse(actor=secretary, document=document, reason="印章看不清")

    assert refused_of(owner) == 1
    assert [(n.recipient_id, n.kind) for n in Note.objects.all()] == [(owner.user_id, "document.refused")]
    assert present_for(holder(school), ["test.form"]) == set()


def test_nobody_judges_what_the_own_scope_handed_in(owner: Actor, colleague: Actor, school: Organisation) -> None:
    document = hand_in(owner, school)

    for actor in (owner, colleague):
        with pytest.raises(NotAllowed):
            services.accept(actor=actor, document=document)


def test_what_was_replaced_is_judged_no_more(owner: Actor, secretary: Actor, school: Organisation) -> None:
    first = hand_in(owner, school)
    hand_in(owner, school, OTHER)

    with pytest.raises(DocumentEnded):
        services.accept(actor=secretary, document=first)


def test_an_accepted_document_is_used_again_with_its_verdict(
    owner: Actor, stranger: Actor, secretary: Actor, school: Organisation
) -> None:
    document, about = hand_in(owner, school), Person.objects.get()
    services.accept(actor=secretary, document=document)

    assert [d.pk for d in reusable(owner, about, "test.other_form")] == [document.pk]
    assert not reusable(stranger, about).exists()
    again = services.reuse(
        actor=owner, document=document, kind="test.other_form", holder=holder(school), client_id=uuid4()
    )

    assert (again.verdict, again.reuses, again.content_id) == ("accepted", document, document.content_id)


def test_only_what_was_accepted_for_the_same_purpose_is_used_again(
    owner: Actor, secretary: Actor, school: Organisation
) -> None:
    document = hand_in(owner, school)
    with pytest.raises(NotReusable):
        services.reuse(actor=owner, document=document, kind="test.other_form", holder=holder(school), client_id=uuid4())
    services.accept(actor=secretary, document=document)

    with pytest.raises(NotReusable):
        services.reuse(actor=owner, document=document, kind="test.pictures", holder=holder(school), client_id=uuid4())


def test_bytes_go_when_their_time_is_over_and_no_other_row_needs_them(owner: Actor, school: Organisation) -> None:
    form = hand_in(owner, school)
    shown = hand_in(owner, school, kind="test.pictures")
    Document.objects.filter(pk=form.pk).update(keep_until=clock.today() - timedelta(days=1))

    assert services.purge() == 1

    with pytest.raises(ContentDropped):
        services.content_of(actor=owner, document=form)
    assert services.content_of(actor=owner, document=shown) == ONE


def test_the_last_row_takes_the_file_with_it(
    owner: Actor, school: Organisation, tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    hand_in(owner, school)
    Document.objects.update(keep_until=clock.today() - timedelta(days=1))

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert services.purge() == 1
        assert services.purge() == 0

    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_audit_tells_every_step_without_the_files_name(
    owner: Actor, secretary: Actor, school: Organisation
) -> None:
    document = hand_in(owner, school)
    services.accept(actor=secretary, document=document)
    services.remove(actor=owner, document=document)

    entries = AuditEntry.objects.filter(subject_key=str(document.uid)).order_by("pk")

    assert [e.action for e in entries] == ["document.attach", "document.accept", "document.remove"]
    assert "王小明" not in str([(e.subject_label, e.details) for e in entries])


@pytest.mark.postgres
def test_the_database_refuses_two_present_documents_and_a_refusal_without_reason(
    owner: Actor, school: Organisation
) -> None:
    document = hand_in(owner, school)
    copy = Document.objects.get(pk=document.pk)
    copy.pk, copy.uid, copy.client_id = None, uuid4(), uuid4()

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.update(verdict="refused", verified_at=clock.now())
