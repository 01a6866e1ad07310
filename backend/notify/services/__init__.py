"""The only writers of notes, notices, templates, copies and preferences."""

from backend.notify.services.carriers import carrier_of, register_carrier
from backend.notify.services.delivering import deliver_due
from backend.notify.services.leaving import come_back, leave, reader_by
from backend.notify.services.news import preview_news, send_news, tell_news
from backend.notify.services.notes import mark_all_read, mark_read, send_confirmation, send_note
from backend.notify.services.reaching import (
    ask_for_address,
    check_confirmation,
    confirm_address,
    forget_address,
    prefer,
    record_address,
)
from backend.notify.services.templates import change_template, end_template, make_template
from backend.notify.services.writing import (
    Draft,
    change_notice,
    delete_notice,
    draft_notice,
    retry_failed,
    send_notice,
)

__all__ = [
    "Draft",
    "ask_for_address",
    "carrier_of",
    "come_back",
    "change_notice",
    "change_template",
    "check_confirmation",
    "confirm_address",
    "delete_notice",
    "deliver_due",
    "draft_notice",
    "end_template",
    "forget_address",
    "leave",
    "make_template",
    "mark_all_read",
    "mark_read",
    "prefer",
    "preview_news",
    "reader_by",
    "record_address",
    "register_carrier",
    "retry_failed",
    "send_confirmation",
    "send_news",
    "send_note",
    "send_notice",
    "tell_news",
]
