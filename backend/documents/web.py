"""Handing documents in, fetching them, judging them; each page or fragment shows only what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.actor import Actor
from backend.core.clock import SHANGHAI
from backend.core.errors import Invalid, NotFound
from backend.core.refs import Ref
from backend.documents import services
from backend.documents.forms import FileForm, ReuseForm, VerdictForm
from backend.documents.projections import VERDICTS, file_name, is_picture, rows, slots
from backend.documents.rulebook import smaller
from backend.documents.selectors import document_of, documents_of, holder_of, kind_of
from backend.ui import registry
from backend.ui.acting import signed_in
from backend.ui.downloads import workbook_download

A_PAGE = 30
LIST, SCREEN = (320, 320), (1600, 1600)  # pixels
ALONE = {  # what a document is sent with: kept nowhere, and no page of this site whatever it holds
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What the actor's school (or the person) has handed in, with what was decided; `?format=xlsx` as a workbook."""
    actor = signed_in(request)
    found, verdict = documents_of(actor), request.GET.get("verdict", "")
    if verdict in VERDICTS:
        found = found.filter(verdict=verdict)
    if request.GET.get("format") == "xlsx":
        columns = [
            (_("Document"), 30),
            (_("Whose"), 40),
            (_("Handed in"), 18),
            (_("Verdict"), 14),
            (_("Reason"), 40),
            (_("Until"), 12),
        ]
        lines = [
            (str(d.label), of, local_minute(d.sent_at), str(VERDICTS[d.verdict][0]), d.reason, d.expires_on or "")
            for d, of in ((row["document"], row["of"]) for row in rows(actor, found))
        ]
        return workbook_download(registry.workbook(_("Documents"), columns, lines), "documents.xlsx")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": rows(actor, page), "verdicts": VERDICTS, "verdict": verdict}
    return render(request, "documents/mine.html", context)


def local_minute(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


@require_GET
def download(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The file itself: always saved, never opened inside this site."""
    actor = signed_in(request)
    found = document_of(actor, uid)
    content = services.content_of(actor=actor, document=found)
    headers = {**ALONE, "Content-Disposition": content_disposition_header(True, file_name(found)) or ""}
    media = found.content.media_type if found.content else "application/octet-stream"
    return HttpResponse(content, content_type=media, headers=headers)


@require_GET
def preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A picture as small as a list of many needs it, or (`?large=1`) as a screen does; of nothing else."""
    actor = signed_in(request)
    found = document_of(actor, uid)
    if not is_picture(found):
        raise NotFound
    content = smaller(services.content_of(actor=actor, document=found), SCREEN if "large" in request.GET else LIST)
    return HttpResponse(content, content_type="image/jpeg", headers=ALONE)


@require_http_methods(["GET", "POST"])
def slot(request: HttpRequest, holder_kind: str, holder_uid: UUID, kind: str) -> HttpResponse:
    """One place of a holder: as a fragment, as a page of its own, and what a file is sent to."""
    actor, holder = signed_in(request), Ref(holder_kind, str(holder_uid))
    holder_of(actor, holder)
    kind_of(kind)
    if request.method == "POST":
        form = _valid(FileForm(request.POST, request.FILES))
        data, sent = form.cleaned_data, form.cleaned_data["file"]
        services.attach(
            actor=actor,
            kind=kind,
            holder=holder,
            content=sent.read(kind_of(kind).asked.max_bytes + 1),
            file_name=sent.name,
            client_id=data["client_id"],
            expires_on=data["expires_on"],
        )
        messages.success(request, _("The document is handed in."))
    return _slot(request, actor, holder, kind)


@require_POST
def reuse(request: HttpRequest, holder_kind: str, holder_uid: UUID, kind: str) -> HttpResponse:
    """Use a document of the same person again."""
    actor, holder = signed_in(request), Ref(holder_kind, str(holder_uid))
    holder_of(actor, holder)
    data = _valid(ReuseForm(request.POST)).cleaned_data
    old = document_of(actor, data["document"])
    services.reuse(actor=actor, document=old, kind=kind, holder=holder, client_id=data["client_id"])
    messages.success(request, _("The document is used here too."))
    return _slot(request, actor, holder, kind)


@require_POST
def replace(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = signed_in(request)
    old = document_of(actor, uid)
    data = _valid(FileForm(request.POST, request.FILES)).cleaned_data
    services.replace(
        actor=actor,
        document=old,
        content=data["file"].read(old.definition.asked.max_bytes + 1),
        file_name=data["file"].name,
        client_id=data["client_id"],
    )
    messages.success(request, _("The document is replaced. The one before stays in the history."))
    return _slot(request, actor, old.holder, old.kind)


@require_POST
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = signed_in(request)
    old = services.remove(actor=actor, document=document_of(actor, uid))
    messages.success(request, _("The document is taken away."))
    return _slot(request, actor, old.holder, old.kind)


@require_POST
def verdict(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Accept a document, or refuse it with a reason."""
    actor = signed_in(request)
    found = document_of(actor, uid)
    data = _valid(VerdictForm(request.POST)).cleaned_data
    if data["verdict"] == "accept":
        services.accept(actor=actor, document=found, expires_on=data["expires_on"])
    else:
        services.refuse(actor=actor, document=found, reason=data["reason"])
    messages.success(request, _("Your decision is kept."))
    return _slot(request, actor, found.holder, found.kind)


@require_POST
def accept_many(request: HttpRequest) -> HttpResponse:
    """Accept all documents that the page showed as waiting."""
    shown = _uids(request.POST.getlist("document"))
    accepted, gone = services.accept_many(actor=signed_in(request), documents=shown)
    if accepted:
        text = ngettext("%(n)s document has passed.", "%(n)s documents have passed.", len(accepted))
        messages.success(request, text % {"n": len(accepted)})
    if gone:
        text = _("%(n)s had been replaced or taken away since you looked. Look at what is there now.")
        messages.warning(request, text % {"n": gone})
    return _back(request) or redirect("documents:mine")


def _uids(written: Iterable[str]) -> list[UUID]:
    try:
        return list({UUID(each) for each in written})
    except ValueError:
        raise NotFound from None


def _back(request: HttpRequest) -> HttpResponse | None:
    """Back to where the form stood."""
    came = request.POST.get("next", "")
    safe = came and url_has_allowed_host_and_scheme(came, allowed_hosts=None)
    return redirect(came) if safe else None


def _slot(request: HttpRequest, actor: Actor, holder: Ref, kind: str) -> HttpResponse:
    """The place anew for htmx; else back to where the form stood, or the place as a page."""
    if getattr(request, "htmx", False):
        shown = slots(actor, holder, [kind])[0]
        return render(request, "documents/_slot.html", {"slot": shown})
    if request.method == "POST":
        return _back(request) or redirect("documents:slot", holder.kind, holder.key, kind)
    context = {"slot": slots(actor, holder, [kind])[0], "where": registry.url_of(holder)}
    return render(request, "documents/place.html", context)


def _valid(form: Any) -> Any:
    if not form.is_valid():
        raise Invalid({name: list(found) for name, found in form.errors.items()})
    return form
