"""Experts: named by the secretary; what each has to score."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.render import printed_card
from backend.core.errors import Invalid, NotFound
from backend.core.permissions import require
from backend.people.enums import Role
from backend.selection import services
from backend.selection.forms import ExpertForm, ScoreForm
from backend.selection.models import Offer
from backend.selection.permissions import may_run, may_score
from backend.selection.projections.scores import expert_lines, review_lines, score_page
from backend.selection.selectors import call_of, choice_in, expert_of, expertises_of
from backend.selection.web.asking import show_problems
from backend.ui.acting import acting


@require_http_methods(["GET", "POST"])
def experts(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who scores which offer; naming one gives a printed card when the account is new."""
    actor = acting(request)
    call = call_of(actor, uid)
    require(may_run(actor, call), _("Only the officers of this call do this."))
    form = ExpertForm(request.POST or None)
    offer = _offer(call.offers.select_related("call__group"), request.POST.get("offer", ""))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.name_expert(actor=actor, offer=offer, **form.cleaned_data)
        except Invalid as invalid:
            show_problems(form, invalid)
        else:
            if made.card is not None:
                card = printed_card(made.card, holder=made.expert.user.account_name, purpose="password")
                back = reverse("selection:experts", args=[call.uid])
                return render(request, "accounts/printed.html", {"cards": [card], "back": back})
            messages.success(request, _("The expert is named."))
            return redirect("selection:experts", call.uid)
    context = {"call": call, "form": form, "offers": expert_lines(call), "chosen": request.POST.get("offer", "")}
    return render(request, "selection/experts.html", context)


def _offer(offers: object, uid: str) -> Offer:
    found = next((o for o in offers if not uid or str(o.uid) == uid), None)  # type: ignore[attr-defined]
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]


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
    form = ScoreForm(request.POST or None, criteria=page["criteria"], initial=page["initial"])
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
        else:
            messages.success(request, _("Your points are kept."))
            return redirect("selection:expert", found.uid)
    return render(request, "selection/score.html", {**page, "form": form, "choice": choice})
