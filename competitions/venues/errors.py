"""What can go wrong with venues and sessions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class SessionInUse(DomainError):
    code = "session_in_use"
    message: Any = _("Something rests on this session already, so it cannot be removed. Change its times instead.")


class ScheduleSettled(DomainError):
    code = "schedule_settled"
    message: Any = _("The event's scoring is over; its sessions stay as they were.")


class NoPlaceLeft(DomainError):
    code = "no_place_left"
    message: Any = _("No station equipped for this platform is free in the sessions. Choose another, or ask the host.")


class StationHeld(DomainError):
    code = "station_held"
    message: Any = _("A team counts on the equipment of one of these stations. Move the team to another session first.")


class NothingChanged(DomainError):
    code = "nothing_changed"
    message: Any = _("Nothing has changed since the last version, so there is nothing to publish.")


class ScheduleIsEmpty(DomainError):
    code = "schedule_is_empty"
    message: Any = _("There is nothing in the schedule yet. Add sessions or items first.")


class DeskClosed(DomainError):
    code = "desk_closed"
    status = 409
    message: Any = _("This desk is closed already.")


class DeskEnded(DomainError):
    """What whoever sits at a desk learns when its role has ended."""

    code, status = "desk_ended", 403
    message: Any = _(
        "The organisers have closed this desk. What this device has not sent yet is still on it: ask them for the card "
        "of another desk of this event and sign in with it here, then it is sent."
    )


class ConflictSettled(DomainError):
    code = "conflict_settled"
    status = 409
    message: Any = _("This was looked into already.")


class ReasonNeeded(DomainError):
    code = "reason_needed"
    status = 422
    message: Any = _("Say in a few words what happened.")


REFUSALS: dict[str, Any] = {
    "unknown_person": _("This person or card is not of this event. Load the list again."),
    "unknown_session": _("This session is not of this event. Load the list again."),
    "reason_missing": _("Say why the person is not let in."),
    "not_listed": _("This person does not take part any more. Ask the organisers."),
    "card_ended": _("This card was replaced. Ask for the new one, or check in by name."),
    "papers_missing": _("Not all papers were shown. Tick them, or do not let the person in."),
    "too_late": _("The time to come in was over. Let the person in late with a reason, or not at all."),
    "note_missing": _("Who is let in late needs a reason in words."),
}
