"""The line of a call, and the steps its officers can take now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core import clock
from backend.selection.models import CALL, Call
from backend.selection.projections.words import CALL_STATES
from backend.ui.registry import Step

LINE = ("open", "recommending", "scoring", "publicity", "confirmed")


@dataclass(frozen=True)
class NextStep:
    """A button. effect: what happens, said before it is pressed; waits: why it is not time yet."""

    verb: str
    label: Any
    effect: Any
    waits: Any = ""


STEPS: dict[str, tuple[Any, Any]] = {
    "announce": (
        _("Announce the call"),
        _("Everybody reads it and can apply. It cannot be changed any more."),
    ),
    "close": (_("End the time for applications"), _("Drafts that were not sent take no part.")),
    "forward": (_("Hand them to the experts"), _("The recommended applications are opened to the experts.")),
    "shortlist": (_("Compute the list"), _("From the experts' points, exactly. Nothing is shown yet.")),
    "publish": (_("Put it on public notice"), _("Everybody reads the list and can object until the time is over.")),
    "confirm": (
        _("Confirm the list"),
        _("It is final, the applicants are told, and what was offered is assigned."),
    ),
}


def next_steps(call: Call) -> list[NextStep]:
    return [
        NextStep(verb, label, effect, _waits(call, verb))
        for verb, (label, effect) in STEPS.items()
        if CALL.allows(call.state, verb)
    ]


def _waits(call: Call, verb: str) -> Any:
    if verb == "close" and not clock.deadline_passed(call.closes_at):
        return _("Schools were told that they can apply until then.")
    if verb == "confirm" and call.publicity_until is not None and clock.now() <= call.publicity_until:
        return _("The notice is still running.")
    if verb == "confirm" and call.objections.filter(state="filed").exists():
        return _("Answer every objection first.")
    return ""


def phases(call: Call) -> list[Step]:
    """The line at the top of the page, with the days."""
    state = "scoring" if call.state == "shortlisted" else call.state
    at = LINE.index(state) if state in LINE else -1
    notes = {
        "open": _day(call.closes_at),
        "recommending": call.recommend_until or "",
        "scoring": call.score_until or "",
        "publicity": _day(call.publicity_until),
    }
    return [
        Step(
            CALL_STATES[name][0],
            "done" if n < at or call.state == "confirmed" else "now" if n == at else "later",
            str(notes.get(name, "")),
        )
        for n, name in enumerate(LINE)
        if name != "recommending" or call.recommends
    ]


def _day(at: Any) -> str:
    return at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else ""
