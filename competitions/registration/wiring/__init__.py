"""What the registration room plugs in: menu, states, links, an event's step and panel, and what waits for whom."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core import clock
from backend.core.actor import Actor
from backend.notify.selectors import Audience, register_audience, register_text
from backend.people.enums import Role
from backend.people.selectors import Counter, counter
from backend.people.signals import merge_looked_at
from backend.ui import registry
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.contests.projections import remaining_words
from competitions.contests.selectors import events_of, organised_events
from competitions.registration.enums import (
    ENTRY_STATES,
    IMPORT_STATES,
    OBJECTION_STATES,
    SUBSTITUTION_STATES,
)
from competitions.registration.models import Entry, EntryImport
from competitions.registration.projections.workspace import work_lines
from competitions.registration.receivers import clashes_of_a_merge
from competitions.registration.selectors import (
    contestants_between,
    coordinators_in,
    mailboxes_of_members,
    members_in,
    own_school,
    state_counts,
    written_events,
)
from competitions.registration.selectors.entries import TAKING_PART
from competitions.registration.selectors.quota_lines import quota_lines_of
from competitions.registration.selectors.requests import substitutions_to_decide, withdrawals_to_decide
from competitions.registration.selectors.reviewing import to_review
from competitions.registration.selectors.workspace import workspace_of
from competitions.registration.wiring.papers import plug_papers
from competitions.registration.wiring.rules import plug_rules
from competitions.registration.wiring.words import ACTS, TOLD

PANEL_STATES = ("submitted", "approved", "confirmed", "returned", "draft", "incomplete")
ENTRY_STATES_ALWAYS = ("submitted", "draft", "incomplete")
REVIEWING = (Role.BUREAU_REVIEWER, Role.ORGANISER, Role.GROUP_SECRETARY)
OVER = ("drawn", "scoring", "tallied", "signed", "published", "cancelled")
STAFF = ("instructor", "leader")
HEARD = ("event.postponed", "event.decided", "programme.teams", "results.promoted")  # news for whoever is entered
MOST_TODOS = 6  # of one kind on a first page; beyond, one line leads to the workspace


def _step(actor: Actor, event: Event) -> registry.Step | None:
    state = {"draft": "later", "registering": "now", "registered": "now"}.get(event.state, "done")
    link, note = "", remaining_words(event)
    if may_organise(actor, event):
        link = reverse("registration:entries", args=[event.code])
        counts = state_counts(actor, event)
        submitted = sum(counts.get(state, 0) for state in TAKING_PART)
        note = _("%(n)s teams submitted") % {"n": submitted}
    return registry.Step(_("Registration"), state, note, link)


def _panel(actor: Actor, event: Event) -> registry.Panel | None:
    if not may_organise(actor, event) or event.state in OVER:
        return None
    counts = state_counts(actor, event)
    rows = [(ENTRY_STATES[s][0], counts.get(s, 0)) for s in PANEL_STATES if counts.get(s) or s in ENTRY_STATES_ALWAYS]
    context = {"rows": rows, "event": event, "remaining": remaining_words(event)}
    return registry.Panel(_("Registration"), "registration/_panel.html", context)


def _quota_panel(actor: Actor, event: Event) -> registry.Panel | None:
    """What the coordinator's school may still enter, with the reasons."""
    school = own_school(actor)
    lines = quota_lines_of(event, school) if school else []
    return registry.Panel(_("Your school's quota"), "registration/_quota.html", {"lines": lines}) if lines else None


def _holding_todos(actor: Actor) -> list[registry.Todo]:
    """Events of the actor with too few entries wait for a decision."""
    waiting = organised_events(actor).filter(holding_checks__verdict="", holding_checks__isnull=False).distinct()
    return [
        registry.Todo(
            title=f"{event.name} · {_('Too few entries')}",
            link=reverse("registration:holding", args=[event.code]),
            verb=_("Decide what becomes of it"),
            note=event.code,
            tone="warning",
            order=15,
            event_code=event.code,
        )
        for event in waiting[:20]
    ]


def _todos(actor: Actor) -> list[registry.Todo]:
    if actor.role == Role.SCHOOL_COORDINATOR:
        events = events_of(actor, state="registering")
    else:
        events = organised_events(actor).filter(state="registering")
    open_events = {e.pk: e for e in events}
    if not open_events:
        return _holding_todos(actor)
    return [*_holding_todos(actor), *_unfinished(actor, open_events), *_waiting_imports(actor, open_events)]


def _reviews(actor: Actor) -> list[registry.Todo]:
    """What waits for a verdict, what came back, which replacements are asked for."""
    found = []
    if actor.role in REVIEWING:
        found.append(
            (_("Entries wait for your verdict"), reverse("registration:reviews"), to_review(actor).count(), 15)
        )
        asked = substitutions_to_decide(actor).count() + withdrawals_to_decide(actor).count()
        found.append((_("Replacements and withdrawals to decide"), reverse("registration:requests"), asked, 16))
    if actor.role == Role.SCHOOL_COORDINATOR:
        back = Entry.objects.visible_to(actor).filter(state="returned").count()
        found.append((_("Returned entries to mend"), f"{reverse('registration:workspace')}?show=back", back, 10))
    return [
        registry.Todo(title=title, link=link, verb=_("Open"), count=count, tone="warning", order=order)
        for title, link, count, order in found
        if count
    ]


def _unfinished(actor: Actor, events: dict[int, Event]) -> list[registry.Todo]:
    """Teams that are not submitted while their event is open."""
    found: dict[tuple[int, str], int] = {}
    rows = Entry.objects.visible_to(actor).filter(event__in=events, state__in=("draft", "incomplete"))
    for pair in rows.values_list("event_id", "state"):
        found[pair] = found.get(pair, 0) + 1
    if actor.role == Role.SCHOOL_COORDINATOR:  # a school can hand in nothing more where the deadline is over
        open_still = {pk for pk, event in events.items() if not clock.deadline_passed(event.registration_closes_at)}
        found = {pair: count for pair, count in found.items() if pair[0] in open_still}
    titles = {"draft": _("Complete teams to submit"), "incomplete": _("Incomplete teams to mend")}
    if actor.role == Role.SCHOOL_COORDINATOR and len(found) > MOST_TODOS:
        return _unfinished_in_all(found, titles, events)
    return [
        registry.Todo(
            title=titles[state],
            link=f"{reverse('registration:entries', args=[events[pk].code])}?state={state}",
            verb=_("Open"),
            count=count,
            note=f"{events[pk].code} {events[pk].name} · {remaining_words(events[pk])}",
            tone="warning",
            order=30,
            event_code=events[pk].code,
        )
        for (pk, state), count in found.items()
    ]


def _unfinished_in_all(
    found: dict[tuple[int, str], int], titles: dict[str, Any], events: dict[int, Event]
) -> list[registry.Todo]:
    """One line for each kind, with the event that closes first: the workspace lists them all."""
    todos = []
    for state, show in (("draft", "unsent"), ("incomplete", "lacking")):
        counts = {pk: count for (pk, of), count in found.items() if of == state}
        if counts:
            closes = {pk: events[pk].registration_closes_at for pk in counts}
            first = events[min(counts, key=lambda pk: (closes[pk] is None, closes[pk], pk))]
            todos.append(
                registry.Todo(
                    title=titles[state],
                    link=f"{reverse('registration:workspace')}?show={show}",
                    verb=_("Open"),
                    count=sum(counts.values()),
                    note=f"{first.code} {first.name} · {remaining_words(first)}",
                    tone="warning",
                    order=30,
                )
            )
    return todos


def _waiting_imports(actor: Actor, events: dict[int, Event]) -> list[registry.Todo]:
    found = EntryImport.objects.visible_to(actor).filter(event__in=events, state="checked")
    return [
        registry.Todo(
            title=_("A checked workbook waits to be taken"),
            link=reverse("registration:import_page", args=[waiting.uid]),
            verb=_("Open"),
            count=waiting.rows_ok,
            note=f"{events[waiting.event_id].code} {events[waiting.event_id].name}",
            order=40,
            event_code=events[waiting.event_id].code,
        )
        for waiting in found[:20]
    ]


def _workspace(actor: Actor, thing: Any) -> registry.Panel | None:
    """A coordinator's first page shows what is due in every event."""
    school = own_school(actor)
    if school is None:
        return None
    lines = work_lines(workspace_of(actor, school)[:12])
    if not lines:
        return None
    return registry.Panel(_("School workspace"), "registration/_workspace_panel.html", {"lines": lines}, wide=True)


def _takes_part(actor: Actor) -> bool:
    return actor.role in (Role.SCHOOL_COORDINATOR, Role.CONTESTANT)


def plug() -> None:
    """Called once when the apps are ready."""
    registry.acts(ACTS)
    registry.states("entry", ENTRY_STATES)
    registry.states("import", IMPORT_STATES)
    registry.states("substitution", SUBSTITUTION_STATES)
    registry.states("entry_objection", OBJECTION_STATES)
    own = registry.MenuItem(
        "own", _("My entries"), lambda actor: reverse("registration:own"), order=5, icon="person", shown=_takes_part
    )
    registry.menu(own)
    registry.menu(
        registry.MenuItem(
            "workspace",
            _("School workspace"),
            lambda actor: reverse("registration:workspace"),
            order=4,
            icon="school",
            shown=lambda actor: actor.role == Role.SCHOOL_COORDINATOR,
        )
    )
    registry.panel("home", 5, _workspace)
    registry.menu(
        registry.MenuItem(
            "reviews",
            _("To review"),
            lambda actor: reverse("registration:reviews"),
            order=40,
            icon="check",
            shown=lambda actor: actor.role in REVIEWING,
        )
    )
    for happened, text in TOLD.items():
        register_text(f"entry.{happened}", text, duty=True)
    registry.link("entry", lambda ref: reverse("registration:entry", args=[ref.key]))
    registry.link("import", lambda ref: reverse("registration:import_page", args=[ref.key]))
    registry.step("event", 20, _step)
    registry.panel("event", 20, _panel)
    registry.panel("event_page", 20, _quota_panel)
    register_text("event.hold", _("%(event)s is held although few teams are entered. Reason: %(reason)s"))
    register_text("event.cancel", _("%(event)s is not held. Reason: %(reason)s"), duty=True)
    merged = _("%(event)s is merged into %(into)s; your teams stay entered. Reason: %(reason)s")
    register_text("event.merge", merged, duty=True)
    registry.todos("registration", _todos)
    counter(Counter("contestants", _("Contestants of the events led"), _("person-times"), contestants_between))
    registry.states("holding", {"registration.member": (_("Members of entries"), "")})
    merge_looked_at.connect(clashes_of_a_merge, dispatch_uid="registration.merge_looked_at")
    registry.todos("reviews", _reviews)
    plug_papers()
    plug_rules()
    _audiences()


def _audiences() -> None:
    """Whom a notice about an event may reach."""
    places = {
        "event": _("the event's name"),
        "event_code": _("the event's code"),
        "deadline": _("the end of registration"),
        "calendar": _("the reader's own calendar link, only in e-mails"),
        "school": _("the school's name"),
    }
    label = _("School coordinators of an event")
    register_audience(Audience("event.coordinators", label, written_events, coordinators_in, places, hears=HEARD))
    remedy = _(
        "Ask their school to write their phone number into the entry, or to send them the link for their own data."
    )
    for kind, label, roles in (
        ("event.contestants", _("Contestants of an event"), ("contestant",)),
        ("event.instructors", _("Instructors and team leaders of an event"), STAFF),
    ):
        people, boxes = partial(members_in, roles=roles), partial(mailboxes_of_members, roles=roles)
        register_audience(Audience(kind, label, written_events, people, places, boxes, remedy, HEARD))
