"""The inbox."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.notify import selectors, services
from backend.ui.acting import signed_in
from backend.ui.downloads import workbook_download
from backend.ui.registry import workbook

PER_PAGE = 30
MOST_ROWS = 5000


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What one was told, the newest first."""
    actor = signed_in(request)
    if request.GET.get("format") == "xlsx":
        return workbook_download(_workbook(actor), "messages.xlsx")
    page = Paginator(selectors.inbox(actor), PER_PAGE).get_page(request.GET.get("page"))
    notes = [{"note": n, "text": selectors.text_of(n), "body": selectors.body_of(n)} for n in page]
    shown = {"page": page, "notes": notes, "unread": selectors.unread_count(actor)}
    return render(request, "notify/inbox.html", shown)


@require_POST
def read(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mark a note read and go where it points."""
    actor = signed_in(request)
    note = selectors.inbox(actor).filter(uid=uid).first()
    if note is None:
        raise NotFound
    services.mark_read(actor=actor, note=note)
    safe = note.link and url_has_allowed_host_and_scheme(note.link, allowed_hosts=None)
    return redirect(note.link if safe else "notify:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    services.mark_all_read(actor=signed_in(request))
    return redirect("notify:inbox")


def _workbook(actor: Actor) -> bytes:
    columns = [(_("Sent"), 18), (_("Message"), 60), (_("Text"), 60), (_("Have read"), 18)]
    notes = selectors.inbox(actor)[:MOST_ROWS]
    rows = ([told(n.sent_at), selectors.text_of(n), selectors.body_of(n), told(n.read_at)] for n in notes)
    return workbook(_("Messages"), columns, rows)


def told(moment: datetime | None) -> str:
    """A moment as lists show it, "" for none."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
