"""Is this row data? Totals, signatures, repeated headers and empty forms are passed over and never charged to
the school.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from backend.spreadsheets.columns import Column
from backend.spreadsheets.grid import Raw, Sheet
from backend.spreadsheets.headers import Header
from backend.spreadsheets.normal import is_blank, normal_code, normal_header

DATA, BLANK, FOOTER, HEADER = "data", "blank", "footer", "header"

# As NFKC without spaces: brackets and colons are half-width here.
_LABEL = re.compile(
    r"(?:合计|总计|小计|共计|总人数)(?:[:(].*|[0-9]+人?\)?)?"
    r"|\(?(?:填表|制表|填报|审核|审批|复核|经办|负责|联系|领导|校长)[^:]{0,10}(?:人|:.*)"
    r"|(?:单位|学校|日期|时间|备注|说明|注)[^:]{0,10}:.*"
    r"|.{0,16}\(?(?:签字|签名|签章|盖章|公章|加盖公章)\)?:?"
    r"|(?:[0-9]{2,4})?年[0-9]{0,2}月[0-9]{0,2}日"
)
_SUM_LABEL = re.compile("合计|总计|小计|共计")
_TOTAL = re.compile(
    r"\s*(?:_xlfn\.)?(?:SUM|COUNT|SUBTOTAL|AVERAGE|MAX|MIN|AGGREGATE|CONCAT|\"|TODAY|NOW)", re.IGNORECASE
)


def is_label(value: Raw) -> bool:
    """Words that stand under lists: 合计, 填表人：张三, （盖章）, 2026年5月1日."""
    return isinstance(value, str) and _LABEL.fullmatch(normal_code(value).value) is not None


def _says_something(value: Raw, line: Sequence[Raw]) -> bool:
    """Is this about a person? Labels are not, nor are numbers beside 合计."""
    if isinstance(value, int | float):
        return not any(isinstance(cell, str) and _SUM_LABEL.match(normal_code(cell).value) for cell in line)
    return not is_label(value)


class RowSorter:
    """Tells data rows from the rest, for one header."""

    def __init__(self, sheet: Sheet, header: Header, columns: Sequence[Column]) -> None:
        self._sheet = sheet
        self._letters = header.letters()
        present = [column for column in columns if column.key in header.places]
        self._places: Mapping[str, int] = header.places
        self._header = {key: normal_header(title) for key, title in header.titles.items()}
        self._telling = [column.key for column in present if not column.prefilled]
        self._required = [column.key for column in present if column.required and not column.prefilled]

    def sort(self, number: int, line: Sequence[Raw]) -> str:
        if self._repeats_header(line):
            return HEADER
        formulas = {key: text for key in self._telling if (text := self._formula(key, number)) is not None}
        filled = [key for key in self._telling if key not in formulas and _is_filled(self._raw(line, key))]
        deciding = set(self._required or self._telling)
        if any(key in deciding and _says_something(self._raw(line, key), line) for key in filled):
            return DATA
        if any(is_label(value) for value in line):
            return FOOTER
        if not filled and not formulas:
            return BLANK
        only_totals = not filled and all(_TOTAL.match(text) for text in formulas.values())
        return FOOTER if only_totals else DATA

    def _formula(self, key: str, number: int) -> str | None:
        return self._sheet.formulas.get(f"{self._letters[key]}{number}")

    def _raw(self, line: Sequence[Raw], key: str) -> Raw:
        place = self._places[key]
        return line[place - 1] if place <= len(line) else ""

    def _repeats_header(self, line: Sequence[Raw]) -> bool:
        """At least half of the header again, and nothing else in those columns."""
        same = 0
        for key, title in self._header.items():
            value = self._raw(line, key)
            if not _is_filled(value):
                continue
            if not isinstance(value, str) or normal_header(value) != title:
                return False
            same += 1
        return same * 2 >= len(self._header)


def _is_filled(value: Raw) -> bool:
    return not (isinstance(value, str) and is_blank(value))
