"""The words of check-in: pages, workbooks and desks say the same."""

from typing import Any

from django.utils.translation import gettext_lazy as _

VERDICT_WORDS: dict[str, Any] = {
    "admitted": _("let in"),
    "late_admitted": _("let in late"),
    "refused": _("not let in"),
}
PAPER_WORDS: dict[str, Any] = {
    "id_card": _("ID card"),
    "student_card": _("Student card"),
    "participation_card": _("Participation card"),
}
REASON_WORDS: dict[str, Any] = {
    "photo_differs": _("Not the person in the photo"),
    "no_id_card": _("ID card missing"),
    "no_student_card": _("Student card missing"),
    "no_participation_card": _("Participation card missing"),
    "not_listed": _("Not on the list"),
    "card_ended": _("Card was replaced"),
    "wrong_session": _("Another session"),
    "too_late": _("Too late"),
    "other": _("Other reason"),
}
METHOD_WORDS: dict[str, Any] = {"qr": _("by code"), "manual": _("by hand")}
