"""The words for roles and the punctuation of remarks, the same on every page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

ROLES: dict[str, Any] = {
    "sys_admin": _("System officer"),
    "group_secretary": _("Group secretary"),
    "organiser": _("Organiser"),
    "school_coordinator": _("Coordinator of a school or enterprise"),
    "bureau_reviewer": _("Bureau reviewer"),
    "chief_judge": _("Chief judge"),
    "supervisor": _("Supervisor"),
    "checkin_officer": _("Check-in desk"),
    "judge": _("Judge"),
    "expert": _("Expert"),
    "contestant": _("Contestant"),
    "public": _("No role yet"),
    "system": _("The system"),
}


def role_name(role: str) -> str:
    """The role's name in the reader's language."""
    return str(ROLES.get(role, role))


def joined(parts: Iterable[str]) -> str:
    """Several remarks in one line, in the reader's punctuation: a part's own full stop gives way to the next one."""
    said = [str(part) for part in parts if part]
    between = "；" if (get_language() or "").startswith("zh") else "; "
    return between.join([*(part.rstrip("。.;；") for part in said[:-1]), *said[-1:]])
