"""Telling a school what was decided about its entry."""

from __future__ import annotations

from django.urls import reverse

from backend.notify.services import send_note
from competitions.registration.models import Entry
from competitions.registration.selectors.reviewing import coordinators_of


def tell_school(*, entry: Entry, happened: str) -> int:
    """One note to each coordinator, in the caller's transaction; its text is that of `entry.<happened>`."""
    return send_note(
        recipients=coordinators_of(entry.school),
        kind=f"entry.{happened}",
        params={"event": f"{entry.event.code} {entry.event.name}", "team": entry.team_number},
        link=reverse("registration:entry", args=[entry.uid]),
    )
