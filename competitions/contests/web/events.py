"""Pages of events: the public list and page, and what organisers set up before registration opens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.actor import Actor
from backend.core.clock import SHANGHAI
from backend.core.errors import Invalid, NotFound
from backend.core.permissions import require
from backend.people.models import Group
from backend.spreadsheets.writer import OutColumn, write_xlsx
from backend.ui import registry
from backend.ui.acting import acting
from backend.ui.downloads import workbook_download
from competitions.contests import services
from competitions.contests.enums import CADENCES, DIVISIONS, EVENT_STATES, LEVELS, STAGES
from competitions.contests.forms import START, EventForm, PostponeForm, RulesForm, sent_document
from competitions.contests.models import Edition, Event, Family
from competitions.contests.permissions import may_organise
from competitions.contests.projections import (
    difference_lines,
    eligibility_lines,
    put_off_lines,
    quota_lines,
    remaining_words,
    rule_lines,
)
from competitions.contests.rulebook import problems_of
from competitions.contests.rulebook.asking import FIRST
from competitions.contests.rulebook.filling import finished
from competitions.contests.selectors import (
    edition_of,
    event_of,
    events_of,
    feeders_of,
    groups_of_organiser,
    holding_of,
    hosts_of,
    next_stage_of,
    organised_events,
    rules_of,
    years_of_editions,
)
from competitions.contests.web.asking import labelled, organised, show_problems

A_PAGE = 30
NEW_DAYS_TOLD = gettext_lazy("The new days are announced, and everyone concerned is being told.")
FILTERS = ("words", "state", "group", "year", "family", "division", "level")
OWN = ("name", "name_en", "division", "track", "level", "stage", "promotes_to", "cadence", "starts_on", "ends_on",
       "registration_closes_at", "venue_name")  # fmt: skip


@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """Every event past its draft, for everybody; `?format=xlsx` is the same list as a workbook."""
    actor, query = acting(request), request.GET
    chosen = {key: query.get(key, "").strip() for key in FILTERS}
    found = events_of(actor, **chosen)
    if query.get("format") == "xlsx":
        return events_workbook(found)
    page = Paginator(found, A_PAGE).get_page(query.get("page"))
    organising = groups_of_organiser(actor).exists()
    context = {
        "page": page,
        "rows": [{"event": event, "remaining": remaining_words(event)} for event in page],
        "chosen": chosen,
        "states": {k: v for k, v in labelled(EVENT_STATES).items() if k != "draft" or organising},
        "groups": Group.objects.visible_to(actor),
        "families": Family.objects.all(),
        "divisions": DIVISIONS,
        "levels": LEVELS,
        "years": years_of_editions(),
        "may_create": organising,
    }
    return render(request, "contests/events.html", context)


def events_workbook(found: Iterable[Event]) -> HttpResponse:
    titles = (
        _("Code"), _("Name"), _("Division"), _("Track or group"), _("Level"), _("Stage"), _("Edition"),
        _("Leading group"), _("State"), _("Deadline"), _("From"), _("Until"),
    )  # fmt: skip
    widths = (16, 28, 16, 24, 10, 16, 34, 34, 14, 18, 12, 12)
    columns = [OutColumn(title, width) for title, width in zip(titles, widths, strict=True)]
    rows = [
        (
            e.code, e.name, str(DIVISIONS.get(e.division, e.division)), str(e.track or ""),
            str(LEVELS.get(e.level or e.edition.contest.level, "")), str(STAGES.get(e.stage, "")), e.edition.name,
            e.leading_group.name, str(EVENT_STATES[e.state][0]), local_minute(e),
            *(str(day or "") for day in e.held_on),
        )
        for e in found
    ]  # fmt: skip
    return workbook_download(write_xlsx(columns, rows, title=_("Events")), "events.xlsx")


def local_minute(event: Event) -> str:
    at = event.registration_closes_at
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else ""


@require_GET
def event(request: HttpRequest, event_code: str) -> HttpResponse:
    """What the event is, its rules with their source, and where to go from here."""
    actor = acting(request)
    found = event_of(actor, event_code)
    organising, rules = may_organise(actor, found), rules_of(found)
    context = {
        "event": found,
        "division": DIVISIONS.get(found.division, found.division),
        "remaining": remaining_words(found),
        "rules": rule_lines(found),
        "quota": quota_lines(rules.quota),
        "eligibility": eligibility_lines(rules),
        "level": LEVELS.get(found.level or found.edition.contest.level, ""),
        "stage": STAGES.get(found.stage, ""),
        "feeders": feeders_of(actor, found),
        "hosts": hosts_of(found),
        "after": next_stage_of(actor, found),
        "postponements": put_off_lines(actor, found),
        "holding": holding_of(found),
        "differences": difference_lines(found) if organising else [],
        "panels": registry.panels_of("event_page", actor, found),
        "steps": registry.steps_of("event", actor, found),
        "cadence": CADENCES[found.cadence] if found.cadence != "yearly" else "",
        "may_organise": organising,
        "may_enter": actor.role == "school_coordinator",
    }
    return render(request, "contests/event.html", context)


@require_http_methods(["GET", "POST"])
def new_event(request: HttpRequest) -> HttpResponse:
    actor = acting(request)
    groups = groups_of_organiser(actor)
    require(groups.exists(), _("Only organisers of the leading group set up an event."))
    start = {"group": groups.first(), "edition": _named_edition(request)}
    form = EventForm(request.POST or None, groups=groups, own=_next_stages(actor), initial=start)
    rules = _first_rules(request)
    if request.method == "POST" and all([form.is_valid(), rules.is_valid()]):
        made = _create(actor, form, rules)
        if made is not None:
            messages.success(request, _("The event is set up. Check its rules and sign them off next."))
            return redirect("contests:event", made.code)
    return render(request, "contests/event_form.html", {"form": form, "rules": rules, "event": None})


def _first_rules(request: HttpRequest) -> RulesForm:
    """What is asked of the rules when an event is set up; everything else follows on their own page."""
    if request.method != "POST":
        return RulesForm(START, FIRST)
    document = finished(sent_document(request.POST, FIRST, START), FIRST)
    head = {name: request.POST.get(name, "").strip() for name in ("title", "source")}
    return RulesForm(document, FIRST, head=head, problems=problems_of(document))


def _named_edition(request: HttpRequest) -> Edition | None:
    """The edition whose page the organiser comes from."""
    try:
        return edition_of(UUID(request.GET.get("edition", "")))
    except (ValueError, NotFound):
        return None


def _create(actor: Actor, form: EventForm, rules: RulesForm) -> Event | None:
    """The event, or None with the problems put at their fields."""
    data: dict[str, Any] = dict(form.cleaned_data)
    try:
        return services.create_event(
            actor=actor,
            rules=rules.document,
            rules_title=rules.head["title"],
            rules_source=rules.head["source"],
            **data,
        )
    except Invalid as invalid:
        show_problems(invalid, form, rules)
        return None


@require_http_methods(["GET", "POST"])
def edit_event(request: HttpRequest, event_code: str) -> HttpResponse:
    actor = acting(request)
    found = organised(actor, event_code)
    start = {name: getattr(found, name) for name in OWN} | {"tech_platforms": "\n".join(found.tech_platforms)}
    form = EventForm(request.POST or None, event=found, own=_next_stages(actor), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_event(actor=actor, event=found, **form.cleaned_data)
        except Invalid as invalid:
            show_problems(invalid, form)
        else:
            messages.success(request, _("Saved."))
            return redirect("contests:event", found.code)
    return render(request, "contests/event_form.html", {"form": form, "rules": None, "event": found})


def _next_stages(actor: Actor) -> QuerySet[Event]:
    """Events that may come after one of the actor's: those the actor runs and that are still to come."""
    return organised_events(actor).filter(state__in=("draft", "registering", "registered")).order_by("code")


@require_http_methods(["GET", "POST"])
def postpone(request: HttpRequest, event_code: str) -> HttpResponse:
    """Other days for one event; entries stay and everyone is told."""
    actor = acting(request)
    found = organised(actor, event_code)
    starts_on, ends_on = found.held_on
    form = PostponeForm(request.POST or None, event=found, initial={"starts_on": starts_on, "ends_on": ends_on})
    if request.method == "POST" and form.is_valid():
        try:
            services.postpone_event(actor=actor, event=found, **form.cleaned_data)
        except Invalid as invalid:
            show_problems(invalid, form)
        else:
            messages.success(request, NEW_DAYS_TOLD)
            return redirect("contests:event", found.code)
    reach = services.preview_postponement(actor=actor, thing=found)
    context = {"form": form, "event": found, "edition": found.edition, "reach": reach}
    return render(request, "contests/postpone_form.html", context)


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
