"""What an account owes before it may act: a new password, and an officer's second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from backend.accounts.errors import PasswordDue, SecondFactorMissing
from backend.core.errors import DomainError
from backend.ui.refusing import refuse

Next = Callable[[HttpRequest], HttpResponse]
ALWAYS = ("/sign-in/", "/sign-out/", "/card/", "/password/", "/second-factor/", "/role/", "/language/", "/static/")


class Owed:
    """Stands behind `ActingRole`: which role acts decides whether a second factor is owed."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        owed = None if request.path.startswith(ALWAYS) else self.owed(request)
        if owed is None:
            return self.get_response(request)
        if request.path.startswith("/api/") or getattr(request, "htmx", False):
            return refuse(request, owed)
        return redirect(owed.link)

    @staticmethod
    def owed(request: Any) -> DomainError | None:
        if not request.user.is_authenticated or request.session.get("bound"):
            return None
        if request.user.must_change_password or request.session.get("by_card") == "password":
            return PasswordDue(link="/password/")
        if settings.MFA_REQUIRED and request.actor.role in settings.MFA_ROLES and not request.session.get("second"):
            return SecondFactorMissing(link="/second-factor/")
        return None
