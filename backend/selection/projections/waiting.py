"""What waits for a school, a secretary and an expert."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core import clock
from backend.core.actor import Actor
from backend.people.enums import Role
from backend.selection.selectors import calls_run_by, expertises_of, waiting_applications
from backend.ui.registry import Todo


def todos(actor: Actor) -> list[Todo]:
    return [*_returned(actor), *_calls(actor), *_reviews(actor)]


def _returned(actor: Actor) -> Iterator[Todo]:
    for application in waiting_applications(actor)[:20]:
        link = reverse("selection:application", args=[application.uid])
        yield Todo(_("Mend your application"), link, _("Open"), note=application.call.title, tone="danger", order=20)


def _calls(actor: Actor) -> Iterator[Todo]:
    """The next step of each call that the actor runs, when it is time."""
    found = calls_run_by(actor).annotate(filed=Count("objections", filter=Q(objections__state="filed")))
    for call in found[:20]:
        step = _next(call)
        if step is not None:
            title, page, tone = step
            yield Todo(title, reverse(page, args=[call.uid]), _("Open"), note=call.title, tone=tone, order=35)


def _next(call: Any) -> tuple[Any, str, str] | None:
    over = call.publicity_until is not None and clock.now() > call.publicity_until
    if call.state == "publicity" and call.filed:
        return _("Objections to answer"), "selection:objections", "danger"
    steps: dict[str, tuple[Any, str, bool]] = {
        "draft": (_("A call to announce"), "selection:call", True),
        "open": (_("The time for applications is over"), "selection:call", clock.deadline_passed(call.closes_at)),
        "recommending": (_("Applications to recommend"), "selection:recommend", True),
        "shortlisted": (_("A list to put on public notice"), "selection:call", True),
        "publicity": (_("A public notice is over: confirm the list"), "selection:call", over),
    }
    title, page, due = steps.get(call.state, (None, "", False))
    return (title, page, "warning") if due else None


def _reviews(actor: Actor) -> list[Todo]:
    """How many offers still wait for this expert's points."""
    if actor.role != Role.EXPERT:
        return []
    waiting = expertises_of(actor).filter(recused_at=None, offer__scored_at=None, offer__call__state="scoring").count()
    if not waiting:
        return []
    title, link = _("Applications to score"), reverse("selection:reviews")
    return [Todo(title, link, _("Open"), count=waiting, tone="warning", order=10)]
