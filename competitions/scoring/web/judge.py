"""The judge's tablet: one page; what it shows comes from the judge's API."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from backend.core.errors import NotAllowed
from backend.people.enums import Role, ScopeKind
from backend.ui.acting import acting
from competitions.scoring.web.words import judge_words


@never_cache
@ensure_csrf_cookie
@require_GET
def judge(request: HttpRequest) -> HttpResponse:
    """Only a seat scores; who is not signed in is asked for the card."""
    actor = acting(request)
    if actor.anonymous:
        return redirect("/card/?next=/judge/")
    if actor.role == Role.CHECKIN_OFFICER:  # every card of a seat opens here, that of a check-in desk too
        return redirect("venues:check_in", event_code=actor.scope_key(ScopeKind.EVENT))
    seat = actor.scope_key(ScopeKind.SEAT)
    if seat is None:
        raise NotAllowed(_("Only a judge's seat scores. Act as the judge, or sign in with the card."), link="/role/")
    return render(request, "scoring/judge.html", {"seat": seat, "words": judge_words()})
