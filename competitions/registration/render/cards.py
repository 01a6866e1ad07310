"""Participation cards on sheets to cut apart, and rosters to sign, as PDF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import typst
from django.utils import timezone
from django.utils.translation import gettext as _

from backend.core import clock
from backend.documents.rulebook import smaller
from certificates.credentials.render import fonts, qr_svg
from competitions.contests.models import Event
from competitions.registration.enums import ROLE_WORDS, SEX_WORDS
from competitions.registration.models import Entry, EntryCard
from competitions.registration.projections.entries import member_lines
from competitions.registration.selectors import roster

TEMPLATES = Path(__file__).parents[1] / "templates" / "registration"
PHOTO_PIXELS = (300, 400)  # 21 x 28 mm at 360 dpi
QR_PREFIX = "SXZ1:"  # says whose code it is; what follows is the card's token and nothing else


def cards_pdf(event: Event, cards: Sequence[EntryCard], photos: Mapping[UUID, bytes] | None = None) -> bytes:
    """Eight cards a page, in the order given. photos: a picture by the member's uid; without one its frame is empty."""
    shown = photos or {}
    facts = {
        "event": f"{event.code} {event.name}",
        "edition": event.edition.name,
        "title": _("Participation card"),
        "cards": [_card(card, shown.get(card.member.uid)) for card in cards],
        "footer": _printed(),
    }
    return _typeset("cards.typ", facts)


def _card(card: EntryCard, photo: bytes | None) -> dict[str, Any]:
    member = card.member
    facts: dict[str, Any] = {
        "name": member.reveal("name"),
        "role": str(ROLE_WORDS[member.role]),
        "school": member.entry.school.name,
        "team": _("Team %(n)s") % {"n": member.entry.team_number},
        "qr": qr_svg(QR_PREFIX + card.token),
    }
    if photo is not None:
        facts["photo"] = list(smaller(photo, PHOTO_PIXELS))  # no larger than its place on the card needs
    return facts


def roster_pdf(event: Event, entries: Iterable[Entry]) -> bytes:
    """One page a team with room for the leader's signature."""
    facts = {
        "event": f"{event.code} {event.name}",
        "edition": event.edition.name,
        "title": _("Roster"),
        "heads": [_("Role"), _("Full name"), _("Sex"), _("ID number"), _("Study number"), _("Major"), _("Grade")],
        "teams": [_team(entry) for entry in entries],
        "sign": _("Confirmed by the team leader (signature, date)"),
        "stamp": _("Seal of the school"),
        "footer": _printed(),
    }
    return _typeset("roster.typ", facts)


def _team(entry: Entry) -> dict[str, Any]:
    team = _("Team %(n)s") % {"n": entry.team_number}
    rows = [
        [
            str(line.role),
            line.name,
            str(SEX_WORDS.get(line.member.sex, "")),
            line.id_number,
            line.study_number,
            line.member.major_name,
            line.member.grade,
        ]
        for line in member_lines(roster(entry))
    ]
    return {"school": f"{entry.school.name} {team}", "platform": entry.tech_platform, "rows": rows}


def _printed() -> str:
    now: datetime = timezone.localtime(clock.now())
    return _("printed %(when)s") % {"when": now.strftime("%Y-%m-%d %H:%M")}


def _typeset(name: str, facts: Mapping[str, Any]) -> bytes:
    compiler: Any = typst.Compiler(TEMPLATES / name, root=TEMPLATES, font_paths=fonts(), ignore_system_fonts=True)
    made: bytes = compiler.compile(format="pdf", sys_inputs={"data": json.dumps(facts, ensure_ascii=False)})
    return made
