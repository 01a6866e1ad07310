from __future__ import annotations

import io
import struct
import zipfile

import pytest

from backend.spreadsheets.errors import SheetRefused
from backend.spreadsheets.guard import MB, Limits
from backend.spreadsheets.reader import read_sheet
from tests.spreadsheets.books import GOOD, HEADER, PEOPLE, book, with_part

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(SheetRefused) as caught:
        read_sheet(content, PEOPLE, limits=limits)
    assert caught.value.status == 422
    assert str(caught.value)
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b" \r\n", "EMPTY_FILE"),
        (OLE + bytes(2000) + "Workbook".encode("utf-16-le"), "OLD_XLS"),
        (OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le"), "ENCRYPTED"),
        ("序号,姓名,证件号码\r\n1,张三,110105".encode("gb18030"), "CSV"),
        ("\ufeff序号\t姓名".encode(), "CSV"),
        (b"<html><table><tr><td>1</td></tr></table>", "HTML"),
        (b"%PDF-1.7 \0\0", "NOT_XLSX"),
        (b"PK\x03\x04 and then nothing", "BROKEN_ZIP"),
    ],
)
def test_what_is_no_workbook_is_named_for_what_it_is(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_a_truncated_upload_is_refused() -> None:
    content = book(HEADER, GOOD)

    assert refusal(content[: len(content) * 2 // 3]) == "BROKEN_ZIP"


def test_a_damaged_part_is_refused() -> None:
    content = bytearray(book(HEADER, GOOD))
    at = bytes(content).index(SHEET.encode()) + len(SHEET) + 40
    content[at : at + 8] = b"\xff" * 8

    assert refusal(bytes(content)) == "BROKEN_ZIP"


def test_another_zip_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("读我.txt", "not a workbook")

    assert refusal(out.getvalue()) == "NOT_XLSX"


def test_a_file_over_the_size_limit_is_refused_unread() -> None:
    assert refusal(b"PK" + bytes(60 * MB)) == "TOO_BIG"


def test_a_sheet_that_unpacks_a_thousandfold_is_a_bomb() -> None:
    content = with_part(book(HEADER, GOOD), SHEET, lambda data: data + b" " * (64 * MB))

    assert len(content) < MB
    assert refusal(content) == "ZIP_BOMB"


def test_a_part_that_goes_on_behind_its_declared_size_is_a_bomb() -> None:
    content = with_part(book(HEADER, GOOD), SHEET, lambda data: data + b" " * (3 * MB))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        real = package.getinfo(SHEET).file_size
        head = package.read(SHEET)[: real - 3 * MB]
    lying = content.replace(struct.pack("<I", real), struct.pack("<I", len(head)))
    lying = lying.replace(
        struct.pack("<I", zipfile.crc32(head + b" " * (3 * MB))), struct.pack("<I", zipfile.crc32(head))
    )

    assert refusal(lying) == "ZIP_BOMB"


def test_more_parts_than_any_workbook_has_are_a_bomb() -> None:
    out = io.BytesIO(book(HEADER, GOOD))
    with zipfile.ZipFile(out, "a") as package:
        for number in range(20):
            package.writestr(f"xl/media/{number}.png", b"")

    assert refusal(out.getvalue(), Limits(max_parts=20)) == "ZIP_BOMB"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused_before_anything_is_expanded(encoding: str) -> None:
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
        '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr">'
        "<is><t>&b;</t></is></c></row></sheetData></worksheet>"
    )
    content = with_part(book(HEADER, GOOD), SHEET, lambda _data: bomb.encode(encoding))

    assert refusal(content) == "XML_DTD"


def test_an_external_entity_is_refused_in_any_part() -> None:
    evil = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>'

    assert refusal(with_part(book(HEADER, GOOD), "xl/styles.xml", lambda _data: evil)) == "XML_DTD"


def test_damaged_xml_is_refused() -> None:
    content = with_part(book(HEADER, GOOD), SHEET, lambda data: data.replace(b"</sheetData>", b"</sheetdat>"))

    assert refusal(content) == "BROKEN_XML"


@pytest.mark.parametrize("row", [b"1048576", b"3"])
def test_one_value_in_the_last_cell_of_a_sheet_does_not_take_the_memory_of_all_cells(row: bytes) -> None:
    far = b'<row r="' + row + b'"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = with_part(book(HEADER, GOOD), SHEET, lambda data: data.replace(b"</sheetData>", far))

    with pytest.raises(SheetRefused) as caught:
        read_sheet(content, PEOPLE)

    assert (caught.value.code, caught.value.details) == ("TOO_WIDE", {"cell": "XFD1048576"})


def test_a_sheet_full_of_formulas_is_refused_with_the_cure() -> None:
    formulas = [("=1+1",) * 6] * 4

    assert refusal(book(HEADER, GOOD, *formulas), Limits(max_formulas=20)) == "TOO_MANY_FORMULAS"


def test_empty_elements_by_the_million_are_a_bomb() -> None:
    content = with_part(book(HEADER, GOOD), "xl/styles.xml", lambda data: data + b"<!-- <<<<<<<<<<<<<<<<<<<< -->" * 90)

    assert refusal(content, Limits(max_tags=1000)) == "ZIP_BOMB"
