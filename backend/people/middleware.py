"""Every request acts in one role: the session remembers which grant was chosen."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from backend.core.actor import PUBLIC, Actor
from backend.people.selectors import actor_for

Next = Callable[[HttpRequest], HttpResponse]


class ActingRole:
    """Puts `request.actor` there; a role that was revoked is gone with the next request."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = self.actor_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    @staticmethod
    def actor_of(request: HttpRequest) -> Actor:
        if not request.user.is_authenticated:
            return PUBLIC
        session = request.session
        return actor_for(
            request.user,
            grant_uid=session.get("grant"),
            device=session.get("device", ""),
            bound=bool(session.get("bound")),
        )
