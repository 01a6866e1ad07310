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
