"""Quotas as organisers see and adjust them, and what a school states about its people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.core.actor import Actor
from backend.core.errors import Invalid, NotFound
from backend.core.permissions import require
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from competitions.contests.models import Edition, Event
from competitions.contests.permissions import may_organise, may_run
from competitions.contests.rulebook import read_rules
from competitions.contests.selectors import edition_of, event_of
from competitions.registration import services
from competitions.registration.forms.quotas import AdjustForm, BaseForm
from competitions.registration.models import QuotaAdjustment
from competitions.registration.selectors.quota_lines import HolderRow, holder_rows

A_PAGE = 30


@require_http_methods(["GET", "POST"])
def event_quotas(request: HttpRequest, event_code: str) -> HttpResponse:
    """Who holds how much of an event's quota, why, and how much is left."""
    actor = acting(request)
    event = event_of(actor, event_code)
    require(may_organise(actor, event), _("Only the organisers change a quota."))
    return _quotas(request, actor, event)


@require_http_methods(["GET", "POST"])
def edition_quotas(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same over all events of an edition."""
    actor, edition = acting(request), edition_of(uid)
    require(may_run(actor, edition), _("Only the organisers change a quota."))
    return _quotas(request, actor, edition)


def _quotas(request: HttpRequest, actor: Actor, of: Event | Edition) -> HttpResponse:
    rule = read_rules(of.rule_set.rules).quota if of.rule_set is not None else None
    rows = holder_rows(of)
    if request.GET.get("format") == "xlsx":
        return workbook_download(_workbook(rows), "quotas.xlsx")
    acts = {"adjust": (AdjustForm, _adjust), "base": (BaseForm, _set_base)}
    forms: dict[str, Any] = {
        name: form(request.POST if request.POST.get("act") == name else None, of=of, rule=rule)
        for name, (form, _act) in acts.items()
    }
    name = request.POST.get("act", "")
    if rule is not None and name in acts and forms[name].is_valid():
        try:
            acts[name][1](actor, of, forms[name].cleaned_data)
        except Invalid as invalid:
            for field, text in invalid.problems.items():
                forms[name].add_error(field if field in forms[name].fields else None, text)
        else:
            messages.success(request, _("Saved."))
            return redirect(request.path)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"of": of, "event": of if isinstance(of, Event) else None, "rule": rule, "page": page, "forms": forms}
    return render(request, "registration/quotas.html", context)


def _adjust(actor: Actor, of: Event | Edition, data: dict[str, Any]) -> None:
    services.adjust_quota(actor=actor, of=of, **data)


def _set_base(actor: Actor, of: Event | Edition, data: dict[str, Any]) -> None:
    services.set_base(actor=actor, of=of, **data)


def _workbook(rows: list[HolderRow]) -> bytes:
    titles = (_("Holder of the quota"), _("Base"), _("Class"), _("Adjustments"), _("Quota"), _("Used"), _("Left"))
    columns = [OutColumn(title, width) for title, width in zip(titles, (30, 8, 16, 60, 8, 8, 8), strict=True)]
    lines = [
        (
            row.label,
            row.base,
            row.base_name,
            "；".join(f"{a.name} {a.delta:+d}（{a.evidence}）" for a in row.adjustments),
            row.allowed,
            row.used,
            row.left,
        )
        for row in rows
    ]
    return write_xlsx(columns, lines, title=_("Quota"))


@require_POST
def end_adjustment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take one adjustment back, with a reason."""
    actor = acting(request)
    found = QuotaAdjustment.objects.select_related("account__event", "account__edition").filter(uid=uid).first()
    if found is None or not _may_see(actor, found):
        raise NotFound
    services.end_adjustment(actor=actor, adjustment=found, reason=request.POST.get("reason", ""))
    messages.success(request, _("Saved."))
    account = found.account
    if account.event is not None:
        return redirect("registration:event_quotas", account.event.code)
    assert account.edition is not None
    return redirect("registration:edition_quotas", account.edition.uid)


def _may_see(actor: Actor, found: QuotaAdjustment) -> bool:
    account = found.account
    return may_organise(actor, account.event) if account.event else may_run(actor, account.edition)
