"""What people type, brought to one form. Each function says whether it changed anything."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Middle dots seen in names of minorities and foreigners: Latin, katakana, bullet, Greek, hyphenation and dot
# operators.
_DOTS = "·・･•‧∙⋅᛫᭟ꞏ●．"
_DOT_TABLE = str.maketrans(dict.fromkeys(_DOTS, "·"))
_HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACES = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff\u00ad]+")
_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])|(?<=·) | (?=·)")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[0-9]{10}$)")
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}(?:\.0+)?")


EXACT_DIGITS = 10**15  # Excel keeps 15 significant digits
_EDGES = "\u200b\ufeff \t\r\n\u3000\xa0"


def is_blank(text: str) -> bool:
    """Only spaces and what nobody can see."""
    return not text.strip(_EDGES)


class Normal(NamedTuple):
    """A tidied text; `changed` when it differs from what was written."""

    value: str
    changed: bool


class NormalPhone(NamedTuple):
    value: str | None
    changed: bool


class NormalInt(NamedTuple):
    value: int | None
    changed: bool


def normal_text(text: str) -> Normal:
    """Free text: NFC, no spaces at the ends, otherwise as written."""
    value = unicodedata.normalize("NFC", text).strip(_EDGES)
    return Normal(value, value != text)


def normal_name(text: str) -> Normal:
    """A person's or school's name: NFC, no spaces between Han, one space between Latin words, every dot as ·.

    NFC and not NFKC: compatibility forms of rare characters are part of a legal name.
    """
    composed = unicodedata.normalize("NFC", text).translate(_DOT_TABLE)
    single = _SPACES.sub(" ", composed).strip(" ")
    value = _BETWEEN_HAN.sub("", single)
    return Normal(value, value != text)


def normal_code(text: str) -> Normal:
    """Codes and numbers: NFKC, every space and invisible character out."""
    if text.isascii() and text.isalnum():  # most cells of most lists
        return Normal(text, changed=False)
    value = _SPACES.sub("", unicodedata.normalize("NFKC", text))
    return Normal(value, value != text)


def normal_header(text: str) -> str:
    """A header for comparison: NFKC, no whitespace, no asterisks of required fields, lower case."""
    return normal_code(text).value.replace("*", "").rstrip(":").casefold()


def is_mobile(text: str) -> bool:
    return _MOBILE.fullmatch(text) is not None


def normal_phone(text: str) -> NormalPhone:
    """A mobile number of mainland China without country code, spaces and dashes; None when it is not one."""
    bare = re.sub(r"[-‐‑‒–—―−()._]", "", normal_code(text).value)
    value = _COUNTRY.sub("", bare)
    if not is_mobile(value):
        return NormalPhone(None, changed=False)
    return NormalPhone(value, value != text)


def normal_integer(value: object) -> NormalInt:
    """Whole numbers from 1, 1.0, "1", "1.0" and "１"; None when it is not one."""
    if isinstance(value, bool):
        return NormalInt(None, changed=False)
    if isinstance(value, int | float):
        whole = abs(value) < EXACT_DIGITS and value == int(value)
        return NormalInt(int(value) if whole else None, changed=False)
    bare = normal_code(str(value)).value
    if not _WHOLE.fullmatch(bare):
        return NormalInt(None, changed=False)
    number = int(bare.split(".")[0])
    return NormalInt(number, str(number) != str(value))
