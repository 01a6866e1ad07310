"""Board pages: public, projector, jury; and the organiser's workbench."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.ui import registry
from backend.ui.acting import acting
from competitions.boards import services
from competitions.boards.forms import BoardForm, FreezeForm
from competitions.boards.permissions import may_open_workbench, may_watch_jury
from competitions.boards.projections import bench_state, event_pages, jury_state, newest_board
from competitions.boards.selectors import round_of, settings_of
from competitions.contests.models import Event
from competitions.contests.selectors import event_of
from realtime import notices, tickets


def _public(request: HttpRequest, event_code: str, template: str) -> HttpResponse:
    board = newest_board(event_code)
    if board["draft"]:
        event_of(acting(request), event_code)
    state = board["state"]
    rows = state.get("rows", [])
    context = {"board": board, "state": state, "first_rows": rows[: state["page_size"]], "blank": {}}
    return render(request, template, context)


@require_GET
def board(request: HttpRequest, event_code: str) -> HttpResponse:
    """The public board for phone and desktop."""
    return _public(request, event_code, "boards/board.html")


@require_GET
def screen(request: HttpRequest, event_code: str) -> HttpResponse:
    """The public board for the hall's projector."""
    return _public(request, event_code, "boards/screen.html")


@require_GET
def jury_board(request: HttpRequest, event_code: str) -> HttpResponse:
    """Totals under codes, live, for those who judge the judging."""
    actor = acting(request)
    event = event_of(actor, event_code)
    require(may_watch_jury(actor, event), _("The jury board is for the chief judge, supervisor and organisers."))
    context = _live(request, "jury", event)
    context["state"] = jury_state(event.code, set())
    return render(request, "boards/_jury.html" if _fragment(request) else "boards/jury_board.html", context)


@require_http_methods(["GET", "POST"])
def workbench(request: HttpRequest, event_code: str) -> HttpResponse:
    """Where an event stands, what waits, what just happened; POST decides what the public board shows."""
    actor = acting(request)
    event = event_of(actor, event_code)
    require(may_open_workbench(actor, event), _("The workbench is for the event's organisers."))
    shown = settings_of(actor, round_of(event))
    form = BoardForm(request.POST or None, initial={"mode": shown.mode, "page_size": shown.page_size})
    if request.method == "POST":
        if not form.is_valid():
            raise Invalid(dict(form.errors))
        services.set_board_mode(actor=actor, event=event, **form.cleaned_data)
        messages.success(request, _("The board now shows what you chose."))
        return HttpResponseRedirect(reverse("boards:workbench", args=[event.code]))
    context = _live(request, "bench", event) | {
        "form": form,
        "board": shown,
        "freeze_form": FreezeForm(),
        "pages": event_pages(event),
        "steps": registry.steps_of("event", actor, event),
        "todos": registry.todos_of(actor, event_code=event.code),
        "panels": registry.panels_of("event", actor, event),
        "state": bench_state(event.code, set()),
    }
    return render(request, "boards/_bench.html" if _fragment(request) else "boards/workbench.html", context)


@require_POST
def freeze(request: HttpRequest, event_code: str) -> HttpResponse:
    """Freeze the public board from a moment, or lift the freeze."""
    actor = acting(request)
    event = event_of(actor, event_code)
    if request.POST.get("verb") == "lift":
        services.lift_freeze(actor=actor, event=event)
        messages.success(request, _("The freeze is lifted; the board shows the standing as it is now."))
    else:
        form = FreezeForm(request.POST)
        if not form.is_valid():
            raise Invalid(dict(form.errors))
        services.freeze_board(actor=actor, event=event, **form.cleaned_data)
        messages.success(request, _("The public board stands still from the chosen moment."))
    return HttpResponseRedirect(reverse("boards:workbench", args=[event.code]))


def _fragment(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _live(request: HttpRequest, kind: str, event: Event) -> dict[str, Any]:
    topic = f"{kind}:{event.code}"
    ticket = tickets.issue(topic, acting(request))
    version = notices.read(topic)["version"]
    return {"event": event, "topic": topic, "ticket": ticket, "version": version, "live": {"topic": topic}}
