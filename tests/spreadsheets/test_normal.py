from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.spreadsheets.normal import (
    normal_code,
    normal_header,
    normal_integer,
    normal_name,
    normal_phone,
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张三", "张三"),
        ("张 三", "张三"),
        ("唐\u3000杰怡 ", "唐杰怡"),
        ("张\u200b三", "张三"),
        ("买买提•阿不都拉", "买买提·阿不都拉"),
        ("买买提 ・ 阿不都拉", "买买提·阿不都拉"),
        ("买买提．阿不都拉", "买买提·阿不都拉"),
        ("John  Ronald\tSmith ", "John Ronald Smith"),
        ("㛃\u3000𠮷", "㛃𠮷"),
        ("河南农业职 业学院（新校区）", "河南农业职业学院（新校区）"),
    ],
)
def test_a_name_loses_spaces_between_han_and_keeps_one_between_words(written: str, name: str) -> None:
    tidied = normal_name(written)

    assert tidied == (name, written != name)


@given(st.text())
def test_tidying_a_name_twice_changes_nothing_more(written: str) -> None:
    once = normal_name(written).value

    assert normal_name(once) == (once, False)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("４１１００２２００５０３１０１９６X", "41100220050310196X"),
        ("410502 20041005 7564", "410502200410057564"),
    ],
)
def test_a_code_becomes_half_width_without_spaces(written: str, code: str) -> None:
    assert normal_code(written) == (code, True)


@pytest.mark.parametrize(
    ("written", "phone", "changed"),
    [
        ("13812345678", "13812345678", False),
        ("+86 193-2354-3065", "19323543065", True),
        ("0086-13812345678", "13812345678", True),
        ("8613812345678", "13812345678", True),
        ("１３８１２３４５６７８", "13812345678", True),
        ("1817396747", None, False),
        ("12812345678", None, False),
        ("0371-65900000", None, False),
        ("138123456789", None, False),
    ],
)
def test_a_mobile_number_loses_country_code_spaces_and_dashes(written: str, phone: str | None, changed: bool) -> None:
    assert normal_phone(written) == (phone, changed)


@pytest.mark.parametrize(
    ("written", "number", "changed"),
    [
        (1, 1, False),
        (1.0, 1, False),
        ("1", 1, False),
        ("1.0", 1, True),
        ("１", 1, True),
        (" 2 ", 2, True),
        (1.5, None, False),
        ("一", None, False),
        (True, None, False),
        ("", None, False),
    ],
)
def test_a_whole_number_is_taken_from_every_form_that_is_certain(
    written: object, number: int | None, changed: bool
) -> None:
    assert normal_integer(written) == (number, changed)


@pytest.mark.parametrize("written", ["姓 名", "姓\n名", "*姓名", "姓名：", "　姓名 "])
def test_headers_compare_without_spaces_line_breaks_and_marks(written: str) -> None:
    assert normal_header(written) == "姓名"
