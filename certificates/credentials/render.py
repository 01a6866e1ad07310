"""Certificates as typeset PDF: embedded Chinese fonts, a QR code, the same bytes for the same facts."""

from __future__ import annotations

import hashlib
import json
import threading
from calendar import timegm
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import qrcode
import typst
from django.conf import settings
from fontTools.ttLib import TTFont

from backend.core.vault import blind_index
from certificates.credentials.models import Credential

TEMPLATE = Path(__file__).parent / "templates" / "credentials" / "award.typ"
FONTS = settings.STATE_DIR / "vendor" / "fonts"
PRINTABLE_ASCII = frozenset(map(chr, range(0x20, 0x7F)))
_thread = threading.local()


@cache
def fonts() -> Any:
    """The fonts, read once per process; never the system's own: what is printed looks the same anywhere."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _known_characters() -> frozenset[str]:
    """What every face of the certificate can show."""
    faces = [set(TTFont(path, lazy=True).getBestCmap()) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset(map(chr, set.intersection(*faces))) if faces else frozenset()


def missing_characters(text: str) -> list[str]:
    """Characters that the fonts cannot show, in order; typst itself would print boxes without a word."""
    return sorted({c for c in text if c not in PRINTABLE_ASCII} - _known_characters())


def _compiler() -> Any:
    """One compiler per thread."""
    if not hasattr(_thread, "compiler"):
        _thread.compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts(), ignore_system_fonts=True)
    return _thread.compiler


def qr_svg(text: str) -> str:
    """A QR code as one SVG path, four modules of quiet zone around it."""
    code = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    size = len(matrix)
    cells = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fffdf8"/><path d="{"".join(cells)}"/></svg>'
    )


def verify_url(credential: Credential) -> str:
    """The address in the QR code; it never changes."""
    return f"{settings.PUBLIC_URL}/verify/{credential.token}"


def pdf_of(credential: Credential) -> bytes:
    """The certificate as PDF/A-2b."""
    shown = {**_shown(credential), "qr": qr_svg(verify_url(credential))}
    made: bytes = _compiler().compile(
        format="pdf",
        sys_inputs={"data": json.dumps(shown, ensure_ascii=False)},
        pdf_standards="a-2b",
        timestamp=timegm(credential.issued_on.timetuple()),
    )
    return made


def digest_of(credential: Credential) -> str:
    """A keyed digest of all that decides the PDF's bytes: what it shows, its layout, its fonts and its typesetter."""
    return blind_index(f"{_press()}|{json.dumps(_shown(credential), ensure_ascii=False)}", purpose="certificate")


@cache
def _press() -> str:
    """Layout, fonts and typesetter in a few characters."""
    layout = hashlib.sha256(TEMPLATE.read_bytes())
    for path in sorted(FONTS.glob("*.ttf")):
        layout.update(f"{path.name} {path.stat().st_size}".encode())
    return f"{layout.hexdigest()} {version('typst')}"


def _shown(credential: Credential) -> dict[str, Any]:
    """What the layout shows; the address in the place of its picture."""
    facts, public = json.loads(credential.reveal("facts")), credential.public_facts
    day = credential.issued_on
    return {
        "title": public.get("title", ""),
        "contest": public.get("contest", ""),
        "event": public.get("event", ""),
        "division": public.get("division", ""),
        "award": public.get("award", ""),
        "school": public.get("school", ""),
        "holder": credential.reveal("holder_name"),
        "instructors": "、".join(facts.get("instructors", [])),
        "issuer": credential.issuer_name,
        "number": credential.number,
        "date": f"{day.year} 年 {day.month} 月 {day.day} 日",
        "ymd": [day.year, day.month, day.day],
        "qr": verify_url(credential),
    }
