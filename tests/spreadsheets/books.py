"""Workbooks as schools send them, built for the tests of this room."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook

from backend.spreadsheets.columns import Column, Kind

FIXTURES = Path(__file__).parent.parent / "fixtures"

PEOPLE = (
    Column("no", ("序号",), prefilled=True),
    Column("school", ("参赛学校", "学校"), required=True, filled=True, kind=Kind.NAME),
    Column("name", ("姓名",), required=True, filled=True, kind=Kind.NAME),
    Column("id_number", ("证件号码",), required=True, filled=True, kind=Kind.ID_NUMBER),
    Column("phone", ("手机号", "联系电话"), kind=Kind.PHONE),
    Column("team", ("参赛队序号",), kind=Kind.INTEGER),
)
HEADER = ("序号", "参赛学校", "姓名", "证件号码", "手机号", "参赛队序号")
GOOD = (1, "郑州电力高等专科学校", "张三", "11010519491231002X", "13812345678", 1)


def book(*rows: Sequence[object], title: str = "报名表", **more: Sequence[Sequence[object]]) -> bytes:
    """A workbook of one sheet with these rows; keywords are further sheets."""
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(list(row))
    for name, lines in more.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    return stored(made)


def stored(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def changed(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    made = opened(content)
    change(made)
    return stored(made)


def with_part(content: bytes, name: str, body: Callable[[bytes], bytes]) -> bytes:
    """The same package with one part rewritten."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, body(data) if part == name else data)
    return out.getvalue()
