"""Schools as holders of two kinds of document, as a room above would register them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.core.cache import cache

from backend.core.actor import Actor
from backend.documents.enums import MediaType
from backend.documents.models import HOLDERS, KINDS, DocumentKind, HolderKind, document_kind, holder_kind
from backend.documents.rulebook import Asked
from backend.people.models import Group, Organisation, Person
from tests.factories import organisation, person, signed_in


@pytest.fixture(autouse=True)
def _kinds(settings: object, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    cache.clear()
    files = Asked(media_types=(MediaType.PDF, MediaType.PNG), max_bytes=200_000)
    document_kind(DocumentKind("test.form", "盖章表", files, keep_days=30, purpose="form"))
    document_kind(DocumentKind("test.other_form", "另一表", files, purpose="form"))
    document_kind(DocumentKind("test.pictures", "场地照片", files, several=True))
    holder_kind(
        HolderKind(
            "test_school",
            seen=lambda actor: Organisation.objects.visible_to(actor),
            may_attach=lambda actor, uid: actor.holds("school_coordinator", "organisation", str(uid)),
            may_verify=lambda actor, uid: actor.role == "group_secretary",
            person_of=lambda uid: Person.objects.first(),
        )
    )
    yield
    for key in ("test.form", "test.other_form", "test.pictures"):
        del KINDS[key]
    del HOLDERS["test_school"]


@pytest.fixture
def school(group: Group) -> Organisation:
    person("41000019900101001X", "某某")
    return Organisation.objects.get(pk=group.lead_school_id)


def coordinator(account: str, uid: UUID) -> Actor:
    return signed_in(account, "school_coordinator", "organisation", str(uid))


@pytest.fixture
def owner(school: Organisation) -> Actor:
    return coordinator("owner", school.uid)


@pytest.fixture
def colleague(school: Organisation) -> Actor:
    return coordinator("colleague", school.uid)


@pytest.fixture
def stranger() -> Actor:
    return coordinator("stranger", organisation("开封大学").uid)


@pytest.fixture
def secretary(group: Group) -> Actor:
    return signed_in("secretary", "group_secretary", "group", group.code)
