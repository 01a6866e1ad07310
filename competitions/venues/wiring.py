"""What venues plug in: words of acts, calendar, an event's step, and what keeps programmes as they were."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core.actor import Actor
from backend.core.triggers import Trigger, register
from backend.ui import registry
from competitions.contests.models import Event
from competitions.venues.models import Programme
from competitions.venues.permissions import may_arrange

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
}


def _step(actor: Actor, event: Event) -> registry.Step | None:
    newest = Programme.objects.visible_to(actor).filter(event=event).order_by("-number").first()
    arranging = may_arrange(actor, event)
    if newest is None and not arranging:
        return None
    note: Any = _("version %(n)s") % {"n": newest.number} if newest else _("not published yet")
    address = "venues:schedule" if arranging else "venues:programme"
    return registry.Step(_("Schedule"), "done" if newest else "now", note, reverse(address, args=[event.code]))


def plug() -> None:
    """Called once when the apps are ready."""
    registry.acts(ACTS)
    registry.step("event", 22, _step)
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
