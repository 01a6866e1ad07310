"""News of a programme, told to those whose lines it has."""

from __future__ import annotations

from collections.abc import Iterable

from backend.accounts.models import User
from backend.notify.services import send_note
from competitions.venues.models import Programme
from competitions.venues.rulebook import changes


def tell_of_programme(
    *, recipients: Iterable[User], programme: Programme, before: Programme | None, readers: frozenset[str]
) -> int:
    """Tell of a version if it has or changes lines for those readers. before: the former version.

    readers: the audiences that the recipients belong to. Returns how many were told.
    """
    if before is None:
        count = sum(bool(readers & set(line["audience"].split())) for line in programme.lines)
    else:
        count = sum(bool(readers & change.readers) for change in changes(before.lines, programme.lines))
    if not count:
        return 0
    event = programme.event
    params = {"event": event.name, "number": programme.number, "count": count, "note": programme.note}
    kind = "programme.published" if before is None else "programme.changed"
    return send_note(recipients=recipients, kind=kind, params=params, link=f"/events/{event.code}/programme/")
