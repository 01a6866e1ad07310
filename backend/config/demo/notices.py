"""Notices of the season: a template, one that was sent, one still a draft."""

from __future__ import annotations

from uuid import uuid4

from backend.core.actor import Actor
from backend.notify import services as notify
from backend.notify.rulebook import Text
from competitions.contests.models import Event

REMINDER = Text(
    "报名即将截止：{event}",
    "{name}，您好：\n\n{event}（{event_code}）的报名将于 {deadline} 截止。请检查{school}的参赛队是否已提交。",
    "Registration of {event} ends soon",
    "Dear {name},\n\nregistration of {event} ({event_code}) ends on {deadline}. Please submit your teams.",
)
REPORTING = Text(
    "报到须知：{event}", "{name}，您好：\n\n请{school}的参赛队于赛前一天 14:00–17:00 到赛场报到，领取参赛证。"
)


def write(organiser: Actor, event: Event) -> None:
    """To the coordinators of the event's schools."""
    kind = "event.coordinators"
    template = notify.make_template(actor=organiser, audience=kind, title="截止提醒", text=REMINDER)
    first = notify.Draft(kind, event.code, REMINDER, (), template=template)
    sent = notify.draft_notice(actor=organiser, client_id=uuid4(), draft=first)
    notify.send_notice(actor=organiser, notice=sent)
    second = notify.Draft(kind, event.code, REPORTING, ())
    notify.draft_notice(actor=organiser, client_id=uuid4(), draft=second)
