"""What the room answers."""

from backend.notify.selectors.audiences import (
    Addressee,
    Audience,
    addressees,
    audience_of,
    audiences,
    keys_of,
    problems_of_text,
    register_audience,
)
from backend.notify.selectors.groups import coordinators_of
from backend.notify.selectors.inbox import body_of, inbox, is_duty, register_text, text_of, unread_count, words_of
from backend.notify.selectors.reach import CONFIRM, address_of, preview_of, reach_of, reached, wanted
from backend.notify.selectors.sent import (
    FAILURES,
    STATES,
    failure_words,
    notice_of,
    notices_of,
    recipients_of,
    tally_of,
    template_of,
    templates_of,
    title_of,
)

__all__ = [
    "CONFIRM",
    "FAILURES",
    "STATES",
    "Addressee",
    "Audience",
    "address_of",
    "addressees",
    "audience_of",
    "audiences",
    "body_of",
    "coordinators_of",
    "failure_words",
    "inbox",
    "is_duty",
    "keys_of",
    "notice_of",
    "notices_of",
    "problems_of_text",
    "preview_of",
    "reach_of",
    "reached",
    "recipients_of",
    "register_audience",
    "register_text",
    "tally_of",
    "template_of",
    "templates_of",
    "text_of",
    "title_of",
    "unread_count",
    "wanted",
    "words_of",
]
