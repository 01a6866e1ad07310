"""The secretariat invites a unit that has no account yet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from backend.accounts.render import printed_card
from backend.core.errors import Invalid
from backend.people import services
from backend.people.forms import InviteForm
from backend.people.web.governance import kept_group
from backend.ui.acting import signed_in


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """An account for the unit, with the card for its first password; its application is begun for it."""
    found, form = kept_group(request, code), InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.invite_unit(actor=signed_in(request), group=found, **form.cleaned_data)
        except Invalid as invalid:
            for name, text in invalid.problems.items():
                form.add_error(name, text)
        else:
            return _printed(request, made)
    status = 422 if form.errors else 200
    return render(request, "people/invite.html", {"form": form, "group": found}, status=status)


def _printed(request: HttpRequest, made: services.Invited) -> HttpResponse:
    card = printed_card(made.card, holder=made.user.account_name, purpose="password")
    lead = _("Hand the card to %(unit)s: its first page after the password is the application, to finish and submit.")
    page = {
        "cards": [card],
        "back": reverse("people:applications"),
        "lead_text": lead % {"unit": made.application.organisation.name},
    }
    return render(request, "accounts/printed.html", page)
