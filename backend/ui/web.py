"""The first page, the language switch and the pages for what went wrong."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from backend.core.actor import PUBLIC
from backend.core.errors import DomainError, NotFound
from backend.ui import registry
from backend.ui.problems import problem_of


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Work waiting for this person first; visitors see what is going on."""
    actor = request.actor  # type: ignore[attr-defined]
    waiting = [] if actor.anonymous else registry.todos_of(actor)
    return render(request, "ui/home.html", {"todos": waiting, "panels": registry.panels_of("home", actor, None)})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language in a cookie and go back."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 86400, samesite="Lax")
    return response


def _failed(request: HttpRequest, error: DomainError) -> HttpResponse:
    if not hasattr(request, "actor"):
        request.actor = PUBLIC  # type: ignore[attr-defined]
    if request.path.startswith("/api/"):
        return JsonResponse(problem_of(error), status=error.status, content_type="application/problem+json")
    return render(request, "ui/refused.html", {"error": error, "problems": {}}, status=error.status)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: no such address, or not yours to see."""
    return _failed(request, NotFound())


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403 of Django itself."""
    error = DomainError(_("You do not have permission for this."), code="not_allowed")
    error.status = 403
    return _failed(request, error)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    error = DomainError(_("This form is too old. Open the page again and repeat what you did."), code="csrf")
    error.status = 403
    return _failed(request, error)


def crashed(request: HttpRequest) -> HttpResponse:
    """500: our fault; the request id finds the reason in the log."""
    error = DomainError(_("Something went wrong on our side. If it stays, tell us the request id."), code="crash")
    error.status = 500
    return _failed(request, error)
