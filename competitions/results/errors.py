"""What can go wrong between tally and publication."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError, Invalid

PROBLEMS: dict[str, Any] = {
    "SPREAD": _("the judges' levels lie too far apart; the panel scores again"),
    "INCOMPLETE": _("marks are missing"),
    "TIE": _("a full tie is not resolved"),
    "TIE_AT_EDGE": _("a tie at the edge of an award is to be decided"),
}


class NotComplete(Invalid):
    code = "results_not_complete"
    message: Any = _("Results cannot be tallied yet. Settle what is named here first.")


class StaleTally(DomainError):
    code = "stale_tally"
    message: Any = _("The document has changed since you opened it. Read the present one before you sign.")


class SecondPersonNeeded(DomainError):
    code = "second_person_needed"
    message: Any = _("Two people sign: this account has signed already.")


class SecondDeviceNeeded(DomainError):
    code = "second_device_needed"
    message: Any = _("Two people sign on two devices: the first signature was given on this one. Use another device.")


class NotSigned(DomainError):
    code = "not_signed"
    message: Any = _("Publishing needs the signatures of the chief judge and of a supervisor.")


class ReasonMissing(Invalid):
    code = "reason_missing"
    message: Any = _("A correction needs its reason; it is printed with the new number.")


class NoPromotion(DomainError):
    code = "no_promotion"
    message: Any = _("This event has no next stage, or its rules do not say who goes on. Set both first.")


class NotPublished(DomainError):
    code = "not_published"
    message: Any = _("Nobody goes on before the result is published.")


class NextStageClosed(DomainError):
    code = "next_stage_closed"
    message: Any = _("Registration of the next stage is over, so no teams can be entered there any more.")
