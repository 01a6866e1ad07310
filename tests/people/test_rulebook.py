from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.people.enums import IdType
from backend.people.rulebook import (
    Finding,
    IdReading,
    Sex,
    age_on,
    is_mobile,
    mask_id_number,
    mask_name,
    mask_phone,
    read_credit_code,
    read_id_number,
)

TODAY = date(2026, 11, 24)
RESIDENT, PERMIT = IdType.RESIDENT, IdType.HMT_RESIDENCE
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def completed(body: str) -> str:
    """The number with the check character worked out from the standard's table, not by the library."""
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def found(code: str, **params: str) -> tuple[Finding, ...]:
    return (Finding(code, params),)


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        ("34052419800101001X", date(1980, 1, 1), Sex.MALE),
        ("11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("440524188001010014", date(1880, 1, 1), Sex.MALE),
        ("513101198201130014", date(1982, 1, 13), Sex.MALE),
        ("370101190102039973", date(1901, 2, 3), Sex.MALE),
    ],
)
def test_published_samples_are_good(number: str, birth: date, sex: Sex) -> None:
    assert read_id_number(number, RESIDENT, on=TODAY) == IdReading((), birth, sex)


@pytest.mark.parametrize(
    ("number", "findings"),
    [
        ("340524198001010018", found("ID_CHECK_DIGIT", expected="X")),
        ("513101198201130015", found("ID_CHECK_DIGIT", expected="4")),
        ("51310119820113001", found("ID_LENGTH", length="17")),
        ("130503670401001", found("ID_LENGTH", length="15")),
        ("34052419800101001x", found("ID_SHAPE")),
        ("3405241980010100１X", found("ID_SHAPE")),
        (completed("41010520070230308"), found("ID_BIRTH_DATE")),
        (completed("41010520270101308"), found("ID_BORN_LATER")),
        (completed("81000019920101308"), found("ID_KIND")),
        ("410105200713318080", (*found("ID_CHECK_DIGIT", expected="3"), *found("ID_BIRTH_DATE"))),
    ],
)
def test_every_fault_is_found_with_what_was_expected(number: str, findings: tuple[Finding, ...]) -> None:
    expected = tuple(
        Finding(f.code, {"expected": completed(number[:17])[-1]}) if f.code == "ID_CHECK_DIGIT" else f for f in findings
    )

    assert read_id_number(number, RESIDENT, on=TODAY) == IdReading(expected)


def test_a_county_that_did_not_exist_at_birth_is_no_reason_to_refuse() -> None:
    assert read_id_number(completed("41020519850101308"), RESIDENT, on=TODAY).valid


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_a_residence_permit_is_a_number_of_its_own_kind(region: str) -> None:
    number = completed(f"{region}19920101308")

    assert read_id_number(number, PERMIT, on=TODAY) == IdReading((), date(1992, 1, 1), Sex.FEMALE)
    assert read_id_number(completed("41010519920101308"), PERMIT, on=TODAY).findings == found("ID_KIND")


@pytest.mark.parametrize("kind", [IdType.HK_MACAU_PERMIT, IdType.TAIWAN_PERMIT, IdType.PASSPORT, IdType.OTHER])
def test_other_documents_are_only_judged_by_their_shape(kind: IdType) -> None:
    assert read_id_number("H12345678", kind).valid
    assert read_id_number("", kind).findings == found("ID_SHAPE")
    assert read_id_number("护照12345", kind).findings == found("ID_SHAPE")


@given(
    st.integers(110000, 659004),
    st.dates(date(1930, 1, 1), TODAY),
    st.integers(0, 999),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_one_wrong_digit_anywhere_is_always_found(region: int, birth: date, order: int, place: int, shift: int) -> None:
    number = completed(f"{region}{birth:%Y%m%d}{order:03d}")
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    assert read_id_number(number, RESIDENT, on=TODAY).birth_date == birth
    assert not read_id_number(wrong, RESIDENT, on=TODAY).valid


@pytest.mark.parametrize(
    ("code", "findings"),
    [
        ("91350100M000100Y43", ()),
        ("91110000600037341L", ()),
        ("91350100M000100Y4Z", found("USCC_SHAPE")),
        ("91350100M000100Y44", found("USCC_CHECK_DIGIT", expected="3")),
        ("91350100M000100Y4", found("USCC_LENGTH", length="17")),
        ("91350100I000100Y43", found("USCC_SHAPE")),
    ],
)
def test_a_credit_code_is_judged_by_the_standards_example(code: str, findings: tuple[Finding, ...]) -> None:
    assert read_credit_code(code) == findings


def test_a_credit_code_may_begin_with_letters() -> None:
    assert read_credit_code("N2411525MF67890120")[0].code == "USCC_CHECK_DIGIT"


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2001, 5, 1), date(2026, 5, 1), 25),
        (date(2001, 5, 2), date(2026, 5, 1), 24),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
    ],
)
def test_an_age_is_completed_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@pytest.mark.parametrize(
    ("number", "mask"),
    [
        ("41130220051108975X", "411302**********5X"),
        ("E12345678", "E1*****78"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_an_id_number_shows_its_region_and_two_places(number: str, mask: str) -> None:
    assert mask_id_number(number) == mask


@pytest.mark.parametrize(
    ("name", "mask"),
    [("张三", "张＊"), ("张三丰", "张＊＊"), ("买买提·阿不都拉", "买＊＊"), ("张", "＊"), ("", "")],
)
def test_a_name_shows_its_first_character(name: str, mask: str) -> None:
    assert mask_name(name) == mask


@pytest.mark.parametrize(
    ("phone", "mask"),
    [("13812340192", "138****0192"), ("037165900000", "**********00"), ("12345", "*****"), ("", "")],
)
def test_a_phone_shows_its_ends(phone: str, mask: str) -> None:
    assert mask_phone(phone) == mask


@given(st.text())
def test_a_mobile_number_is_eleven_plain_digits(text: str) -> None:
    assert not is_mobile(f"{text} ")
    assert is_mobile("19912345678")
