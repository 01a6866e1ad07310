"""What can go wrong with schemes, sheets and marks."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError, Invalid


class SchemeDoesNotAddUp(Invalid):
    code = "scheme_refused"
    message: Any = _("The marking scheme cannot be taken: mend the named cells and upload it again.")


class SchemeLocked(DomainError):
    code = "scheme_locked"
    message: Any = _("The marking scheme is locked; marks rest on it.")


class NotReadyToScore(DomainError):
    code = "not_ready_to_score"
    message: Any = _("Scoring cannot begin: lock a marking scheme, draw the entries and give every work a panel first.")


class HandoverRefused(Invalid):
    code = "handover_refused"
    message: Any = _("The seat stays open: mend what is named.")


class SheetIncomplete(Invalid):
    code = "sheet_incomplete"
    message: Any = _("This sheet is not complete yet.")


class ScoringClosed(DomainError):
    code = "not_scoring"
    message: Any = _("Scoring of this event is not open; sheets are neither filled in nor submitted now.")


class RecorderNotDone(DomainError):
    code = "recorder_not_done"
    message: Any = _("The recorder has not submitted the measurements yet. Your own levels are safe; submit then.")
