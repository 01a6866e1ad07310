"""Cards and enrolment codes as they are shown or printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import qrcode
from django.conf import settings

from backend.accounts.rulebook import in_fours


@dataclass(frozen=True, slots=True)
class QrCode:
    """An SVG path of dark modules; size: modules along one edge, quiet zone included."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """One card on paper. holder: what tells cards apart (a seat, an account name); never more than needed."""

    holder: str
    purpose: str
    code: str
    qr: QrCode
    where: str
    hours: int


def qr_of(text: str) -> QrCode:
    """The QR code of a text, rows of dark modules joined."""
    maker = qrcode.QRCode(border=3, error_correction=qrcode.constants.ERROR_CORRECT_M)
    maker.add_data(text)
    matrix = maker.get_matrix()
    parts = [
        f"M{start} {y}h{end - start}v1h-{end - start}z" for y, row in enumerate(matrix) for start, end in _runs(row)
    ]
    return QrCode("".join(parts), len(matrix))


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    edges = [x for x in range(len(row) + 1) if (x < len(row) and row[x]) != (x > 0 and row[x - 1])]
    return list(zip(edges[::2], edges[1::2], strict=True))


def printed_card(made: Any, *, holder: str, purpose: str = "seat", hours: int = 72) -> PrintedCard:
    """A card ready for `accounts/_printed.html`. The secret stands behind the #: no request line ever holds it."""
    where = f"{settings.PUBLIC_URL}/card/"
    return PrintedCard(holder, purpose, in_fours(made.code), qr_of(f"{where}#{made.secret}"), where, hours)
