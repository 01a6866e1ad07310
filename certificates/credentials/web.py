"""The public verification page, and the list of certificates for those they concern."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.services.tries import counted
from backend.core.errors import NotAllowed
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import acting, signed_in
from backend.ui.downloads import workbook_download
from certificates.credentials import services
from certificates.credentials.models import Credential
from certificates.credentials.permissions import OFFICERS, may_list
from certificates.credentials.selectors import (
    by_token,
    credential_of,
    credentials_of,
    name_matches,
    verification_of,
)


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """How to check a certificate; a typed code leads to its page."""
    code = request.GET.get("code", "").strip().rsplit("/", 1)[-1]
    if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", code):
        return redirect("credentials:verify", token=code)
    return render(request, "credentials/about.html")


@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a certificate is real; a typed name is answered with yes or no only."""
    credential = by_token(token)
    answer = ""
    if request.method == "POST":
        answer = "same" if _named(request, credential) else "different"
    context = {"facts": verification_of(credential), "answer": answer, "issued_on": credential.issued_on}
    response = render(request, "credentials/verify.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


class _NameDiffers(Exception):
    """Counts as a wrong try, so that names cannot be guessed one after the other."""


def _named(request: HttpRequest, credential: Credential) -> bool:
    try:
        with counted(("verify-name", f"{request.META.get('REMOTE_ADDR')}|{credential.token}")):
            if not name_matches(credential, request.POST.get("name", "")[:80]):
                raise _NameDiffers
    except _NameDiffers:
        return False
    return True


@require_GET
def certificates(request: HttpRequest) -> HttpResponse:
    """Certificates that concern the reader."""
    actor = acting(request)
    if not may_list(actor):
        raise NotAllowed(link="/sign-in/?next=/certificates/")
    chosen = {name: request.GET.get(name, "").strip()[:40] for name in ("event", "state")}
    found = credentials_of(actor, event_code=chosen["event"], state=chosen["state"])
    if request.GET.get("format") == "xlsx":
        return _as_xlsx(found)
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    rows = [{"credential": c, "holder": c.reveal("holder_name")} for c in page]
    context = {"page_obj": page, "rows": rows, "officer": actor.role in OFFICERS, "chosen": chosen}
    return render(request, "credentials/list.html", context)


def _as_xlsx(found: Any) -> HttpResponse:
    columns = [OutColumn(_(t)) for t in ("Number", "Holder", "School", "Event", "Award", "Date", "State")]
    states = {"valid": _("Valid"), "replaced": _("Replaced"), "revoked": _("Revoked")}
    rows = (
        [
            c.number,
            c.reveal("holder_name"),
            c.public_facts.get("school", ""),
            c.public_facts.get("event", ""),
            c.public_facts.get("award", ""),
            c.issued_on,
            states[c.state],
        ]
        for c in found
    )
    return workbook_download(write_xlsx(columns, rows, title=_("Certificates")), "certificates.xlsx")


@require_GET
def download(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The PDF, for those who may know of the certificate."""
    credential = credential_of(acting(request), uid)
    response = HttpResponse(services.printed(credential), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{credential.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def end_many(request: HttpRequest) -> HttpResponse:
    """Revoke or reissue the ticked certificates, or all of an event, behind the request."""
    actor = signed_in(request)
    if actor.role not in OFFICERS:
        raise NotAllowed
    event_code = request.POST.get("event", "").strip()[:40]
    found = credentials_of(actor, event_code=event_code, state="valid")
    if not (request.POST.get("all") and event_code):
        found = found.filter(uid__in=_uids(request.POST.getlist("credential")))
    verb = "revoke" if request.POST.get("verb") == "revoke" else "reissue"
    n = services.end_many(actor=actor, credentials=list(found), verb=verb, reason=request.POST.get("reason", ""))
    words = ngettext("%(n)s certificate is being ended.", "%(n)s certificates are being ended.", n)
    messages.success(request, words % {"n": n} + " " + _("The list shows it in a moment."))
    return redirect("credentials:certificates")


def _uids(written: list[str]) -> list[UUID]:
    return [UUID(text) for text in written if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)]


@require_POST
def end(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """Revoke or reissue, with a reason."""
    actor = acting(request)
    credential = credential_of(actor, uid)
    act = {"revoke": services.revoke, "reissue": services.reissue}[verb]
    act(actor=actor, credential=credential, reason=request.POST.get("reason", ""))
    return redirect("credentials:certificates")
