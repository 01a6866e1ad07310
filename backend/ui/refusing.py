"""How a refusal reaches a person or a machine: a page, an htmx toast or problem+json."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from backend.core.errors import DomainError, Invalid
from backend.ui.problems import problem_of


def refuse(request: HttpRequest, error: DomainError, **words: Any) -> HttpResponse:
    """The answer to a DomainError in the form the client can show. words: `heading`, `advice` of the page."""
    if request.path.startswith("/api/"):
        return JsonResponse(problem_of(error), status=error.status, content_type="application/problem+json")
    problems = error.problems if isinstance(error, Invalid) else {}
    what, more = first_sentence(str(error))
    context = {"error": error, "what": what, "more": more, "way": way_of(error), "problems": problems}
    context |= {"status": error.status, "back": back_of(request), **words}
    if not getattr(request, "htmx", False):
        return render(request, "ui/refused.html", context, status=error.status)
    response = render(request, "ui/_toast.html", context, status=error.status)
    response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
    return response


def first_sentence(text: str) -> tuple[str, str]:
    """A page's heading, without its full stop, and what is said below it."""
    head, *more = re.split(r"(?<=。)|(?<=\. )", text, maxsplit=1)
    return head.rstrip("。. "), "".join(more)


def way_of(error: DomainError) -> str:
    """What the link of a refusal is called."""
    signing_in = getattr(error, "link", "").startswith(("/sign-in/", "/card/"))
    return _("Sign in") if signing_in else _("Mend it here")


def back_of(request: HttpRequest) -> str:
    """The page of this site the person came from, "" when there is none or it is this one."""
    came, here = request.headers.get("Referer", ""), request.build_absolute_uri("/")
    if not came.startswith(here) or came == request.build_absolute_uri():
        return ""
    return "/" + came.removeprefix(here)
