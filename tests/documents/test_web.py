"""The pages of documents: handing in with and without htmx, fetching, judging."""

from __future__ import annotations

import io
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backend.core.actor import Actor
from backend.core.refs import Ref
from backend.documents import services
from backend.documents.models import Document
from backend.people.models import Organisation
from tests.documents.files import pdf, picture
from tests.factories import browser

pytestmark = pytest.mark.django_db


def place(school: Organisation, kind: str = "test.form") -> str:
    return f"/documents/of/test_school/{school.uid}/{kind}/"


def sent(content: bytes, name: str = "a.pdf") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content, "text/plain"), "client_id": str(uuid4())}


def document_of(actor: Actor, school: Organisation) -> Document:
    return services.attach(
        actor=actor,
        kind="test.form",
        holder=Ref("test_school", str(school.uid)),
        content=pdf(),
        file_name="a.pdf",
        client_id=uuid4(),
    )


def test_a_file_is_handed_in_and_fetched_again(owner: Actor, school: Organisation) -> None:
    client = browser(owner)

    answer = client.post(place(school), {**sent(pdf()), "next": "/documents/"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/documents/")
    found = client.get(f"/documents/{Document.objects.get().uid}/")
    assert found.content == pdf()
    assert found.headers["Content-Type"] == "application/pdf"
    assert found.headers["Content-Disposition"].startswith("attachment")
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in found.headers["Cache-Control"]


def test_the_way_back_leads_to_no_other_site(owner: Actor, school: Organisation) -> None:
    answer = browser(owner).post(place(school), {**sent(pdf()), "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == place(school)


def test_htmx_gets_the_place_anew(owner: Actor, school: Organisation) -> None:
    answer = browser(owner).post(place(school), sent(pdf()), headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "待审核" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_wrong_file_is_answered_with_what_it_is(owner: Actor, school: Organisation) -> None:
    answer = browser(owner).post(place(school), sent(picture(), "表.pdf"), headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "文件名是 .pdf，但内容是 PNG" in answer.content.decode()


def test_a_form_without_a_file_or_id_is_refused_not_broken(owner: Actor, school: Organisation) -> None:
    assert browser(owner).post(place(school), {}).status_code == 422
    assert browser(owner).get("/documents/of/nothing/" + str(school.uid) + "/test.form/").status_code == 404
    assert browser(owner).get(place(school, "nothing")).status_code == 404


def test_a_stranger_finds_no_place_and_no_file(owner: Actor, stranger: Actor, school: Organisation) -> None:
    document = document_of(owner, school)
    client = browser(stranger)

    assert client.get(place(school)).status_code == 404
    assert client.get(f"/documents/{document.uid}/").status_code == 404
    for verb in ("replace", "remove", "verdict"):
        assert client.post(f"/documents/{document.uid}/{verb}/", {"verdict": "accept"}).status_code == 404


def test_the_secretary_judges_on_the_place_and_the_school_reads_why(
    owner: Actor, secretary: Actor, school: Organisation
) -> None:
    document = document_of(owner, school)
    judging = browser(secretary)

    assert judging.post(f"/documents/{document.uid}/verdict/", {"verdict": "refuse"}).status_code == 422
    judging.post(f"/documents/{document.uid}/verdict/", {"verdict": "refuse", "reason": "印章看不清"})

    assert "印章看不清" in browser(owner).get("/documents/?verdict=refused").content.decode()
    assert "待替换的未通过材料" in browser(owner).get("/").content.decode()


def test_the_list_is_a_workbook_too(owner: Actor, school: Organisation) -> None:
    document_of(owner, school)

    book = openpyxl.load_workbook(io.BytesIO(browser(owner).get("/documents/?format=xlsx").content))

    assert [row[0].value for row in book.active.iter_rows()][-1] == "盖章表"  # type: ignore[union-attr]


def test_an_empty_list_says_how_to_begin(owner: Actor) -> None:
    assert "材料在所属事项的页面上提交" in browser(owner).get("/documents/").content.decode()
