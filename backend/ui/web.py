"""The first page, the language switch and the pages for what went wrong."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.i18n import set_language

from backend.core.errors import DomainError, NotAllowed, NotFound, Unavailable
from backend.ui import registry
from backend.ui.acting import acting
from backend.ui.refusing import refuse

language = set_language
BROKEN = gettext_lazy("Something broke on our side. Please try again in a minute.")
RETRY_SECONDS = 10  # after which a machine may ask again


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the signed-in; what this is for everybody else."""
    actor = acting(request)
    panels = registry.panels_of("home", actor, None)
    if actor.anonymous:
        return render(request, "ui/home.html", {"panels": panels})
    return render(request, "ui/first.html", {"panels": panels, "todos": registry.todos_of(actor)})


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    advice = _(
        "Check the address, or start from the first page. If you were sent this link, your role may not reach it."
    )
    return refuse(request, NotFound(), heading=_("Page not found"), advice=advice)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, NotAllowed(), heading=_("Not permitted"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page or from elsewhere: nothing was saved, and a fresh page mends it."""
    words = _("This page was open too long or came from elsewhere, so nothing was saved. Reload it and send again.")
    error = NotAllowed(words, code="csrf", link=request.get_full_path() if request.method == "POST" else "/")
    return refuse(request, error, heading=_("Please send it once more"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Says that it is our fault; the page asks the database for nothing.

    A database that does not answer (it restarts, or everybody waits for one row) is told apart: 503, try again.
    """
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    error = Unavailable() if away else DomainError(BROKEN, code="broken")
    error.status = Unavailable.status if away else 500
    if request.path.startswith("/api/") or getattr(request, "htmx", False):
        response = refuse(request, error, show_request_id=True)
    else:
        response = render(request, "ui/broken.html", {"away": away}, status=error.status)
    if away:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response
