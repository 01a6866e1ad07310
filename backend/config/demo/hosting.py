"""A call for the host of an event, with one school's application sent back to be mended."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

from PIL import Image, ImageDraw

from backend.core import clock
from backend.core.actor import Actor
from backend.documents import services as documents
from backend.people.models import Group
from backend.selection import services as selection
from backend.selection.models import Application, Call
from competitions.contests import services as contests

CODE = "GZ-2026-049"
ANSWERS = {
    "programme": "物联网应用技术 510102",
    "area": "860",
    "stations": "16",
    "equipment": "物联网综合实训平台，18 套（含备用 2 套）",
    "staff": "组织 10 人，技术支持 4 人",
    "budget": "156000",
    "safety": "已制定，见附件",
    "lodging": "校内公寓，距赛场 300 米",
    "commitment": "yes",
}


def call_for_hosts(
    organiser: Actor, secretary: Actor, coordinator: Actor, group: Group, edition: Any, rules: dict[str, Any]
) -> None:
    """An event in preparation, the call for its host, and an application that was returned with two reasons."""
    contests.create_event(
        actor=organiser,
        edition=edition,
        group=group,
        code=CODE,
        name="物联网应用开发",
        name_en="Internet of Things",
        rules=rules,
        registration_closes_at=clock.now() + timedelta(days=60),
    )
    call = selection.create_call(
        actor=secretary,
        group=group,
        item_kind="event",
        title="2026年赛项承办校遴选",
        text="请有条件的院校在截止前申报。评审指标和分值为演示用的缺省值，请按当年遴选通知修改。",
        closes_at=clock.now() + timedelta(days=20),
        applies_max=2,
    )
    selection.set_offers(actor=secretary, call=call, keys=[CODE])
    selection.announce(actor=secretary, call=call)
    application = _applied(coordinator, call)
    reasons = {"safety": "请补充安全预案的备案文号。", "stations": "与材料中的 18 套不一致，请核对。"}
    selection.return_application(actor=secretary, application=application, reasons=reasons)


def _applied(coordinator: Actor, call: Call) -> Application:
    application = selection.start(actor=coordinator, call=call)
    selection.save_draft(
        actor=coordinator,
        application=application,
        answers=ANSWERS,
        wishes=[offer.uid for offer in call.offers.all()],
        contact_name="周老师",
        contact_phone="13800000000",
    )
    documents.attach(
        actor=coordinator,
        kind="hosting.application",
        holder=application.ref,
        content=_scan(),
        file_name="scan.jpg",
        client_id=uuid4(),
    )
    selection.submit(actor=coordinator, application=application)
    return application


def _scan() -> bytes:
    """A sheet of paper with a seal on it."""
    sheet = Image.new("RGB", (1240, 1754), "white")
    pen = ImageDraw.Draw(sheet)
    for line in range(200, 1300, 60):
        pen.line((160, line, 1080, line), fill="#b8bcc6", width=2)
    pen.ellipse((780, 1300, 1080, 1600), outline="#c23a2b", width=10)
    kept = io.BytesIO()
    sheet.save(kept, "JPEG", quality=80)
    return kept.getvalue()
