"""Sign-off on codes, and the published results."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from backend.core.errors import NotFound
from backend.core.permissions import require
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from competitions.contests.permissions import may_organise
from competitions.contests.selectors import event_of, next_stage_of
from competitions.results import services
from competitions.results.enums import PROMOTION_REASONS
from competitions.results.models import Publication
from competitions.results.permissions import duty_of, may_publish, may_see_tally, may_tally
from competitions.results.render import signatures_xlsx
from competitions.results.selectors import (
    award_rows,
    effects_of,
    hash_groups,
    own_rows,
    publication_of,
    round_of,
    tally_of,
    work_of,
)


@never_cache
@require_http_methods(["GET", "POST"])
def sign_off(request: HttpRequest, event_code: str) -> HttpResponse:
    """Tally, sign, publish: each by the one who may."""
    actor = acting(request)
    event = event_of(actor, event_code)
    if not may_see_tally(actor, event):
        raise NotFound
    round = round_of(event)
    if request.method == "POST":
        _act(request, actor, round)
        return redirect("results:sign_off", event_code=event.code)
    if request.GET.get("format") == "xlsx":
        return workbook_download(signatures_xlsx(round), f"{event.code}-signatures.xlsx")
    tally = tally_of(actor, event)
    context = {
        "event": event,
        "tally": tally,
        "signatures": {s.duty: s for s in tally.signatures.all()} if tally else {},
        "rows": tally.results["results"] if tally else [],
        "names": {t["code"]: t.get("name", t["code"]) for t in (tally.document.get("awards") or {}).get("tiers", [])}
        if tally
        else {},
        "groups": hash_groups(tally.results_sha256) if tally else [],
        "effects": effects_of(tally) if tally else {},
        "duty": duty_of(actor, event),
        "may_tally": may_tally(actor, event) and event.state in ("scoring", "tallied", "signed", "published"),
        "may_publish": may_publish(actor, event),
        "may_correct": may_publish(actor, event) and event.state == "published",
        "publication": publication_of(actor, event.code)[1],
    }
    return render(request, "results/sign_off.html", context)


def _act(request: HttpRequest, actor: Any, round: Any) -> None:
    verb = request.POST.get("verb")
    if verb == "correct":
        _correct(request, actor, round)
    elif verb == "tally":
        services.make_tally(actor=actor, round=round)
        messages.success(request, _("Tallied. Now the chief judge and a supervisor sign."))
    elif verb == "sign":
        tally = tally_of(actor, round.event)
        if tally is None:
            raise NotFound
        password, sha256 = request.POST.get("password", ""), request.POST.get("sha256", "")
        services.sign_tally(
            actor=actor, tally=tally, password=password, sha256=sha256, device_index=_device_index(request)
        )
        messages.success(request, _("Signed."))
    elif verb == "publish":
        services.publish(actor=actor, round=round, reason=request.POST.get("reason", ""))
        messages.success(request, _("Published. Certificates are being issued."))


def _device_index(request: HttpRequest) -> str:
    """Which browser signs, as the sign-in noted it; "" where one may serve both signers."""
    return str(request.session.get("browser", "")) if settings.SIGN_ON_TWO_DEVICES else ""


def _correct(request: HttpRequest, actor: Any, round: Any) -> None:
    work = work_of(round, request.POST.get("work", ""))
    status, reason = request.POST.get("status", ""), request.POST.get("reason", "")
    services.prepare_correction(actor=actor, work=work, status=status, reason=reason)
    messages.success(request, _("Corrected and tallied again. Now the chief judge and a supervisor sign."))


@require_GET
def results(request: HttpRequest, event_code: str) -> HttpResponse:
    """The newest publication, for everybody."""
    actor = acting(request)
    event, publication = publication_of(actor, event_code)
    if publication is None:
        return render(request, "results/results.html", {"event": event, "publication": None})
    full = may_see_tally(actor, event)
    if request.GET.get("format") == "xlsx":
        return _as_xlsx(publication, full)
    context = {
        "event": event,
        "publication": publication,
        "rows": publication.snapshot["rows"] if full else award_rows(publication),
        "own": own_rows(actor, event, publication),
        "full": full,
    }
    return render(request, "results/results.html", context)


def _as_xlsx(publication: Publication, full: bool) -> HttpResponse:
    """The list as the page shows it: totals and those without an award only for who watched over scoring."""
    titles = [_("Rank"), _("School"), _("Contestants"), _("Instructors"), _("Award"), *([_("Total")] if full else [])]
    shown = publication.snapshot["rows"] if full else award_rows(publication)
    rows = (
        [
            "" if r["rank"] is None else r["rank"],
            r["school"],
            "、".join(r["contestants"]),
            "、".join(r["instructors"]),
            r["award_name"],
            *([r["total"] or ""] if full else []),
        ]
        for r in shown
    )
    code = publication.snapshot["event"]["code"]
    content = write_xlsx([OutColumn(t) for t in titles], rows, title=_("Results"))
    return workbook_download(content, f"{code}-results-{publication.number}.xlsx")


@require_http_methods(["GET", "POST"])
def promotion(request: HttpRequest, event_code: str) -> HttpResponse:
    """Who goes on to the next stage, who does not and why; entering them is one step of the next stage's organisers."""
    actor = acting(request)
    event = event_of(actor, event_code)
    after = next_stage_of(actor, event)
    organising = may_organise(actor, event) or (after is not None and may_organise(actor, after))
    require(organising, _("Only the organisers of the next stage enter its teams."))
    report = None
    if request.method == "POST":
        report = services.promote(actor=actor, event=event)
        count = len(report.made)
        messages.success(request, ngettext("%(n)s team entered.", "%(n)s teams entered.", count) % {"n": count})
    publication, choice = services.preview_promotion(event=event)
    context = {
        "event": event,
        "after": after,
        "publication": publication,
        "choice": choice,
        "left_out": [(row, PROMOTION_REASONS[reason]) for row, reason in choice.left_out],
        "report": report,
        "may_promote": after is not None and may_organise(actor, after) and after.state in ("draft", "registering"),
    }
    return render(request, "results/promotion.html", context)
