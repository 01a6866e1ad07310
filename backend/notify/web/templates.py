"""Templates of notices."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.notify import selectors, services
from backend.notify.forms import TemplateForm, written
from backend.notify.models import Template
from backend.notify.permissions import may_change_template
from backend.notify.web.notices import PER_PAGE, writer
from backend.ui.downloads import workbook_download
from backend.ui.registry import workbook


@require_GET
def templates(request: HttpRequest) -> HttpResponse:
    """The scope's own templates and the system's."""
    actor = writer(request)
    found = selectors.templates_of(actor)
    labels = {a.kind: a.label for a in selectors.audiences()}
    if request.GET.get("format") == "xlsx":
        columns = [(_("Template"), 30), (_("Written to"), 30), (_("Version"), 8), (_("Subject"), 40), (_("Text"), 60)]
        listed = ([t.title, str(labels.get(t.audience, "")), t.version, t.subject_zh, t.body_zh] for t in found)
        return workbook_download(workbook(_("Templates"), columns, listed), "templates.xlsx")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "template": t,
            "audience": labels.get(t.audience, ""),
            "subject": selectors.subject_with_places(t.audience, t.subject_zh),
            "own": _own(actor, t),
        }
        for t in page
    ]
    return render(request, "notify/templates.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = writer(request)
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        services.make_template(actor=actor, audience=told["audience"], title=told["title"], text=form.text())
        messages.success(request, _("The template is kept."))
        return redirect("notify:templates")
    return render(request, "notify/template.html", {"form": form, "audiences": selectors.audiences()})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The next version of a template."""
    actor = writer(request)
    template = selectors.template_of(actor, uid)
    form = TemplateForm(request.POST or None, template=template, initial={**written(template), "title": template.title})
    if request.method == "POST" and form.is_valid():
        services.change_template(actor=actor, template=template, title=form.cleaned_data["title"], text=form.text())
        messages.success(request, _("The template is kept."))
        return redirect("notify:templates")
    audience = [selectors.audience_of(template.audience)]
    context = {"form": form, "template": template, "audiences": audience, "own": may_change_template(actor, template)}
    return render(request, "notify/template.html", context)


@require_POST
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = writer(request)
    services.end_template(actor=actor, template=selectors.template_of(actor, uid))
    messages.success(request, _("The template is no longer offered."))
    return redirect("notify:templates")


def _own(actor: object, template: Template) -> bool:
    """Without a query per row: what may_change_template answers for a visible template."""
    scope = getattr(actor, "scope", None)
    if getattr(actor, "role", "") in ("sys_admin", "system"):
        return True
    return scope is not None and (template.scope_kind, template.scope_key) == (scope.kind, scope.key)
