"""Catalogues come from their documents: workbook or CSV, every error at its cell, nothing invented."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook

from backend.accounts.models import User
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import NotAllowed
from backend.people import services
from backend.people.enums import CatalogueKind
from backend.people.errors import ClassUnknown, TextUnreadable
from backend.people.models import Catalogue, CatalogueItem, Group
from backend.people.rulebook import level_of, parent_of
from backend.people.selectors import catalogue_in_force, class_name
from backend.spreadsheets.errors import SheetRefused
from backend.spreadsheets.writer import OutColumn, write_xlsx
from tests.factories import signed_in

pytestmark = pytest.mark.django_db
MAJORS = "代码,名称\n51,电子与信息大类\n5102,计算机类\n510205,大数据技术\n"
INDUSTRIES = "代码,类别名称\nA,农、林、牧、渔业\n01,农业\n011,谷物种植\n0111,稻谷种植\n"


def taken(content: str | bytes, kind: str = "majors", **told: object) -> services.CatalogueTaken:
    raw = content.encode() if isinstance(content, str) else content
    fields = {"edition": "2021", "title": "目录", **told}
    return services.import_catalogue(actor=SYSTEM, content=raw, kind=kind, **fields)  # type: ignore[arg-type]


def test_a_refused_catalogue_comes_back_with_its_bad_cells_marked(group: Group) -> None:
    officer = signed_in("officer", "sys_admin", "system", "")
    client = Client()
    client.force_login(User.objects.get(pk=officer.user_id))
    told = {"kind": "majors", "edition": "2021", "title": "目录"}
    bad = MAJORS.replace("5102,", "51022,")

    refused = client.post("/catalogues/new/", told | {"file": SimpleUploadedFile("目录.csv", bad.encode("gb18030"))})
    book = load_workbook(io.BytesIO(client.get(f"/sheets/{refused.context['marked']}/").content))

    sheet = book.active
    assert sheet is not None and refused.status_code == 422
    assert [cell.coordinate for row in sheet.rows for cell in row if cell.comment] == ["A3", "A4"]
    assert not CatalogueItem.objects.exists()


@pytest.mark.parametrize(
    ("kind", "code", "level", "parent"),
    [
        (CatalogueKind.MAJORS, "51", 1, ""),
        (CatalogueKind.MAJORS, "5102", 2, "51"),
        (CatalogueKind.MAJORS, "510205", 3, "5102"),
        (CatalogueKind.MAJORS, "510", None, "5"),
        (CatalogueKind.MAJORS, "A", None, ""),
        (CatalogueKind.INDUSTRIES, "A", 1, ""),
        (CatalogueKind.INDUSTRIES, "01", 2, "A"),
        (CatalogueKind.INDUSTRIES, "011", 3, "01"),
        (CatalogueKind.INDUSTRIES, "0111", 4, "011"),
        (CatalogueKind.INDUSTRIES, "AA", None, "A"),
        (CatalogueKind.INDUSTRIES, "01111", None, "0111"),
    ],
)
def test_a_code_tells_its_level_and_the_class_above(
    kind: CatalogueKind, code: str, level: int | None, parent: str
) -> None:
    assert level_of(kind, code) == level
    if level is not None:
        assert parent_of(kind, code, letter="A") == parent


def test_a_csv_file_and_a_workbook_give_the_same_lines() -> None:
    book = write_xlsx(
        [OutColumn("代码"), OutColumn("名称")],
        [("51", "电子与信息大类"), ("5102", "计算机类"), ("510205", "大数据技术")],
        title="目录",
    )
    first, second = taken(MAJORS).catalogue, taken(book, edition="2022").catalogue
    assert first is not None and second is not None

    lines = [[(i.code, i.name, i.level, i.parent_code) for i in c.items.all()] for c in (first, second)]

    assert lines[0] == lines[1]
    assert lines[0][2] == ("510205", "大数据技术", 3, "5102")


def test_a_csv_in_the_encoding_of_chinese_spreadsheets_is_read() -> None:
    assert taken(MAJORS.encode("gb18030")).added == 3


def test_a_text_in_no_known_encoding_is_refused() -> None:
    with pytest.raises(TextUnreadable):
        taken("代码,名称\n".encode() + b"\x81\xff\xff\xff\n")


def test_a_section_of_industries_holds_the_divisions_below_it() -> None:
    found = taken(INDUSTRIES, "industries").catalogue

    assert found is not None
    assert [(i.code, i.level, i.parent_code) for i in found.items.all()] == [
        ("A", 1, ""),
        ("01", 2, "A"),
        ("011", 3, "01"),
        ("0111", 4, "011"),
    ]


def test_every_error_is_told_at_its_cell_and_nothing_is_taken() -> None:
    done = taken("代码,名称\n51,电子与信息大类\n5x,坏的\n5102,\n51,又一个\n6201,没有上级\n")

    assert [(e.cell, e.code) for e in done.errors] == [
        ("B4", "BLANK"),
        ("A3", "CODE_SHAPE"),
        ("A5", "CODE_TWICE"),
        ("A6", "PARENT_UNKNOWN"),
    ]
    assert Catalogue.objects.count() == 0


def test_a_supplement_adds_and_renames_and_removes_nothing() -> None:
    taken(MAJORS)

    done = taken("代码,名称\n510205,大数据技术与应用\n510299,新增专业\n5102,计算机类\n")

    assert (done.added, done.changed, done.unchanged) == (1, 1, 1)
    assert CatalogueItem.objects.count() == 4


def test_a_division_without_its_section_is_an_error_and_names_it() -> None:
    done = taken("代码,名称\n01,农业\n", "industries")

    assert [(e.cell, e.code) for e in done.errors] == [("A2", "PARENT_UNKNOWN")]


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\0\0\0", "名称\n农业\n".encode()])
def test_what_is_no_list_is_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(SheetRefused):
        taken(content)


def test_only_system_officers_take_a_catalogue_in(organiser: Actor, group: Group) -> None:
    secretary = signed_in("s", "group_secretary", "group", group.code)

    for actor in (organiser, secretary):
        with pytest.raises(NotAllowed):
            services.import_catalogue(actor=actor, content=MAJORS.encode(), kind="majors", edition="1", title="x")


def test_a_document_outranks_the_sample_and_a_newer_edition_an_older_one() -> None:
    services.load_sample_catalogue(actor=SYSTEM)
    before = catalogue_in_force("majors")
    taken(MAJORS, edition="2019")
    taken(MAJORS, edition="2021")

    found = catalogue_in_force("majors")

    assert before is not None and found is not None
    assert (before.sample, found.sample, found.edition) == (True, False, "2021")


def test_a_committee_is_for_a_class_that_the_document_knows(group: Group) -> None:
    secretary = signed_in("s", "group_secretary", "group", group.code)
    taken(MAJORS)

    with pytest.raises(ClassUnknown):
        services.found_committee(actor=secretary, group=group, class_code="5109", name="x")

    services.found_committee(actor=secretary, group=group, class_code="5102", name="x")
    assert class_name("5102") == "计算机类"


def browser(actor: Actor) -> Client:
    cache.clear()
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def posted(client: Client, content: str, **told: str) -> object:
    file = SimpleUploadedFile("目录.csv", content.encode())
    return client.post("/catalogues/new/", {"kind": "majors", "edition": "2021", "title": "目录", "file": file, **told})


def test_the_page_takes_a_file_in_and_shows_its_lines() -> None:
    client = browser(signed_in("officer", "sys_admin", "system", ""))
    posted(client, MAJORS)

    page = client.get(f"/catalogues/{Catalogue.objects.get().uid}/?q=大数据").content.decode()

    assert ("510205" in page, "5102</td>" in page) == (True, False)


def test_the_page_names_each_cell_to_mend() -> None:
    client = browser(signed_in("officer", "sys_admin", "system", ""))

    answer = posted(client, "代码,名称\n5x,坏的\n")

    assert (answer.status_code, [e.cell for e in answer.context["errors"]]) == (422, ["A2"])  # type: ignore[attr-defined]


def test_an_organiser_looks_things_up_but_takes_nothing_in(organiser: Actor) -> None:
    client = browser(organiser)

    assert client.get("/catalogues/").status_code == 200
    assert posted(client, MAJORS).status_code == 403  # type: ignore[attr-defined]


def test_the_command_takes_a_file_or_names_its_errors(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(MAJORS, "utf-8")
    bad.write_text("代码,名称\n5x,坏的\n", "utf-8")
    call_command("import_catalogue", str(good), kind="majors", edition="2021", title="目录")

    with pytest.raises(CommandError):
        call_command("import_catalogue", str(bad), kind="majors", edition="2022", title="目录")

    assert [c.edition for c in Catalogue.objects.all()] == ["2021"]
