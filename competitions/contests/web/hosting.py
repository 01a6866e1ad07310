"""Who hosts an event: what it rests on, who it was before, and commissioning without a selection."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.core.errors import Invalid
from backend.ui.acting import acting
from competitions.contests import services
from competitions.contests.forms import CommissionForm
from competitions.contests.permissions import may_name_hosts
from competitions.contests.projections import host_lines
from competitions.contests.selectors import hosting_history, selection_of_hosts
from competitions.contests.services import Scan
from competitions.contests.web.asking import organised, show_problems


@require_http_methods(["GET", "POST"])
def hosts(request: HttpRequest, event_code: str) -> HttpResponse:
    """For the organisers: hosts with what named them; a form to commission others, with its document."""
    actor = acting(request)
    found = organised(actor, event_code)
    naming = may_name_hosts(actor, found)
    form = CommissionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["scan"]
        scan = Scan(sent.read(), sent.name) if sent else None
        try:
            services.commission_hosts(actor=actor, event=found, scan=scan, **form.told())
        except Invalid as invalid:
            show_problems(invalid, form)
        else:
            messages.success(request, _("The hosts are recorded, and the organisations concerned are told."))
            return redirect("contests:hosts", found.code)
    running = selection_of_hosts(found)
    context = {
        "event": found,
        "form": None if not naming or running or found.state in ("published", "cancelled") else form,
        "running": running,
        "lines": host_lines(actor, hosting_history(found)),
    }
    return render(request, "contests/hosts.html", context, status=422 if form.errors else 200)
