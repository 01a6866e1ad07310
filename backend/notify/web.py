"""The inbox."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from backend.core.actor import Actor
from backend.core.errors import NotAllowed, NotFound
from backend.notify import selectors, services
from backend.ui.acting import acting

PER_PAGE = 30


def _recipient(request: HttpRequest) -> Actor:
    actor = acting(request)
    if actor.user_id is None:
        raise NotAllowed(_("Sign in first."), link="/sign-in/?next=/inbox/")
    return actor


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What one was told, the newest first."""
    actor = _recipient(request)
    page = Paginator(selectors.inbox(actor), PER_PAGE).get_page(request.GET.get("page"))
    notes = [{"note": note, "text": selectors.text_of(note)} for note in page]
    shown = {"page": page, "notes": notes, "unread": selectors.unread_count(actor)}
    return render(request, "notify/inbox.html", shown)


@require_POST
def read(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mark a note read and go where it points."""
    actor = _recipient(request)
    note = selectors.inbox(actor).filter(uid=uid).first()
    if note is None:
        raise NotFound
    services.mark_read(actor=actor, note=note)
    safe = note.link and url_has_allowed_host_and_scheme(note.link, allowed_hosts=None)
    return redirect(note.link if safe else "notify:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    services.mark_all_read(actor=_recipient(request))
    return redirect("notify:inbox")
