"""What can go wrong with the pool, nominations, panels and seats."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class SeatIsClosed(DomainError):
    code = "seat_is_closed"
    message: Any = _("This seat is closed already.")


class SeatsAreSettled(DomainError):
    code = "seats_are_settled"
    message: Any = _("Scoring is open: its sheets are laid out, so no seat can be added and no recorder changed now.")


class TooManyNominations(DomainError):
    code = "too_many_nominations"
    message: Any = _("The school has named as many judges for this event as its rules allow. Withdraw one first.")


class OwnStaff(DomainError):
    code = "own_staff"
    message: Any = _("A school does not name its own people for this event. Name somebody of another employer.")


class TakesPart(DomainError):
    code = "takes_part"
    message: Any = _("This person is in a team of the event and cannot judge it.")


class AlreadyNamed(DomainError):
    code = "already_named"
    message: Any = _("This person is named for the event already.")


class ReasonMissing(DomainError):
    code, status = "reason_missing", 422
    message: Any = _("Write the reason first: it is kept with the decision.")


class NominationsAreOver(DomainError):
    code = "nominations_are_over"
    message: Any = _("Judges are named until the draw; this event is past it or not open yet.")


class PlanIsOld(DomainError):
    code = "plan_is_old"
    message: Any = _("Something changed since the panels were proposed and a rule is broken now. Propose them again.")


class BreaksAHardRule(DomainError):
    """details: `rules`, the codes of the rules that would be broken."""

    code = "breaks_a_hard_rule"
    message: Any = _("This person cannot sit there: a rule that gives no way would be broken.")


class PanelsAreConfirmed(DomainError):
    code = "panels_are_confirmed"
    message: Any = _("The panels of this round are confirmed. Close single seats instead.")
