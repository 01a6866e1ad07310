"""The rules of an event and of an edition: new versions and what one changed against another."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.ui.acting import acting
from competitions.contests import services
from competitions.contests.forms import EditionRulesForm, RulesForm
from competitions.contests.forms.rules import written
from competitions.contests.permissions import may_organise, may_run
from competitions.contests.selectors import edition_of, event_of
from competitions.contests.web.asking import show_problems


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, event_code: str) -> HttpResponse:
    """A new version of the rules, starting from the present one."""
    actor = acting(request)
    found = event_of(actor, event_code)
    require(may_organise(actor, found), _("Only the organisers of this event do this."))
    form = RulesForm(request.POST or None, initial=RulesForm.initial_of(found.rule_set))
    if request.method == "POST" and form.is_valid():
        data, base = form.cleaned_data, found.rule_set.rules
        try:
            services.adopt_rules(
                actor=actor, event=found, rules=form.document(base), title=data["title"], source=data["source"]
            )
        except Invalid as invalid:
            show_problems(invalid, form)
        else:
            messages.success(request, _("The new version is adopted. Sign it off next."))
            return redirect("contests:event", found.code)
    return render(request, "contests/rules_form.html", {"form": form, "event": found})


@require_http_methods(["GET", "POST"])
def edition_rules(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What holds over all events of an edition: a new version, starting from the present one."""
    actor, edition = acting(request), edition_of(uid)
    require(may_run(actor, edition), _("Only who runs all events of an edition does this."))
    start = edition.rule_set
    initial = {"title": start.title, "source": start.source, "more": written(start.rules)} if start else {}
    form = EditionRulesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.adopt_edition_rules(
                actor=actor, edition=edition, rules=data["more"], title=data["title"], source=data["source"]
            )
        except Invalid as invalid:
            show_problems(invalid, form)
        else:
            messages.success(request, _("The new version is adopted. Sign it off next."))
            return redirect("contests:edition", edition.uid)
    return render(request, "contests/rules_form.html", {"form": form, "event": None, "edition": edition})


@require_POST
def sign_off_edition(request: HttpRequest, uid: UUID) -> HttpResponse:
    services.sign_off_edition_rules(actor=acting(request), edition=edition_of(uid))
    messages.success(request, _("The rules are signed off."))
    return redirect("contests:edition", uid)
