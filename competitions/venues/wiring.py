"""What venues plug in: words of acts, calendar, an event's step, what keeps programmes, and the doors."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core.actor import Actor
from backend.core.triggers import Trigger, append_only, register
from backend.notify.selectors import register_below, register_place, register_text
from backend.people.enums import Role, ScopeKind
from backend.ui import registry
from competitions.contests.models import Event
from competitions.registration.signals import left
from competitions.venues.models import Programme
from competitions.venues.permissions import may_arrange, may_follow_arrivals
from competitions.venues.projections.arrivals import arrivals_state, counts_of, standing_session
from competitions.venues.projections.doors import VERDICT_WORDS
from competitions.venues.projections.schedule import calendar_in_letter, calendar_lines
from competitions.venues.receivers import free_the_places
from competitions.venues.selectors import arrivals_of, open_conflicts
from realtime import offline, projector

ACTS = {
    "session.add": _("Session added"),
    "session.change": _("Session changed"),
    "session.remove": _("Session removed"),
    "stations.add": _("Stations laid out"),
    "stations.equip": _("Equipment of stations set"),
    "booking.make": _("Place in a session taken"),
    "booking.give_back": _("Place in a session given back"),
    "schedule.add": _("Schedule item added"),
    "schedule.change": _("Schedule item changed"),
    "schedule.remove": _("Schedule item removed"),
    "programme.publish": _("Programme published"),
    "calendar.link": _("Calendar link made"),
    "calendar.end": _("Calendar link ended"),
    "checkin.take": _("People checked in"),
    "checkin.plan": _("Check-in set up"),
    "checkin.rule": _("Double admission looked into"),
    "checkin.desk": _("Check-in desk added"),
    "checkin.close_desk": _("Check-in desk closed"),
}
TONES = {"admitted": "good", "late_admitted": "warning", "refused": "danger"}
BEFORE_SCORING = ("registered", "drawn")
PAGES_PAUSE = 0.5  # seconds: the board asks for itself again at most once a second


def _at_a_desk(actor: Actor) -> bool:
    return actor.role == Role.CHECKIN_OFFICER and actor.scope_key(ScopeKind.EVENT) is not None


def _desk(actor: Actor) -> str:
    return reverse("venues:check_in", args=[actor.scope_key(ScopeKind.EVENT)])


def _todos(actor: Actor) -> list[registry.Todo]:
    """People whom two desks have let in."""
    if actor.role not in (Role.ORGANISER, Role.GROUP_SECRETARY):
        return []
    return [
        registry.Todo(
            title=_("Let in twice: look into it"),
            link=reverse("venues:arrivals", args=[code]),
            verb=_("Look"),
            count=count,
            note=code,
            tone="danger",
            order=4,
            event_code=code,
        )
        for code, count in sorted(open_conflicts(actor).items())
    ]


def _panel(actor: Actor, event: Event) -> registry.Panel | None:
    if event.state not in BEFORE_SCORING or not may_follow_arrivals(actor, event):
        return None
    counts = counts_of(arrivals_of(event, standing_session(event)))
    return registry.Panel(_("Check-in"), "venues/_checkin_panel.html", {"event": event, "counts": counts})


def _step(actor: Actor, event: Event) -> registry.Step | None:
    newest = Programme.objects.visible_to(actor).filter(event=event).order_by("-number").first()
    arranging = may_arrange(actor, event)
    if newest is None and not (arranging and event.state in BEFORE_SCORING):
        return None  # a day that is already being scored waits for no programme
    note: Any = _("version %(n)s") % {"n": newest.number} if newest else _("not published yet")
    address = "venues:schedule" if arranging else "venues:programme"
    return registry.Step(_("Schedule"), "done" if newest else "now", note, reverse(address, args=[event.code]))


def plug() -> None:
    """Called once when the apps are ready."""
    registry.acts(ACTS)
    left.connect(free_the_places, dispatch_uid="venues.left")
    registry.step("event", 22, _step)
    words = _("%(event)s: the programme is published (version %(number)s). %(note)s")
    register_text("programme.published", words, duty=True)
    words = _("%(event)s: version %(number)s of the programme changes %(count)s items. %(note)s")
    register_text("programme.changed", words, duty=True)
    for kind in ("programme.published", "programme.changed", "event.postponed", "role.given"):
        register_below(kind, calendar_lines)
    register_place("calendar", calendar_in_letter, _("(see My calendar)"))
    registry.menu(
        registry.MenuItem("calendar", _("My calendar"), lambda actor: reverse("venues:calendar"), 12, icon="calendar")
    )
    for moment in ("UPDATE", "DELETE"):
        register(
            Trigger(
                name=f"venues_programme_no_{moment.lower()}",
                table="venues_programme",
                when=f"BEFORE {moment}",
                sqlite="SELECT RAISE(ABORT, 'published programmes never change');",
                postgres="RAISE EXCEPTION 'published programmes never change';",
            )
        )
    append_only("venues_checkin")
    append_only("venues_conflictruling")
    registry.states(
        "arrival", {**{k: (v, TONES[k]) for k, v in VERDICT_WORDS.items()}, "missing": (_("missing"), "muted")}
    )
    registry.menu(registry.MenuItem("check_in", _("Check-in"), _desk, order=10, icon="check", shown=_at_a_desk))
    registry.todos("venues", _todos)
    registry.panel("event", 30, _panel)
    projector.builder("arrivals", arrivals_state, pause=PAGES_PAUSE)
    offline.shell("^/events/[^/]+/check-in/$")
