"""Pictures are seen where they are judged, and what was looked through passes in one step."""

from __future__ import annotations

import io
from uuid import UUID, uuid4

import pytest
from PIL import Image

from backend.audit.models import AuditEntry
from backend.core.actor import Actor
from backend.core.errors import NotAllowed, NotFound
from backend.core.refs import Ref
from backend.documents import services
from backend.documents.models import Document
from backend.documents.rulebook import smaller
from backend.people.models import Organisation
from tests.documents.files import pdf, picture
from tests.factories import browser

pytestmark = pytest.mark.django_db


def hand_in(actor: Actor, school: Organisation, content: bytes, kind: str = "test.pictures") -> Document:
    holder = Ref("test_school", str(school.uid))
    return services.attach(actor=actor, kind=kind, holder=holder, content=content, file_name="", client_id=uuid4())


@pytest.fixture
def waiting(owner: Actor, school: Organisation) -> list[Document]:
    return [hand_in(owner, school, picture(size=(600, 800 + n))) for n in range(3)]


def uids(documents: list[Document]) -> list[UUID]:
    return [document.uid for document in documents]


def verdicts() -> list[str]:
    return list(Document.objects.order_by("pk").values_list("verdict", flat=True))


def size_of(content: bytes) -> tuple[str | None, tuple[int, int]]:
    with Image.open(io.BytesIO(content)) as shown:
        return shown.format, shown.size


@pytest.mark.parametrize(
    ("content", "most", "becomes"),
    [
        (picture("PNG", (600, 800)), (320, 320), (240, 320)),
        (picture("JPEG", (4000, 3000)), (320, 320), (320, 240)),
        (picture("PNG", (30, 40)), (320, 320), (30, 40)),
    ],
)
def test_a_smaller_picture_keeps_its_shape(content: bytes, most: tuple[int, int], becomes: tuple[int, int]) -> None:
    assert size_of(smaller(content, most)) == ("JPEG", becomes)


def test_a_jpeg_that_fits_is_not_packed_again() -> None:
    content = picture("JPEG", (200, 300))

    assert smaller(content, (320, 320)) == content


def test_what_is_transparent_is_shown_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(out, "PNG")

    with Image.open(io.BytesIO(smaller(out.getvalue(), (100, 100)))) as shown:
        assert shown.getpixel((50, 50)) == (255, 255, 255)


def test_a_picture_is_seen_small_and_large(secretary: Actor, waiting: list[Document]) -> None:
    client, address = browser(secretary), f"/documents/{waiting[0].uid}/preview/"

    small, large = client.get(address), client.get(address + "?large=1")

    assert (size_of(small.content), size_of(large.content)) == (("JPEG", (240, 320)), ("JPEG", (600, 800)))
    assert small.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in small.headers["Cache-Control"]
    assert "sandbox" in small.headers["Content-Security-Policy"]
    assert small.headers["X-Content-Type-Options"] == "nosniff"


def test_only_pictures_and_only_for_who_may_see_them(
    owner: Actor, stranger: Actor, school: Organisation, waiting: list[Document]
) -> None:
    paper = hand_in(owner, school, pdf(), "test.form")

    assert browser(owner).get(f"/documents/{paper.uid}/preview/").status_code == 404
    assert browser(stranger).get(f"/documents/{waiting[0].uid}/preview/").status_code == 404
    place = browser(owner).get(f"/documents/of/test_school/{school.uid}/test.pictures/").content.decode()
    assert place.count("document-preview") == 3
    assert (
        "document-preview"
        not in browser(owner).get(f"/documents/of/test_school/{school.uid}/test.form/").content.decode()
    )


def test_all_that_was_seen_passes_in_one_step(secretary: Actor, waiting: list[Document]) -> None:
    accepted, gone = services.accept_many(actor=secretary, documents=uids(waiting))

    assert (uids(accepted), gone) == (uids(waiting), 0)
    assert verdicts() == ["accepted"] * 3
    assert AuditEntry.objects.filter(action="document.accept").count() == 3


def test_what_changed_since_it_was_seen_is_passed_over(
    owner: Actor, secretary: Actor, school: Organisation, waiting: list[Document]
) -> None:
    services.refuse(actor=secretary, document=waiting[0], reason="看不清")
    services.replace(
        actor=owner, document=waiting[1], content=picture(size=(700, 700)), file_name="", client_id=uuid4()
    )

    answer = browser(secretary).post(
        "/documents/accept/", {"document": [str(uid) for uid in uids(waiting)]}, follow=True
    )

    assert verdicts() == ["refused", "none", "accepted", "none"]
    said = answer.content.decode()
    assert "1 份材料已通过" in said
    assert "1 份材料在您查看之后被替换或撤下" in said


@pytest.mark.parametrize("who", ["owner", "colleague"])
def test_nobody_lets_the_own_pass(who: str, request: pytest.FixtureRequest, waiting: list[Document]) -> None:
    with pytest.raises(NotAllowed):
        services.accept_many(actor=request.getfixturevalue(who), documents=uids(waiting))

    assert verdicts() == ["none"] * 3


def test_a_stranger_or_a_wrong_uid_decides_nothing(secretary: Actor, stranger: Actor, waiting: list[Document]) -> None:
    with pytest.raises(NotFound):
        services.accept_many(actor=stranger, documents=uids(waiting))
    with pytest.raises(NotFound):
        services.accept_many(actor=secretary, documents=[*uids(waiting), uuid4()])

    assert browser(secretary).post("/documents/accept/", {"document": "nonsense"}).status_code == 404
    assert verdicts() == ["none"] * 3
