"""An applicant's pages: begin, write, send, mend."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.core.errors import Invalid, NotFound
from backend.core.permissions import require
from backend.selection import services
from backend.selection.forms import ApplicationForm
from backend.selection.models import Application
from backend.selection.permissions import may_apply
from backend.selection.projections.pages import application_page
from backend.selection.selectors import application_of, call_of
from backend.selection.web.asking import show_problems
from backend.ui.acting import acting


@require_POST
def apply(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin an application, or go on with the one there is."""
    actor = acting(request)
    made = services.start(actor=actor, call=call_of(actor, uid))
    return redirect("selection:application", made.uid)


@require_http_methods(["GET", "POST"])
def application(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The application: its form for the applicant while it can be changed, what was sent for everybody else."""
    actor = acting(request)
    found = application_of(actor, uid)
    mine = may_apply(actor, found)
    form = None
    if mine and found.state in ("draft", "returned"):
        offers = list(found.call.offers.all())
        form = ApplicationForm(request.POST or None, application=found, offers=offers)
    if request.method == "POST":
        require(form is not None, _("A submitted application does not change. Take it back first."))
        assert form is not None
        if form.is_valid() and _kept(request, found, form):
            return redirect("selection:application", found.uid)
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, "selection/application.html", application_page(actor, found, form), status=status)


def _kept(request: HttpRequest, found: Application, form: ApplicationForm) -> bool:
    """Save what was written; with the button `submit` send it too. False: the form shows what is missing."""
    actor = acting(request)
    try:
        services.save_draft(actor=actor, application=found, **form.kept())
        if "submit" in request.POST:
            version = services.submit(actor=actor, application=found)
            messages.success(request, _("Your application is sent as version %(n)s.") % {"n": version.number})
        else:
            messages.success(request, _("Your draft is kept. It is not sent yet."))
    except Invalid as invalid:
        show_problems(form, invalid, prefix="a-")
        return False
    return True


@require_POST
def step(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """Take an application back, or give it up."""
    actor = acting(request)
    found = application_of(actor, uid)
    if verb == "take-back":
        services.take_back(actor=actor, application=found)
        messages.success(request, _("The application is a draft again. Send it before the time is over."))
    elif verb == "withdraw":
        services.withdraw(actor=actor, application=found, reason=request.POST.get("reason", ""))
        messages.success(request, _("The application is given up."))
    else:
        raise NotFound
    return redirect("selection:application", found.uid)
