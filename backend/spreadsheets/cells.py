"""One raw cell to one typed value, by the kind of its column: taken, tidied or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from backend.spreadsheets.columns import Kind, Value
from backend.spreadsheets.grid import Raw
from backend.spreadsheets.normal import (
    EXACT_DIGITS,
    Normal,
    is_blank,
    normal_code,
    normal_integer,
    normal_name,
    normal_phone,
    normal_text,
)

MAX_TEXT = 2_000
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,15})?")
_DATE = re.compile(r"([12][0-9]{3})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([12][0-9]{3})([0-9]{2})([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Reading:
    """value is None when blank or when `error` names why it was not taken; `fix` says what was tidied."""

    value: Value = None
    error: str = ""
    fix: str = ""


BLANK = Reading()


def read_cell(raw: Raw, kind: Kind) -> Reading:
    """raw: as stored; "" and only spaces are blank."""
    if isinstance(raw, str) and is_blank(raw):
        return BLANK
    return _READERS[kind](raw)


def _is_moment(raw: Raw) -> bool:
    return isinstance(raw, date | datetime | time | timedelta)


def plain_number(raw: float) -> str:
    """A number as Excel shows it: 15 significant digits, no exponent, no trailing zeros."""
    text = format(Decimal(format(raw, ".15g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _as_text(raw: Raw) -> tuple[str, str, str]:
    """(text, error, fix) of a cell that should have been text."""
    if isinstance(raw, str):
        return raw, "", ""
    if _is_moment(raw):
        return "", "TURNED_INTO_DATE", ""
    if isinstance(raw, bool):
        return ("TRUE" if raw else "FALSE"), "", ""
    assert isinstance(raw, int | float)
    if not abs(raw) < EXACT_DIGITS:  # NaN is not smaller either
        return "", "DIGITS_LOST", ""
    return plain_number(raw), "", "NUMBER_AS_TEXT"


def _texts(tidy: Callable[[str], Normal], *, silent_number: bool = False) -> Callable[[Raw], Reading]:
    def read(raw: Raw) -> Reading:
        text, error, fix = _as_text(raw)
        if error:
            return Reading(error=error)
        tidied = tidy(text)
        if len(tidied.value) > MAX_TEXT:
            return Reading(error="TOO_LONG")
        if tidied.changed:
            fix = _what_changed(text, tidied.value)
        elif silent_number:
            fix = ""
        return Reading(tidied.value, fix=fix)

    return read


def _what_changed(before: str, after: str) -> str:
    bare = re.sub(r"\s", "", before)
    return "SPACES" if bare == re.sub(r"\s", "", after) else "CHARACTERS"


def _id_number(raw: Raw) -> Reading:
    if not isinstance(raw, str):
        return Reading(error="ID_NUMBER_STORED_AS_NUMBER")
    tidied = normal_code(raw.lstrip("'‘’")).value
    upper = tidied.upper()
    if upper == raw:
        return Reading(upper)
    return Reading(upper, fix="UPPER_X" if tidied == raw else _what_changed(raw, tidied))


def _phone(raw: Raw) -> Reading:
    text, error, fix = _as_text(raw)
    if error:
        return Reading(error=error)
    phone = normal_phone(text)
    if phone.value is None:
        return Reading(error="PHONE_SHAPE")
    return Reading(phone.value, fix="PHONE" if phone.changed else fix)


def _integer(raw: Raw) -> Reading:
    if _is_moment(raw):
        return Reading(error="TURNED_INTO_DATE")
    whole = normal_integer(raw)
    if whole.value is None:
        return Reading(error="NOT_WHOLE")
    return Reading(whole.value, fix="CHARACTERS" if whole.changed else "")


def _decimal(raw: Raw) -> Reading:
    if _is_moment(raw):
        return Reading(error="TURNED_INTO_DATE")
    if isinstance(raw, bool):
        return Reading(error="NOT_A_NUMBER")
    if isinstance(raw, int | float):
        exact = abs(raw) < EXACT_DIGITS
        return Reading(Decimal(plain_number(raw))) if exact else Reading(error="DIGITS_LOST")
    tidied = normal_code(str(raw)).value
    if not _DECIMAL.fullmatch(tidied):  # "0,5" is no thousand: a comma only counts between groups of three
        return Reading(error="NOT_A_NUMBER")
    return Reading(Decimal(tidied.replace(",", "")), fix="TEXT_AS_NUMBER")


def _date(raw: Raw) -> Reading:
    if isinstance(raw, datetime):
        return Reading(raw.date())
    if isinstance(raw, date):
        return Reading(raw)
    text = normal_code(str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)).value
    match = _DATE.fullmatch(text)
    if match is None:
        return Reading(error="NOT_A_DATE")
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return Reading(date(year, month, day), fix="TEXT_AS_DATE")
    except ValueError:
        return Reading(error="NOT_A_DATE")


_READERS: Mapping[Kind, Callable[[Raw], Reading]] = {
    Kind.TEXT: _texts(normal_text, silent_number=True),
    Kind.NAME: _texts(normal_name),
    Kind.CODE: _texts(normal_code),
    Kind.ID_NUMBER: _id_number,
    Kind.PHONE: _phone,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
}
