"""What the rules ask about the people of a team, and what becomes of an event with too few entries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.ui.acting import acting
from competitions.contests.permissions import may_organise
from competitions.contests.projections import condition_text
from competitions.contests.selectors import event_of, holding_of
from competitions.registration import services
from competitions.registration.enums import ROLE_WORDS
from competitions.registration.forms.quotas import FactForm, HoldingForm
from competitions.registration.permissions import may_change
from competitions.registration.selectors import entry_of
from competitions.registration.selectors.eligibility import rules_for, verdicts_of


@require_http_methods(["GET", "POST"])
def eligibility(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Each person with each rule: met, broken or not known yet; the school states here what only it can know."""
    actor = acting(request)
    entry = entry_of(actor, uid)
    rules, lines = rules_for(entry.event), verdicts_of(entry)
    changeable = may_change(actor, entry) and (
        entry.state == "returned" or (entry.state in ("draft", "incomplete") and entry.event.state == "registering")
    )
    data = request.POST or None if changeable else None
    forms = [FactForm(data, line=line, rules=rules, prefix=f"p{n}") for n, line in enumerate(lines)]
    if data and all([form.is_valid() for form in forms]):
        facts: dict[tuple[str, str], tuple[Any, str]] = {}
        for line, form in zip(lines, forms, strict=True):
            facts |= form.facts(str(line.member.uid))
        count = services.state_facts(actor=actor, entry=entry, facts=facts)
        messages.success(request, ngettext("%(n)s statement saved.", "%(n)s statements saved.", count) % {"n": count})
        return redirect("registration:eligibility", entry.uid)
    people = [
        {
            "name": line.member.reveal("name"),
            "role": ROLE_WORDS[line.member.role],
            "said": [(verdict.outcome, line.text_of(verdict), line.record_of(verdict)) for verdict in line.verdicts],
            "asked": _questions(form) if changeable else [],
        }
        for line, form in zip(lines, forms, strict=True)
    ]
    context = {"entry": entry, "event": entry.event, "people": people, "changeable": changeable}
    return render(request, "registration/eligibility.html", context)


def _questions(form: FactForm) -> list[tuple[str, Any, Any]]:
    """(what the rule wants to be true, field, field of its evidence)."""
    return [
        (condition_text(rule), form[f"fact_{n}"], form[f"evidence_{n}"]) for n, (_key, rule) in enumerate(form.keys)
    ]


@require_http_methods(["GET", "POST"])
def holding(request: HttpRequest, event_code: str) -> HttpResponse:
    """Decide whether an event with too few entries is held, cancelled or merged."""
    actor = acting(request)
    event = event_of(actor, event_code)
    require(may_organise(actor, event), _("Only the organisers of this event do this."))
    check = holding_of(event)
    form = HoldingForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        try:
            decided = services.decide_holding(actor=actor, event=event, **form.cleaned_data)
        except Invalid as invalid:
            for field, text in invalid.problems.items():
                form.add_error(field, text)
        else:
            messages.success(request, _("Decided, and everyone who is entered is told."))
            return redirect("contests:event", (decided.into or event).code)
    return render(request, "registration/holding.html", {"form": form, "event": event, "holding": check})
