"""What the judges room plugs in: the pool's menu entry, states, links, an event's step and what waits for whom."""

from __future__ import annotations

from collections import Counter

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.core.actor import Actor
from backend.notify.selectors import Audience, register_audience, register_text
from backend.people.enums import Role
from backend.ui import registry
from competitions.contests.models import Event
from competitions.contests.selectors import organised_events
from competitions.judges.models import Nomination, PanelPlan
from competitions.judges.permissions import may_build_panels, may_keep_pool, may_note_in
from competitions.judges.projections.words import JUDGE_STATES, NOMINATION_STATES, PLAN_STATES
from competitions.judges.selectors.serving import events_served, judges_in_two_places
from competitions.judges.selectors.telling import judges_in, mailboxes_of_judges
from competitions.registration.selectors import written_events
from competitions.venues.selectors.schedule import clash_source, duty_source

ACTS = {
    "panel.add": _("Panel formed"),
    "seat.add": _("Seat added"),
    "seat.end": _("Seat ended"),
    "judge.record": _("Judge recorded"),
    "judge.invite": _("Judge asked for consent"),
    "judge.consent": _("Judge agreed"),
    "judge.decline": _("Judge declined"),
    "judge.declare": _("Judge declared a tie or absence"),
    "judge.address": _("Judge gave an e-mail address"),
    "judge.take_back": _("Judge took a declaration back"),
    "judge.suspend": _("Judge suspended"),
    "judge.restore": _("Judge restored"),
    "judge.note": _("Judge's conduct noted"),
    "judge.served": _("Judge's service recorded"),
    "judge.place_unit": _("Judge's employer matched"),
    "nomination.make": _("Judge named"),
    "nomination.accept": _("Nomination of a judge accepted"),
    "nomination.refuse": _("Nomination of a judge refused"),
    "nomination.withdraw": _("Nomination of a judge withdrawn"),
    "panel_plan.propose": _("Panels proposed"),
    "panel_plan.change": _("Place on a panel changed by hand"),
    "panel_plan.fill": _("Place on a panel filled by hand"),
    "panel_plan.discard": _("Proposed panels discarded"),
    "panel_plan.confirm": _("Panels confirmed"),
}
BEFORE = ("registering", "registered", "drawn")


def _step(actor: Actor, event: Event) -> registry.Step | None:
    if actor.role == Role.SCHOOL_COORDINATOR and event.state in BEFORE:
        return registry.Step(_("Panels"), "now", _("name judges"), reverse("judges:nominations", args=[event.code]))
    if not may_build_panels(actor, event):
        return None
    plan = PanelPlan.objects.filter(round__event=event).exclude(state="discarded").order_by("-pk").first()
    note, state = _("not built yet"), "later" if event.state == "draft" else "now"
    if plan is not None:
        note = PLAN_STATES[plan.state][0]
    if (plan is not None and plan.state == "confirmed") or event.state not in ("draft", *BEFORE):
        state = "done"
    if event.state not in ("draft", *BEFORE) and plan is None:
        note = _("set by hand")
    return registry.Step(_("Panels"), state, note, reverse("judges:panels", args=[event.code]))


def _panel(actor: Actor, event: Event) -> registry.Panel | None:
    """The chief judge's way to the notes, once there is conduct to note."""
    if not may_note_in(actor, event) or event.state in ("draft", *BEFORE):
        return None
    return registry.Panel(_("Conduct of the judges"), "judges/_conduct_panel.html", {"event": event})


def _todos(actor: Actor) -> list[registry.Todo]:
    """Nominations that wait for the organisers' decision, event by event."""
    own = organised_events(actor).filter(state__in=BEFORE)
    waiting = Nomination.objects.filter(event__in=own, state="nominated")
    counts = Counter(waiting.values_list("event__code", "event__name"))
    return [
        registry.Todo(
            title=_("Decide on named judges"),
            link=reverse("judges:nominations", args=[code]),
            verb=_("Open"),
            count=count,
            note=f"{code} {name}",
            order=50,
            event_code=code,
        )
        for (code, name), count in counts.items()
    ]


def seat_label(frozen: str) -> str:
    """`judge 3` as the record keeps it, in the reader's language."""
    duty, _space, number = frozen.partition(" ")
    words = {"judge": gettext("Judge %(n)s"), "chief": gettext("Chief judge"), "supervisor": gettext("Supervisor")}
    return words[duty] % {"n": number} if duty in words else frozen


def plug() -> None:
    """Called once when the apps are ready."""
    registry.acts(ACTS)
    registry.label("seat", seat_label)
    registry.states("holding", {"judges.judge": (_("Judges of the pool"), "")})
    registry.states("judge", JUDGE_STATES)  # type: ignore[arg-type]
    registry.states("nomination", NOMINATION_STATES)  # type: ignore[arg-type]
    registry.states("panel_plan", PLAN_STATES)  # type: ignore[arg-type]
    registry.menu(
        registry.MenuItem(
            "judges", _("Judges"), lambda actor: reverse("judges:pool"), order=30, icon="gavel", shown=may_keep_pool
        )
    )
    registry.link("judge", lambda ref: reverse("judges:judge", args=[ref.key]))
    registry.step("event", 25, _step)
    registry.panel("event_page", 60, _panel)
    clash_source(judges_in_two_places)
    duty_source(events_served)
    registry.todos("judges", _todos)
    register_text("seat.closed", _("Your seat %(seat)s in %(event)s is closed; nobody has to come for it."), duty=True)
    places = {
        "event": _("the event's name"),
        "event_code": _("the event's code"),
        "deadline": _("the end of registration"),
        "calendar": _("the reader's own calendar link, only in e-mails"),
    }
    register_audience(
        Audience(
            "event.judges",
            _("Judges of an event"),
            written_events,
            judges_in,
            places,
            mailboxes_of_judges,
            _("Send the judge the link of the pool again: on its page they write their own e-mail address."),
            hears=("event.postponed", "event.decided", "programme.judges"),
        )
    )
