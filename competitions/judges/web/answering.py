"""The judge's own page behind a link: consent, ties, absence, and where news go."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from competitions.judges import services
from competitions.judges.forms import AbsenceForm, AddressForm, TieForm
from competitions.judges.selectors.pool import invited, open_declarations
from competitions.judges.web.pool import duty_words


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, word: str) -> HttpResponse:
    """The judge's own page behind the link: yes or no, ties, days of absence."""
    found = invited(word)
    verb = request.POST.get("verb", "")
    absence = AbsenceForm(request.POST if verb == "absence" else None)
    tie = TieForm(request.POST if verb == "tie" else None)
    address = AddressForm(request.POST if verb == "address" else None, initial={"email": found.reveal("email")})
    if request.method == "POST" and _say(word, verb, request, {"absence": absence, "tie": tie, "address": address}):
        messages.success(request, _("Thank you, this is recorded."))
        return redirect("judges:answer", word)
    context = {
        "judge": found,
        "name": found.reveal("name"),
        "duties": duty_words(found),
        "said": [(d, d.reveal("text")) for d in open_declarations(found)],
        "absence": absence,
        "tie": tie,
        "address": address,
    }
    return render(request, "judges/answer.html", context)


def _say(word: str, verb: str, request: HttpRequest, forms: Mapping[str, Form]) -> bool:
    """Whether something was recorded."""
    if verb in forms and not forms[verb].is_valid():
        return False
    if verb in ("consent", "decline"):
        services.answer(word=word, consents=verb == "consent")
    elif verb == "absence":
        services.declare(word=word, absence=services.Absence(**forms[verb].cleaned_data))
    elif verb == "tie":
        services.declare(word=word, **forms[verb].cleaned_data)
    elif verb == "address":
        services.give_address(word=word, **forms[verb].cleaned_data)
    elif verb == "take_back":
        services.take_back(word=word, declaration_uid=request.POST.get("declaration", ""))
    else:
        return False
    return True
