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
