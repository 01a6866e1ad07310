"""The marking scheme, opening of scoring, and the chief judge's inbox."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.core.errors import Invalid, NotFound
from backend.ui.acting import acting
from competitions.contests.selectors import event_of
from competitions.draw.models import Work
from competitions.scoring import services
from competitions.scoring.errors import SchemeDoesNotAddUp
from competitions.scoring.models import Scheme
from competitions.scoring.permissions import is_chief, may_prepare, may_watch
from competitions.scoring.selectors import open_spreads, progress_of
from competitions.scoring.selectors.waiting import effects_of_locking
from competitions.scoring.web.exports import progress_as_xlsx, scheme_as_xlsx, state_words

MOST_BYTES = 20 * 1024 * 1024


@require_http_methods(["GET", "POST"])
def scheme(request: HttpRequest, event_code: str) -> HttpResponse:
    """Upload, look at, lock the marking scheme; open scoring."""
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_prepare(actor, event):
        raise NotFound
    round = event.rounds.latest("number")
    problems: dict[str, Any] = {}
    if request.method == "POST":
        try:
            _act(request, actor, round)
            return redirect("scoring:scheme", event_code=event.code)
        except SchemeDoesNotAddUp as error:
            problems = error.problems
    found = Scheme.objects.filter(round=round, state__in=["draft", "locked"]).order_by("-version").first()
    subs = found.sub_criteria.prefetch_related("aspects") if found else []
    if found is not None and request.GET.get("format") == "xlsx":
        return scheme_as_xlsx(event.code, subs)
    effects = effects_of_locking(found) if found else {}
    context = {"event": event, "scheme": found, "subs": subs, "problems": problems, "effects": effects}
    return render(request, "scoring/scheme.html", context, status=422 if problems else 200)


def _act(request: HttpRequest, actor: Any, round: Any) -> None:
    verb = request.POST.get("verb")
    if verb == "upload":
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > MOST_BYTES:
            raise Invalid({"file": _("Choose an .xlsx file of at most 20 MB.")})
        services.import_scheme(actor=actor, round=round, content=file.read(), file_name=file.name or "")
        messages.success(request, _("The scheme adds up. Look at it, then lock it."))
    elif verb == "lock":
        draft = Scheme.objects.filter(round=round, state="draft").first()
        if draft is None:
            raise NotFound
        services.lock_scheme(actor=actor, scheme=draft)
        messages.success(request, _("The scheme is locked."))
    elif verb == "open":
        count = services.open_scoring(actor=actor, round=round)
        messages.success(request, _("Scoring is open: %(n)s sheets are laid out.") % {"n": count})


@require_http_methods(["GET", "POST"])
def inbox(request: HttpRequest, event_code: str) -> HttpResponse:
    """What disagrees and what is open; nothing here overwrites a mark."""
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_watch(actor, event):
        raise NotFound
    round = event.rounds.latest("number")
    if request.method == "POST":
        work = Work.objects.filter(round=round, code=request.POST.get("work", "")).first()
        if work is None:
            raise NotFound
        status, reason = request.POST.get("status", ""), request.POST.get("reason", "")
        services.note_status(actor=actor, work=work, status=status, reason=reason)
        messages.success(request, _("Noted."))
        return redirect("scoring:inbox", event_code=event.code)
    progress = progress_of(round)
    if request.GET.get("format") == "xlsx":
        return progress_as_xlsx(event.code, progress)
    context = {
        "event": event,
        "progress": progress,
        "spreads": open_spreads(event),
        "chief": is_chief(actor, event),
        "states": state_words(),
    }
    return render(request, "scoring/inbox.html", context)
