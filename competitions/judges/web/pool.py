"""The pool of judges: its list and one judge."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from backend.audit.selectors import timeline_of
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.people.selectors import propose_organisations
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui import registry
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from competitions.judges import services
from competitions.judges.forms import JudgeForm, ServiceForm, UnitForm
from competitions.judges.models import Judge
from competitions.judges.permissions import may_keep_pool, may_note_conduct
from competitions.judges.projections.words import DUTIES, JUDGE_STATES, UNIT_KINDS
from competitions.judges.selectors.pool import conduct_of, judge_of, pool_of

A_PAGE = 30
FILTERS = ("words", "state", "kind", "skill", "province")


@require_GET
def pool(request: HttpRequest) -> HttpResponse:
    """Everybody who could judge; `?format=xlsx` is the same list as a workbook."""
    actor = acting(request)
    if not may_keep_pool(actor):
        raise NotFound
    chosen = {key: request.GET.get(key, "").strip() for key in FILTERS}
    found = pool_of(actor, **chosen)
    if request.GET.get("format") == "xlsx":
        return workbook_download(_pool_xlsx(found), "judges.xlsx")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"judge": j, "name": j.reveal("name"), "duties": duty_words(j)} for j in page],
        "chosen": chosen,
        "states": {k: v[0] for k, v in JUDGE_STATES.items()},
        "kinds": UNIT_KINDS,
    }
    return render(request, "judges/pool.html", context)


def duty_words(judge: Judge) -> str:
    return "、".join(str(DUTIES[d]) for d in judge.duties if d in DUTIES)


def _pool_xlsx(found: Any) -> bytes:
    titles = (
        *(_("Full name"), _("Employer"), _("Kind of employer"), _("Province of work"), _("Professional title")),
        *(_("Vocational skill level"), _("Trades judged"), _("Qualified as"), _("Times judged"), _("State")),
    )
    rows = [
        (
            j.reveal("name"),
            j.unit_name,
            str(UNIT_KINDS.get(j.unit_kind, "")),
            j.province,
            j.title,
            j.skill_level,
            "、".join(j.skills),
            duty_words(j),
            j.served,
            str(JUDGE_STATES[j.state][0]),
        )
        for j in found
    ]
    return write_xlsx([OutColumn(title, 16) for title in titles], rows, title=_("Judges"))


@require_http_methods(["GET", "POST"])
def new_judge(request: HttpRequest) -> HttpResponse:
    """An officer records somebody."""
    actor = acting(request)
    if not may_keep_pool(actor):
        raise NotFound
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        judge = services.record_judge(actor=actor, draft=form.draft())
        messages.success(request, _("Recorded. Ask for consent next."))
        return redirect("judges:judge", judge.uid)
    return render(request, "judges/judge_form.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One judge: what is known, served, declared and, for secretaries, noted."""
    actor = acting(request)
    if not may_keep_pool(actor):
        raise NotFound
    found = judge_of(actor, uid)
    verb = request.POST.get("verb")
    form = ServiceForm(request.POST if verb == "served" else None)
    unit_form = UnitForm(request.POST if verb == "unit" else None)
    link = ""
    if request.method == "POST":
        if verb == "invite":
            word = services.invite(actor=actor, judge=found)
            link = request.build_absolute_uri(reverse("judges:answer", args=[word]))
            found = judge_of(actor, uid)
        elif _act(actor, found, request, unit_form if verb == "unit" else form):
            return redirect("judges:judge", found.uid)
    notes = [{"note": n, "text": n.reveal("text")} for n in conduct_of(actor, found)]
    context = {
        "judge": found,
        "name": found.reveal("name"),
        "phone": found.reveal("phone"),
        "email": found.reveal("email"),
        "duties": duty_words(found),
        "kind": UNIT_KINDS.get(found.unit_kind, ""),
        "services": [(s, DUTIES[s.duty]) for s in found.services.all()],
        "said": [(d, d.reveal("text")) for d in found.said],  # type: ignore[attr-defined]
        "notes": notes,
        "may_note": may_note_conduct(actor),
        "form": form,
        "unit_form": unit_form,
        "near": propose_organisations(found.unit_name) if found.unit is None else [],
        "link": link,
        "timeline": [(line, registry.act_name(line.action)) for line in timeline_of(actor, found.ref)],
    }
    return render(request, "judges/judge.html", context)


def _act(actor: Actor, found: Judge, request: HttpRequest, form: ServiceForm | UnitForm) -> bool:
    """Whether the page starts again; False where a form has something to mend."""
    verb, text = request.POST.get("verb"), request.POST.get("text", "")
    if verb == "served":
        if not form.is_valid():
            return False
        services.record_service(actor=actor, judge=found, **form.cleaned_data)
    elif verb == "unit":
        if not form.is_valid():
            return False
        services.place_unit(actor=actor, judge=found, unit_name=form.cleaned_data["unit_name"])
    elif verb == "note":
        services.note_conduct(actor=actor, judge=found, text=text)
    elif verb == "suspend":
        services.suspend(actor=actor, judge=found, reason=text)
    elif verb == "restore":
        services.restore(actor=actor, judge=found)
    else:
        raise NotFound
    messages.success(request, _("Saved."))
    return True
