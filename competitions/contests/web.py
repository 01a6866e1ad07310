"""Pages of events: the public list and page, and what organisers set up before registration opens."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.people.models import Group
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui import registry
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from competitions.contests import services
from competitions.contests.enums import DIVISIONS, EVENT_STATES
from competitions.contests.forms import EditionForm, EventForm, RulesForm
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.contests.projections import remaining_words, rule_lines
from competitions.contests.selectors import event_of, events_of, groups_of_organiser

A_PAGE = 30


@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """Every event past its draft, for everybody; `?format=xlsx` is the same list as a workbook."""
    actor, query = acting(request), request.GET
    chosen = {key: query.get(key, "").strip() for key in ("words", "state", "group", "year")}
    found = events_of(actor, **chosen)
    if query.get("format") == "xlsx":
        return _events_xlsx(list(found))
    page = Paginator(found, A_PAGE).get_page(query.get("page"))
    rows = [{"event": event, "remaining": remaining_words(event)} for event in page]
    context = {
        "page": page,
        "rows": rows,
        "chosen": chosen,
        "states": {k: v[0] for k, v in EVENT_STATES.items() if k != "draft" or groups_of_organiser(actor).exists()},
        "groups": Group.objects.visible_to(actor),
        "may_create": groups_of_organiser(actor).exists(),
    }
    return render(request, "contests/events.html", context)


def _events_xlsx(found: list[Event]) -> HttpResponse:
    titles = (_("Code"), _("Name"), _("Division"), _("Edition"), _("Leading group"), _("State"), _("Deadline"))
    columns = [OutColumn(title, width) for title, width in zip(titles, (16, 28, 16, 34, 34, 14, 18), strict=True)]
    rows = [
        (
            e.code,
            e.name,
            str(DIVISIONS.get(e.division, e.division)),
            e.edition.name,
            e.leading_group.name,
            str(EVENT_STATES[e.state][0]),
            local_minute(e),
        )
        for e in found
    ]
    return workbook_download(write_xlsx(columns, rows, title=_("Events")), "events.xlsx")


def local_minute(event: Event) -> str:
    from backend.core.clock import SHANGHAI

    at = event.registration_closes_at
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else ""


@require_GET
def event(request: HttpRequest, event_code: str) -> HttpResponse:
    """What the event is, its rules with their source, and where to go from here."""
    actor = acting(request)
    found = event_of(actor, event_code)
    context = {
        "event": found,
        "division": DIVISIONS.get(found.division, found.division),
        "remaining": remaining_words(found),
        "rules": rule_lines(found),
        "steps": registry.steps_of("event", actor, found),
        "may_organise": may_organise(actor, found),
        "may_enter": actor.role == "school_coordinator",
    }
    return render(request, "contests/event.html", context)


@require_http_methods(["GET", "POST"])
def new_event(request: HttpRequest) -> HttpResponse:
    actor = acting(request)
    groups = groups_of_organiser(actor)
    require(groups.exists(), _("Only organisers of the leading group set up an event."))
    form = EventForm(request.POST or None, groups=groups, initial={"group": groups.first()})
    rules = RulesForm(request.POST or None)
    if request.method == "POST" and all([form.is_valid(), rules.is_valid()]):
        made = _create(actor, form, rules)
        if made is not None:
            messages.success(request, _("The event is set up. Check its rules and sign them off next."))
            return redirect("contests:event", made.code)
    return render(request, "contests/event_form.html", {"form": form, "rules": rules, "event": None})


def _create(actor: Actor, form: EventForm, rules: RulesForm) -> Event | None:
    """The event, or None with the problems put at their fields."""
    data: dict[str, Any] = dict(form.cleaned_data)
    try:
        return services.create_event(
            actor=actor,
            rules=rules.document(),
            rules_title=rules.cleaned_data["title"],
            rules_source=rules.cleaned_data["source"],
            **data,
        )
    except Invalid as invalid:
        _show_problems(form, rules, invalid)
        return None


def _show_problems(form: EventForm | None, rules: RulesForm, invalid: Invalid) -> None:
    """Problems of a service at the fields they name, all others above the form they came from."""
    for name, said in invalid.problems.items():
        for text in said if isinstance(said, list) else [said]:
            if form is not None and name in form.fields:
                form.add_error(name, text)
            else:
                rules.add_error(None, f"{name}: {text}")


@require_http_methods(["GET", "POST"])
def edit_event(request: HttpRequest, event_code: str) -> HttpResponse:
    actor = acting(request)
    found = event_of(actor, event_code)
    require(may_organise(actor, found), _("Only the organisers of this event do this."))
    start = {
        "name": found.name,
        "name_en": found.name_en,
        "division": found.division,
        "registration_closes_at": found.registration_closes_at,
        "tech_platforms": "\n".join(found.tech_platforms),
        "venue_name": found.venue_name,
    }
    form = EventForm(request.POST or None, event=found, initial=start)
    if request.method == "POST" and form.is_valid():
        services.edit_event(actor=actor, event=found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("contests:event", found.code)
    return render(request, "contests/event_form.html", {"form": form, "rules": None, "event": found})


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, event_code: str) -> HttpResponse:
    """A new version of the rules, starting from the present one."""
    actor = acting(request)
    found = event_of(actor, event_code)
    require(may_organise(actor, found), _("Only the organisers of this event do this."))
    form = RulesForm(request.POST or None, initial=RulesForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        data, base = form.cleaned_data, found.rule_set.rules
        try:
            services.adopt_rules(
                actor=actor, event=found, rules=form.document(base), title=data["title"], source=data["source"]
            )
        except Invalid as invalid:
            _show_problems(None, form, invalid)
        else:
            messages.success(request, _("The new version is adopted. Sign it off next."))
            return redirect("contests:event", found.code)
    return render(request, "contests/rules_form.html", {"form": form, "event": found})


@require_http_methods(["GET", "POST"])
def new_edition(request: HttpRequest) -> HttpResponse:
    actor = acting(request)
    groups = groups_of_organiser(actor)
    require(groups.exists(), _("Only organisers of the leading group set up an edition."))
    form = EditionForm(request.POST or None, groups=groups, initial={"group": groups.first()})
    if request.method == "POST" and form.is_valid():
        services.create_edition(actor=actor, **form.cleaned_data)
        messages.success(request, _("The edition is there. Set up its events next."))
        return redirect("contests:new_event")
    return render(request, "contests/edition_form.html", {"form": form})


@require_POST
def step(request: HttpRequest, event_code: str, verb: str) -> HttpResponse:
    """Sign the rules off, open or close registration."""
    actor = acting(request)
    found = event_of(actor, event_code)
    steps = {
        "sign-off": (services.sign_off_rules, _("The rules are signed off.")),
        "open": (services.open_registration, _("Registration is open.")),
        "close": (services.close_registration, _("Registration is closed.")),
    }
    service, said = steps[verb]
    service(actor=actor, event=found)
    messages.success(request, said)
    return redirect("contests:event", found.code)
