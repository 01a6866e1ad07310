"""Experts: named by the secretary; what each has to score."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.render import printed_card
from backend.core.errors import Invalid, NotFound
from backend.core.permissions import require
from backend.people.enums import Role
from backend.selection import services
from backend.selection.errors import BeingMended, VersionChanged
from backend.selection.forms import ExpertForm, ScoreForm
from backend.selection.models import Call, Expert
from backend.selection.permissions import may_run, may_score
from backend.selection.projections.scores import candidate_lines, expert_lines, review_lines, score_page
from backend.selection.selectors import call_of, choice_in, expert_of, expertises_of, known_experts
from backend.selection.web.asking import chosen, show_problems
from backend.ui.acting import acting

PER_PAGE = 20


@require_http_methods(["GET", "POST"])
def experts(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who scores one offer: named from those known here, or anew, with a printed card when the account is new."""
    actor = acting(request)
    call = call_of(actor, uid)
    require(may_run(actor, call), _("Only the officers of this call do this."))
    lines = expert_lines(call)
    offer = chosen([line["offer"] for line in lines], request)
    form = ExpertForm(None if "known" in request.POST else request.POST or None)
    if request.method == "POST" and offer is not None:
        if "known" in request.POST:
            return _named(request, call, services.name_expert(actor=actor, offer=offer, **_again(request, call)))
        if form.is_valid():
            try:
                made = services.name_expert(actor=actor, offer=offer, **form.cleaned_data)
            except Invalid as invalid:
                show_problems(form, invalid)
            else:
                return _named(request, call, made)
    words = request.GET.get("q", "").strip()
    page = Paginator(known_experts(actor, call, words), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "offers": [line["offer"] for line in lines],
        "offer": offer,
        "line": next((line for line in lines if line["offer"] == offer), None),
        "short": [line for line in lines if line["missing"] and line["offer"] != offer],
        "form": form,
        "words": words,
        "page": page,
        "known": candidate_lines(offer, page) if offer else [],
        "open": call.state in services.NAMING and offer is not None and offer.scored_at is None,
    }
    return render(request, "selection/experts.html", context, status=422 if form.errors else 200)


def _again(request: HttpRequest, call: Call) -> dict[str, Any]:
    """Somebody known here, with the organisation as it was last said."""
    try:
        known = known_experts(acting(request), call).get(uid=UUID(request.POST["known"]))
    except (ValueError, Expert.DoesNotExist):
        raise NotFound from None
    return {"account_name": known.user.account_name, "display_name": "", "organisation": known.organisation}


def _named(request: HttpRequest, call: Call, made: services.Named) -> HttpResponse:
    back = f"{reverse('selection:experts', args=[call.uid])}?offer={made.expert.offer.uid}"
    if made.card is not None:
        card = printed_card(made.card, holder=made.expert.user.account_name, purpose="password")
        return render(request, "accounts/printed.html", {"cards": [card], "back": back})
    messages.success(request, _("The expert is named."))
    return redirect(back)


@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """Where the actor scores, and how far each is."""
    actor = acting(request)
    require(actor.role == Role.EXPERT, _("Only experts score."))
    return render(request, "selection/reviews.html", {"rows": review_lines(expertises_of(actor))})


@require_GET
def expert(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One offer's applications, as this expert has scored them."""
    actor = acting(request)
    found = expert_of(actor, uid)
    require(may_score(actor, found), _("Only the expert scores."))
    return render(request, "selection/expert.html", score_page(actor, found))


@require_POST
def recuse(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Step back from an offer, with the reason."""
    actor = acting(request)
    found = services.recuse(actor=actor, expert=expert_of(actor, uid), reason=request.POST.get("reason", ""))
    messages.success(request, _("The expert no longer scores this offer."))
    if may_score(actor, found):
        return redirect("selection:reviews")
    return redirect("selection:experts", found.offer.call.uid)


@require_http_methods(["GET", "POST"])
def score(request: HttpRequest, uid: UUID, choice_uid: UUID) -> HttpResponse:
    """One application beside the points for it."""
    actor = acting(request)
    found = expert_of(actor, uid)
    require(may_score(actor, found), _("Only the expert scores."))
    choice = choice_in(found.offer, choice_uid)
    page = score_page(actor, found, choice)
    form, status = ScoreForm(request.POST or None, criteria=page["criteria"], initial=page["initial"]), 200
    if request.method == "POST" and form.is_valid():
        try:
            services.score(
                actor=actor,
                expert=found,
                choice=choice,
                version=form.cleaned_data["version"],
                points=form.points(),
                comment=form.cleaned_data["comment"],
            )
        except Invalid as invalid:
            show_problems(form, invalid)
        except (VersionChanged, BeingMended) as changed:  # here, so that nothing written is lost
            page, status = score_page(actor, found, choice), changed.status
            form = ScoreForm(_read_anew(request, page), criteria=page["criteria"])
            form.add_error(None, str(changed))
        else:
            messages.success(request, _("Your points are kept."))
            following = page["next"] if request.POST.get("next") else None
            if following is not None:
                return redirect("selection:score", found.uid, following.uid)
            return redirect("selection:expert", found.uid)
    return render(request, "selection/score.html", {**page, "form": form, "choice": choice}, status=status)


def _read_anew(request: HttpRequest, page: dict[str, Any]) -> QueryDict:
    """What was written, for the version that the page shows now."""
    data = request.POST.copy()
    data["version"] = str(page["initial"]["version"])
    return data
