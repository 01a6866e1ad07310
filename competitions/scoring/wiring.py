"""What scoring plugs in: append-only tables, the tablet in a judge's menu, and the sheets that wait for the judge."""

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from backend.core.actor import Actor
from backend.core.triggers import append_only
from backend.people.enums import Role, ScopeKind
from backend.ui import registry
from competitions.scoring.selectors.desk import sheets_waiting
from competitions.scoring.selectors.waiting import disagreements
from realtime import offline


def _watches(actor: Actor) -> bool:
    return actor.role in (Role.CHIEF_JUDGE, Role.SUPERVISOR) and actor.scope_key(ScopeKind.EVENT) is not None


def _inbox(actor: Actor) -> str:
    return reverse("scoring:inbox", args=[actor.scope_key(ScopeKind.EVENT)])


SHEET_STATES = {
    "open": (_("open"), "now"),
    "submitted": (_("submitted"), "good"),
    "passed": (_("passed on"), "muted"),
    "voided": (_("voided"), "muted"),
}


def _scores(actor: Actor) -> bool:
    return actor.role == Role.JUDGE and actor.scope_key(ScopeKind.SEAT) is not None


def _todos(actor: Actor) -> list[registry.Todo]:
    return [*_own_sheets(actor), *_to_be_settled(actor)]


def _to_be_settled(actor: Actor) -> list[registry.Todo]:
    """What the chief judge has to bring a panel together for; the inbox names works, aspects and seats."""
    code = actor.scope_key(ScopeKind.EVENT) if actor.role == Role.CHIEF_JUDGE else None
    if code is None:
        return []
    titles = {"spread": _("Levels too far apart: the panel scores again"), "dispute": _("Disputed measurements")}
    return [
        registry.Todo(
            title=titles[reason],
            link=reverse("scoring:inbox", args=[code]),
            verb=_("Look"),
            count=count,
            note=f"{code} {actor.scope.label if actor.scope else ''}".strip(),
            tone="danger",
            order=5,
            event_code=code,
        )
        for reason, count in disagreements(code).items()
    ]


def _own_sheets(actor: Actor) -> list[registry.Todo]:
    count, event_code, event_name = sheets_waiting(actor)
    if not count:
        return []
    note = f"{event_code} {event_name}"
    link = str(reverse_lazy("scoring:judge"))
    todo = registry.Todo(
        title=_("Sheets to score"),
        link=link,
        verb=_("Score"),
        count=count,
        note=note,
        tone="warning",
        order=10,
        event_code=event_code,
    )
    return [todo]


ACTS = {
    "panel.score_again": _("Panel scores again"),
    "scheme.import": _("Marking scheme read"),
    "scheme.lock": _("Marking scheme locked"),
    "scoring.open": _("Scoring opened"),
    "marks.take": _("Marks taken"),
    "sheet.submit": _("Sheet submitted"),
    "seat.hand_over": _("Sheets handed to a successor"),
    "seat.void": _("Sheets of a closed seat voided"),
    "work.status": _("State of a work set"),
}


def plug() -> None:
    """Called once when the apps are ready."""
    registry.acts(ACTS)
    append_only("scoring_mark")
    append_only("scoring_confirmation")
    append_only("scoring_rescore")
    tablet = registry.MenuItem(
        "tablet", _("Score works"), lambda a: str(reverse_lazy("scoring:judge")), 20, "tablet", _scores
    )
    registry.menu(tablet)
    registry.menu(registry.MenuItem("scoring", _("Chief judge's inbox"), _inbox, 15, "gavel", _watches))
    offline.shell("^/judge/$")
    registry.todos("scoring", _todos)
    registry.states("sheet", SHEET_STATES)
