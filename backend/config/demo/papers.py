"""Invented papers: a sheet with a seal, a portrait without a face."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from uuid import uuid4

from PIL import Image, ImageDraw

from backend.core.actor import Actor
from backend.documents import services as documents
from competitions.registration.models import Member

SHIRTS = ("#5b7a9d", "#7d6b91", "#5f8a72", "#9a7457")


@cache
def scan() -> bytes:
    """A sheet of paper with a seal on it."""
    sheet = Image.new("RGB", (1240, 1754), "white")
    pen = ImageDraw.Draw(sheet)
    for line in range(200, 1300, 60):
        pen.line((160, line, 1080, line), fill="#b8bcc6", width=2)
    pen.ellipse((780, 1300, 1080, 1600), outline="#c23a2b", width=10)
    return _jpeg(sheet)


@cache
def photo(shirt: str) -> bytes:
    """Head and shoulders on white, in the proportions of a one-inch photo."""
    sheet = Image.new("RGB", (413, 579), "white")
    pen = ImageDraw.Draw(sheet)
    pen.ellipse((30, 400, 383, 800), fill=shirt)
    pen.ellipse((126, 130, 287, 350), fill="#e6c9b3")
    pen.pieslice((116, 110, 297, 340), 180, 360, fill="#2f2a28")
    return _jpeg(sheet)


def _jpeg(sheet: Image.Image) -> bytes:
    kept = io.BytesIO()
    sheet.save(kept, "JPEG", quality=80)
    return kept.getvalue()


def hand_in(actor: Actor, members: Iterable[Member], kinds: Iterable[str]) -> None:
    """One paper of each kind for each of them."""
    kinds = list(kinds)
    for n, member in enumerate(members):
        for kind in kinds:
            content = photo(SHIRTS[n % len(SHIRTS)]) if kind == "entry.photo" else scan()
            documents.attach(
                actor=actor,
                kind=kind,
                holder=member.ref,
                content=content,
                file_name="scan.jpg",
                client_id=uuid4(),
            )
