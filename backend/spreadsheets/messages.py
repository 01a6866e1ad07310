"""What is said about a cell: one sentence per code, with the cure."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_ERRORS: Mapping[str, object] = {
    "FORMULA_CELL": gettext_lazy("“%(column)s” holds a formula. Copy the column and paste it back as values."),
    "ERROR_CELL": gettext_lazy("“%(column)s” shows an Excel error (such as #N/A). Type the value itself."),
    "BLANK": gettext_lazy("“%(column)s” is empty. Please fill it in."),
    "ID_NUMBER_STORED_AS_NUMBER": gettext_lazy(
        "“%(column)s” is stored as a number, so Excel has lost its last digits. Set the column to text and "
        "type the number again."
    ),
    "DIGITS_LOST": gettext_lazy(
        "“%(column)s” is stored as a number with more than 15 digits, so Excel has lost the last ones. "
        "Set the column to text and type it again."
    ),
    "TURNED_INTO_DATE": gettext_lazy(
        "Excel has turned “%(column)s” into a date or time. Set the column to text and type it again."
    ),
    "PHONE_SHAPE": gettext_lazy(
        "“%(column)s” is not a mobile number of mainland China: 11 digits beginning with 13 to 19."
    ),
    "NOT_WHOLE": gettext_lazy("“%(column)s” must be a whole number, such as 1."),
    "NOT_A_NUMBER": gettext_lazy("“%(column)s” must be a number, such as 12.50."),
    "NOT_A_DATE": gettext_lazy("“%(column)s” must be a date, such as 2026-05-01."),
    "TOO_LONG": gettext_lazy("“%(column)s” is longer than %(limit)s characters."),
}

_FIXES: Mapping[str, object] = {
    "SPACES": gettext_lazy("Spaces were removed."),
    "CHARACTERS": gettext_lazy("Full-width or unusual characters were replaced by the usual ones."),
    "NUMBER_AS_TEXT": gettext_lazy("A number cell was read as text."),
    "PHONE": gettext_lazy("Country code, spaces or dashes were removed."),
    "UPPER_X": gettext_lazy("The closing x was written as capital X."),
    "TEXT_AS_NUMBER": gettext_lazy("Text was read as a number."),
    "TEXT_AS_DATE": gettext_lazy("Text was read as a date."),
}


def error_text(code: str, **params: object) -> str:
    return str(_ERRORS[code]) % params


def fix_text(code: str) -> str:
    return str(_FIXES.get(code) or _("This cell was tidied."))
