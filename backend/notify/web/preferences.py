"""Where one is reached outside the system, and the links of e-mails."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from backend.core.actor import Actor
from backend.notify import selectors, services
from backend.notify.enums import Channel
from backend.notify.forms import AddressForm, PreferenceForm
from backend.people.models import Person
from backend.ui.acting import acting, signed_in


@never_cache
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What one wants by e-mail and SMS."""
    actor = signed_in(request)
    now = selectors.reached(actor)
    initial = {"email_wants": now.email_wants, "sms_wants": now.sms_wants, "phone": now.phone}
    form = PreferenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.prefer(actor=actor, **form.cleaned_data)
        messages.success(request, _("Your choice is kept."))
        return redirect("notify:preferences")
    return _shown(request, actor, form, AddressForm())


@require_POST
def address(request: HttpRequest) -> HttpResponse:
    """Ask for the link that confirms a new e-mail address, or have the address forgotten."""
    actor = signed_in(request)
    if "forget" in request.POST:
        services.forget_address(actor=actor)
        messages.success(request, _("The e-mail address was removed."))
        return redirect("notify:preferences")
    form = AddressForm(request.POST)
    if not form.is_valid():
        now = selectors.reached(actor)
        initial = {"email_wants": now.email_wants, "sms_wants": now.sms_wants, "phone": now.phone}
        return _shown(request, actor, PreferenceForm(initial=initial), form)
    services.ask_for_address(actor=actor, email=form.cleaned_data["email"])
    messages.success(request, _("A link was sent to the new address. It counts once you have opened the link."))
    return redirect("notify:preferences")


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mailbox; a button, because mail scanners open links."""
    if request.method == "POST":
        services.confirm_address(actor=acting(request), token=token)
        return render(request, "notify/by_link.html", {"done": True, "confirming": True})
    services.check_confirmation(token)
    return render(request, "notify/by_link.html", {"confirming": True})


@csrf_exempt  # mail programs send the one-click form by themselves; the signed token is the permission
@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Turn off the letters that one need not know, with or without account; without one, also on again."""
    outside, asked = isinstance(services.reader_by(token), Person), request.method == "POST"
    back = asked and "again" in request.POST
    if asked:
        verb = services.come_back if back else services.leave
        verb(actor=acting(request), token=token)
    return render(request, "notify/by_link.html", {"done": asked and not back, "back": back, "outside": outside})


def _shown(request: HttpRequest, actor: Actor, form: PreferenceForm, address_form: AddressForm) -> HttpResponse:
    ready = {str(channel): services.carrier_of(channel) is not None for channel in Channel}
    context = {"form": form, "address_form": address_form, "now": selectors.reached(actor), "ready": ready}
    return render(request, "notify/preferences.html", context)
