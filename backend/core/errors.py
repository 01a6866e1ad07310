"""Errors that a person can act on; everything else crashes loudly."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Something the person can mend: translated message, HTTP status and a stable code.

    code: machine name of the fact; status: HTTP status; details: plain JSON values for problem+json (never personal).
    """

    code = "refused"
    status = 409
    message: Any = _("This is not possible at the moment.")

    def __init__(self, message: Any = None, *, code: str = "", link: str = "", **details: Any) -> None:
        if message is not None:
            self.message = message
        if code:
            self.code = code
        self.link = link  # where the person can mend it
        self.details = details
        super().__init__(str(self.code))

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DomainError):
    """The actor may see the thing but not do this."""

    code, status = "not_allowed", 403
    message = _("You do not have permission for this.")


class NotFound(DomainError):
    """What the actor may not know exists."""

    code, status = "not_found", 404
    message = _("There is no such page or record, or it is not yours to see.")


class IllegalMove(DomainError):
    """A lifecycle does not allow this step from the present state."""

    code = "illegal_move"
    message = _("This step is not possible in the present state.")


class BodyTooLarge(DomainError):
    """More than somebody who has not signed in may send."""

    code, status = "body_too_large", 413
    message = _("This is more than can be sent without signing in; nothing was kept. Sign in, or shorten it.")


class BodyBeyondAll(BodyTooLarge):
    """More than anybody may send at once."""

    message = _("This is more than can be sent at once; nothing was kept. Send fewer or smaller files at a time.")


class Unavailable(DomainError):
    """The database does not answer: it restarts, or everybody waits for one row."""

    code, status = "unavailable", 503
    message = _("The system is restarting a part of itself; nothing was saved. Please try again in a minute.")


class Invalid(DomainError):
    """Input that cannot be taken; `problems` names every field with its message, all at once."""

    code, status = "invalid", 422
    message = _("Please mend the marked places.")

    def __init__(self, problems: dict[str, Any] | None = None, message: Any = None, **details: Any) -> None:
        self.problems = problems or {}
        super().__init__(message, **details)
