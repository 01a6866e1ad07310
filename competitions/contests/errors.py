"""What can keep an event from being made or moved."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError, Invalid


class RulesRefused(Invalid):
    """A rules document with problems, each under its JSON path."""

    code = "rules_refused"
    message = _("These rules cannot be taken. Please mend the marked places.")


class RulesSigned(DomainError):
    """A signed-off version never changes."""

    code = "rules_signed"
    message = _("These rules are already signed off. Adopt a new version instead.")


class RulesUnsigned(DomainError):
    code = "rules_unsigned"
    message = _("The rules are not signed off yet. Check them and sign them off first.")


class RulesInUse(DomainError):
    code = "rules_in_use"
    message = _("Scoring has begun, so the rules of this event can no longer change.")


class EventOpen(DomainError):
    code = "event_open"
    message = _("The data of an event can be changed only until its registration opens.")


class DeadlineMissing(DomainError):
    code = "deadline_missing"
    message = _("Set a registration deadline in the future first, so that schools know until when they can enter.")


class NothingPostponed(DomainError):
    code = "nothing_postponed"
    message = _("These are the dates that already hold.")


class TooLateToPostpone(DomainError):
    code = "too_late_to_postpone"
    message = _("Scoring has begun or the event is cancelled, so its dates can no longer change.")


class HoldingDecided(DomainError):
    code = "holding_decided"
    message = _("There is nothing to decide: the event was not flagged, or the decision is already made.")


class HoldingUndecided(DomainError):
    """An event with too few entries waits for its organisers' word."""

    code = "holding_undecided"
    message = _("Too few teams are entered. First decide whether to hold, cancel or merge this event.")


class HostsFixed(DomainError):
    code = "hosts_fixed"
    message = _("The results are published or the event is cancelled, so its hosts stay as they are recorded.")


class HostBeingSelected(DomainError):
    """A running call offers this event; `call` is its title."""

    code = "host_being_selected"
    message: Any = _("A call is running that selects the host of this event. Cancel it first, or wait for its result.")


class HostsAsBefore(DomainError):
    code = "hosts_as_before"
    message = _("These organisations are the hosts already.")
