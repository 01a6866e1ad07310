"""The contestant's own account, in the browser in which they have just handed in their data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from backend.accounts.errors import AccountNameTaken, PasswordUnfit, TooManyTries, WrongPassword
from backend.accounts.services import free_name
from backend.accounts.services.tries import counted
from backend.core.errors import DomainError
from backend.people.errors import AccountOfAnother
from backend.ui.acting import acting
from competitions.registration import services
from competitions.registration.errors import LinkUsedUp
from competitions.registration.forms.inviting import OwnAccountForm, TakeAccountForm
from competitions.registration.models import Invitation
from competitions.registration.selectors.inviting import invitation_for_account
from competitions.registration.web.inviting import OWN_LINK

NAME = "own_account_name"  # in the session: the number offered for the account


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def own_account(request: HttpRequest, token: str) -> HttpResponse:
    """Open an account with a given number and a chosen password, or take the one that is signed in."""
    invitation = _just_used(request, token)
    taking = "present" in request.POST and _may_take(request)
    opens = OwnAccountForm(None if taking else request.POST or None)
    takes = TakeAccountForm(request.POST if taking else None) if _may_take(request) else None
    name = request.session.setdefault(NAME, free_name())
    page: dict[str, Any] = {"event": invitation.member.entry.event, "form": opens, "takes": takes, "name": name}
    chosen: forms.Form = takes if taking and takes else opens
    if request.method == "POST" and chosen.is_valid():
        try:
            _hand_in(request, token, name, chosen)
        except AccountNameTaken:  # somebody chose that number meanwhile: the page comes again with another
            del request.session[NAME]
            return redirect("registration:own_account", token)
        except (PasswordUnfit, WrongPassword, TooManyTries, AccountOfAnother) as error:
            chosen.add_error(None if isinstance(error, AccountOfAnother) else next(iter(chosen.fields)), _words(error))
        else:
            del request.session[OWN_LINK], request.session[NAME]
            return render(request, "registration/own_account_done.html", {**page, "taken": taking})
    page["bad"] = chosen
    return render(request, "registration/own_account.html", page, status=422 if chosen.errors else 200)


def _just_used(request: HttpRequest, token: str) -> Invitation:
    """The link, which only the browser that used it up may follow further."""
    with counted(("own-link", str(request.META.get("REMOTE_ADDR", "")))):
        invitation = invitation_for_account(token)
        if request.session.get(OWN_LINK) != str(invitation.uid):
            raise LinkUsedUp
    return invitation


def _may_take(request: HttpRequest) -> bool:
    """Whether the session is of an account that nobody has as their own yet; a seat's session never."""
    actor = acting(request)
    return actor.user_id is not None and actor.person_id is None and not request.session.get("bound")


def _hand_in(request: HttpRequest, token: str, name: str, form: forms.Form) -> None:
    if isinstance(form, TakeAccountForm):
        services.take_account(actor=acting(request), token=token, password=form.cleaned_data["present"])
    else:
        services.open_account(token=token, account_name=name, password=form.cleaned_data["password"])


def _words(error: DomainError) -> str:
    return _("This is not your present password.") if isinstance(error, WrongPassword) else str(error.message)
