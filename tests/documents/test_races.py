"""The same upload sent again while the first is still on its way, and two files for one place, on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from uuid import UUID, uuid4

import pytest

from backend.core.actor import Actor
from backend.core.refs import Ref
from backend.documents import services
from backend.documents.errors import DocumentEnded
from backend.documents.models import Content, Document
from backend.people.models import Organisation
from tests.documents.files import pdf
from tests.registration.test_races import race

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.postgres_only]


def sending(actor: Actor, school: Organisation, content: bytes, client_id: UUID) -> Document:
    return services.attach(
        actor=actor,
        kind="test.form",
        holder=Ref("test_school", str(school.uid)),
        content=content,
        file_name="a.pdf",
        client_id=client_id,
    )


def test_an_upload_sent_eight_times_at_once_is_one_document(owner: Actor, school: Organisation) -> None:
    client_id, content = uuid4(), pdf()

    outcome = race([lambda: sending(owner, school, content, client_id)] * 8)

    assert {getattr(found, "pk", found) for found in outcome} == {Document.objects.get().pk}
    assert Content.objects.count() == 1


def test_of_files_sent_for_one_place_at_once_exactly_one_is_present(owner: Actor, school: Organisation) -> None:
    files = [(pdf(b"/A %d" % n), uuid4()) for n in range(6)]

    outcome = race([lambda f=f: sending(owner, school, *f) for f in files])  # type: ignore[misc]

    told = Counter(type(found).__name__ if isinstance(found, Document) else found for found in outcome)
    assert set(told) <= {"Document", DocumentEnded}
    assert told["Document"] == Document.objects.count() >= 1
    assert Document.objects.present().count() == 1
