"""The event's line after registration (which tells its own step): draw to certificates, with public counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import is_valid_path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from backend.core.actor import SYSTEM, Actor
from backend.ui import registry
from backend.ui.registry import Step
from certificates.credentials.models import Credential
from competitions.boards.enums import BoardMode
from competitions.boards.permissions import may_watch_jury
from competitions.boards.selectors import counts_of, round_of, settings_of
from competitions.contests.models import Event
from competitions.results.models import Signature

# state -> the step at work; earlier steps are done, later ones wait
AT = {
    "draft": 0,
    "registering": 1,
    "registered": 2,
    "drawn": 3,
    "scoring": 3,
    "tallied": 4,
    "signed": 5,
    "published": 6,
    "cancelled": 2,
}


def _state(event: Event, place: int) -> str:
    at = AT[event.state]
    return "done" if place < at else "now" if place == at else "later"


def draw(actor: Actor, event: Event) -> Step:
    drawn = round_of(event).code_layers.order_by("-number").first()
    note = date_format(localtime(drawn.drawn_at), "m-d H:i") if drawn else ""
    return Step(_("Draw and codes"), _state(event, 2), note)


def scoring(actor: Actor, event: Event) -> Step:
    done, every = _sheets(actor, event)
    note = _("%(done)s / %(all)s sheets") % {"done": done, "all": every}
    return Step(pgettext("step", "Scoring"), _state(event, 3), note if every else "")


def _sheets(actor: Actor, event: Event) -> tuple[int, int]:
    """Sheets done and in all; as a frozen board keeps them, but for whoever watches the jury's board."""
    shown = round_of(event)
    kept = settings_of(SYSTEM, shown).frozen
    if kept is not None and not may_watch_jury(actor, event):
        progress = kept[BoardMode.PROGRESS]["progress"]
        return progress["sheets_done"], progress["sheets_all"]
    counts = counts_of(shown)
    return counts.sheets_done, counts.sheets_all


def signing(actor: Actor, event: Event) -> Step:
    signed = Signature.objects.filter(tally__round__event=event, tally__ended_at=None).count()
    note = _("%(count)s of 2 signatures") % {"count": signed}
    return Step(_("Signatures"), _state(event, 4), note if AT[event.state] >= 4 else "")


def publication(actor: Actor, event: Event) -> Step:
    newest = round_of(event).publications.order_by("-number").first()
    note = _("No. %(number)s") % {"number": newest.number} if newest else ""
    return Step(_("Publication"), _state(event, 5), note, f"/events/{event.code}/results/" if newest else "")


def certificates(actor: Actor, event: Event) -> Step | None:
    """None for an event that only ranks: nobody waits for a certificate."""
    if not event.rule_set.rules.get("result", {}).get("awards"):
        return None
    count = Credential.objects.filter(event_code=event.code, state="valid").count()
    note = _("%(count)s issued") % {"count": count} if count else ""
    return Step(_("Certificates"), "done" if count else _state(event, 6), note)


LINE: list[tuple[int, Callable[[Actor, Any], Step | None]]] = [
    (30, draw),
    (40, scoring),
    (50, signing),
    (60, publication),
    (70, certificates),
]


def plug_line() -> None:
    for order, build in LINE:
        registry.step("event", order, build)


PAGES = [
    ("", gettext_lazy("Public page")),
    ("entries/", gettext_lazy("Entries")),
    ("import/", gettext_lazy("Import a workbook")),
    ("venues/", gettext_lazy("Venues and stations")),
    ("arrivals/", gettext_lazy("Arrivals")),
    ("sessions/", gettext_lazy("Sessions of the round")),
    ("schedule/", gettext_lazy("Schedule")),
    ("bookings/", gettext_lazy("Places of teams")),
    ("programme/", gettext_lazy("Programme")),
    ("nominations/", gettext_lazy("Nominations of judges")),
    ("panels/", gettext_lazy("Panels")),
    ("judges/", gettext_lazy("Judges")),
    ("draw/", gettext_lazy("Draw and codes")),
    ("scheme/", gettext_lazy("Marking scheme")),
    ("scoring/", gettext_lazy("Chief judge's inbox")),
    ("jury-board/", gettext_lazy("Jury board")),
    ("sign-off/", gettext_lazy("Sign-off and publication")),
    ("board/", gettext_lazy("Public board")),
    ("results/", gettext_lazy("Published results")),
    ("promotion/", gettext_lazy("Who goes on")),
]


def event_pages(event: Event) -> list[tuple[str, Any]]:
    """Every page of the event with its label, for the organiser; results and who goes on only once published."""
    published = event.state == "published"
    hidden = set() if published else {"results/"}
    if not published or event.promotes_to_id is None:
        hidden.add("promotion/")
    pages = [(f"/events/{event.code}/{end}", label) for end, label in PAGES if end not in hidden]
    return [(url, label) for url, label in pages if is_valid_path(url)]
