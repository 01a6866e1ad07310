"""The role one acts in, and the role holders of an officer's scope."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.errors import AccountNameTaken
from backend.accounts.render import printed_card
from backend.accounts.selectors import enrolled_among
from backend.core.actor import Actor
from backend.core.errors import NotAllowed, NotFound
from backend.core.permissions import require
from backend.people import services
from backend.people.forms import AppointForm
from backend.people.models import Grant
from backend.people.permissions import may_end, may_remove_second_factor, may_see_role_holders, offered_roles
from backend.people.selectors import grants_of, role_holders
from backend.ui.acting import signed_in
from backend.ui.words import role_name

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def role(request: HttpRequest) -> HttpResponse:
    """A person with several roles acts in one of them at a time."""
    actor = signed_in(request)
    if request.session.get("bound"):
        raise NotAllowed(_("This tablet is bound to a seat by its card; it can do nothing else."))
    grants = grants_of(request.user)
    if request.method == "POST":
        chosen = next((g for g in grants if str(g.uid) == request.POST.get("grant")), None)
        if chosen is None:
            raise NotFound
        request.session["grant"] = str(chosen.uid)
        return redirect("/")
    now = next((g for g in grants if g.role == actor.role and g.scope == actor.scope), None)
    return render(request, "people/role.html", {"grants": grants, "now": now})


@require_GET
def holders(request: HttpRequest) -> HttpResponse:
    """Who holds which role within one's own scope."""
    actor = signed_in(request)
    require(may_see_role_holders(actor))
    found = role_holders(actor)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    enrolled = set(enrolled_among([g.user_id for g in page]))
    rows = [
        {
            "grant": g,
            "may_end": may_end(actor, g),
            "own": g.user_id == actor.user_id,
            "may_free": g.user_id in enrolled and may_remove_second_factor(actor, g.user),
        }
        for g in page
    ]
    return render(request, "people/holders.html", {"page": page, "rows": rows, "may_add": bool(offered_roles(actor))})


@never_cache
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest) -> HttpResponse:
    """A role for somebody: a new account with a printed card, or one that exists."""
    actor = signed_in(request)
    require(bool(offered_roles(actor)))
    form = AppointForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        known, chosen, scope = form.cleaned_data["user"], form.cleaned_data["role"], form.cleaned_data["scope"]
        if known is not None:
            services.grant_role(actor=actor, user=known, role=chosen, scope=scope)
            told = _("%(account)s now has the role %(role)s.")
            messages.success(request, told % {"account": known.account_name, "role": role_name(chosen)})
            return redirect("people:holders")
        try:
            return _printed(request, _appointed(actor, form.cleaned_data))
        except AccountNameTaken as error:
            form.add_error("account_name", str(error.message))
    status = 422 if form.errors else 200
    return render(request, "people/appoint.html", {"form": form}, status=status)


def _appointed(actor: Actor, told: dict[str, Any]) -> services.Appointment:
    return services.appoint(
        actor=actor,
        account_name=told["account_name"],
        display_name=told["display_name"],
        role=told["role"],
        scope=told["scope"],
    )


def _printed(request: HttpRequest, made: services.Appointment) -> HttpResponse:
    card = printed_card(made.card, holder=made.user.account_name, purpose="password")
    return render(request, "accounts/printed.html", {"cards": [card], "back": "/people/"})


def _grant(actor: Actor, uid: UUID) -> Grant:
    found = role_holders(actor).filter(uid=uid).first()
    if found is None or not may_see_role_holders(actor):
        raise NotFound
    return found


@require_POST
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End a role."""
    actor = signed_in(request)
    grant = _grant(actor, uid)
    services.end_role(actor=actor, grant=grant)
    told = _("The role %(role)s of %(account)s is ended.")
    messages.success(request, told % {"role": role_name(grant.role), "account": grant.user.account_name})
    return redirect("people:holders")


@never_cache
@require_POST
def password_card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A card with which an account's holder chooses a new password."""
    actor = signed_in(request)
    grant = _grant(actor, uid)
    made = services.issue_password_card(actor=actor, user=grant.user)
    card = printed_card(made, holder=grant.user.account_name, purpose="password")
    return render(request, "accounts/printed.html", {"cards": [card], "back": "/people/"})


@require_POST
def second_factor(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a lost authenticator away and print the card with which its holder comes back."""
    actor = signed_in(request)
    grant = _grant(actor, uid)
    made = services.replace_second_factor(actor=actor, user=grant.user)
    card = printed_card(made, holder=grant.user.account_name, purpose="password")
    return render(request, "accounts/printed.html", {"cards": [card], "back": "/people/"})
