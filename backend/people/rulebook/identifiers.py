"""Identity numbers, credit codes, ages and masks: pure rules over plain values. Messages for the findings
live with the callers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from backend.people.enums import IdType

_CITIZEN = re.compile(r"[0-9]{17}[0-9X]")
_HMT_REGION = re.compile(r"8[123]0000")  # Hong Kong, Macao, Taiwan residents' residence permit
_FOREIGN = re.compile(r"[A-Z0-9]{5,20}")
_CREDIT = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, by code; params are plain words for the caller's message, never the number itself."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IdReading:
    """What a number says. birth_date and sex only for valid resident and residence-permit numbers."""

    findings: tuple[Finding, ...]
    birth_date: date | None = None
    sex: Sex | None = None

    @property
    def valid(self) -> bool:
        return not self.findings


def read_id_number(number: str, id_type: IdType, *, on: date | None = None) -> IdReading:
    """Judge a number that is already tidied (NFKC, no spaces, capital X).

    on: the day of judging; a birth after it is a finding. The county is never a reason to refuse: district
    codes are reassigned, and people born before keep theirs.
    Findings: ID_LENGTH, ID_SHAPE, ID_KIND, ID_CHECK_DIGIT (expected), ID_BIRTH_DATE, ID_BORN_LATER.

    Regulation: GB-11643-1999
    """
    if id_type not in (IdType.RESIDENT, IdType.HMT_RESIDENCE):
        return IdReading(() if _FOREIGN.fullmatch(number) else (Finding("ID_SHAPE"),))
    if len(number) != 18:
        return IdReading((Finding("ID_LENGTH", {"length": str(len(number))}),))
    if not _CITIZEN.fullmatch(number):
        return IdReading((Finding("ID_SHAPE"),))
    birth = _birth_date(number)
    findings = (*_kind(number, id_type), *_check_digit(number), *_birth(birth, on))
    if findings:
        return IdReading(findings)
    return IdReading((), birth, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def _kind(number: str, id_type: IdType) -> tuple[Finding, ...]:
    permit = _HMT_REGION.match(number) is not None
    return () if permit == (id_type is IdType.HMT_RESIDENCE) else (Finding("ID_KIND"),)


def _check_digit(number: str) -> tuple[Finding, ...]:
    expected = ric.calc_check_digit(number)
    return () if number[-1] == expected else (Finding("ID_CHECK_DIGIT", {"expected": expected}),)


def _birth_date(number: str) -> date | None:
    try:
        birth: date = ric.get_birth_date(number)
    except ValidationError:
        return None
    return birth


def _birth(birth: date | None, on: date | None) -> tuple[Finding, ...]:
    if birth is None:
        return (Finding("ID_BIRTH_DATE"),)
    return (Finding("ID_BORN_LATER"),) if on is not None and birth > on else ()


def read_credit_code(code: str) -> tuple[Finding, ...]:
    """Judge a unified social credit code that is already tidied; () is good.

    The first two places (department and kind of body) may be letters: their list grows.
    Findings: USCC_LENGTH, USCC_SHAPE, USCC_CHECK_DIGIT (expected).

    Regulation: GB-32100-2015
    """
    if len(code) != 18:
        return (Finding("USCC_LENGTH", {"length": str(len(code))}),)
    if not _CREDIT.fullmatch(code):
        return (Finding("USCC_SHAPE"),)
    expected = uscc.calc_check_digit(code[:17])
    return () if code[-1] == expected else (Finding("USCC_CHECK_DIGIT", {"expected": expected}),)


def is_mobile(phone: str) -> bool:
    """A mobile number of mainland China: eleven digits, no spaces, no country code."""
    return _MOBILE.fullmatch(phone) is not None


def age_on(birth: date, day: date) -> int:
    """Completed years; who is born on 29 February is a year older on 1 March of a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def mask_id_number(number: str) -> str:
    """Region and the last two places of an 18-place number; of shorter ones at most two at each end."""
    keep = 6 if len(number) >= 15 else 2 if len(number) >= 8 else 0
    tail = number[-2:] if keep else ""
    return number[:keep] + "*" * (len(number) - keep - len(tail)) + tail


def mask_name(name: str) -> str:
    """The first character and at most two stars, so that the length of long names does not show either."""
    return name[:1] + "＊" * min(len(name) - 1, 2) if len(name) > 1 else "＊" * len(name)


def mask_phone(phone: str) -> str:
    """138****0192; anything that is no mobile number is starred but for its last two places."""
    if is_mobile(phone):
        return f"{phone[:3]}****{phone[-4:]}"
    return "*" * max(len(phone) - 2, 0) + phone[-2:] if len(phone) >= 6 else "*" * len(phone)
