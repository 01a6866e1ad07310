"""Who organises an event: the officers of its groups, and those who were given this event only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.errors import AccountNameTaken
from backend.accounts.render import printed_card
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.people.forms import AccountForm
from backend.ui.acting import acting
from competitions.contests import services
from competitions.contests.models import Event
from competitions.contests.permissions import may_appoint
from competitions.contests.selectors import event_of, organisers_by_group, organisers_of
from competitions.contests.web.asking import organised


@never_cache
@require_http_methods(["GET", "POST"])
def organisers(request: HttpRequest, event_code: str) -> HttpResponse:
    """For the organisers: who else runs this event; secretaries add somebody for this event only."""
    actor = acting(request)
    event = organised(actor, event_code)
    appointing = may_appoint(actor, event)
    form = AccountForm(request.POST or None) if appointing else None
    if request.method == "POST":
        require(appointing, _("Secretaries of the event's groups say who organises it."))
        if form is not None and form.is_valid():
            done = _add(request, actor, event, form)
            if done is not None:
                return done
    context = {
        "event": event,
        "form": form,
        "here": organisers_of(event),
        "by_group": organisers_by_group(event),
        "appointing": appointing,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "contests/organisers.html", context, status=status)


def _add(request: HttpRequest, actor: Actor, event: Event, form: AccountForm) -> HttpResponse | None:
    """The page that follows; None when the account's name is taken, which is said at its field."""
    told: dict[str, Any] = form.cleaned_data
    if told["user"] is not None:
        services.let_organise(actor=actor, event=event, user=told["user"])
        words = _("%(account)s organises this event now.")
        messages.success(request, words % {"account": told["user"].account_name})
        return redirect("contests:organisers", event.code)
    try:
        made = services.appoint_organiser(
            actor=actor, event=event, account_name=told["account_name"], display_name=told["display_name"]
        )
    except AccountNameTaken as error:
        form.add_error("account_name", str(error.message))
        return None
    card = printed_card(made.card, holder=made.user.account_name, purpose="password")
    return render(request, "accounts/printed.html", {"cards": [card], "back": f"/events/{event.code}/organisers/"})


@require_POST
def end(request: HttpRequest, event_code: str, organiser_uid: UUID) -> HttpResponse:
    """Somebody organises this event no longer."""
    actor = acting(request)
    event = event_of(actor, event_code)
    ended = services.end_organising(actor=actor, event=event, grant=organiser_uid)
    words = _("%(account)s organises this event no longer. What was done stays recorded.")
    messages.success(request, words % {"account": ended.user.account_name})
    return redirect("contests:organisers", event.code)
