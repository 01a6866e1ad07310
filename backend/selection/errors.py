"""What can keep an application or a decision from going on, said with the cure."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from backend.core.errors import DomainError, Invalid

ANSWER_TEXTS: dict[str, Any] = {
    "MISSING": _("This is not answered yet."),
    "TOO_LONG": _("This answer is too long."),
    "NOT_A_NUMBER": _("Write a number here."),
    "NOT_WHOLE": _("Write a whole number here."),
    "NEGATIVE": _("This cannot be less than nothing."),
}


class CallIncomplete(Invalid):
    code = "call_incomplete"
    message = _("This call cannot be announced yet. Please mend the marked places.")


class CallClosed(DomainError):
    code = "call_closed"
    message = _("The time for applications to this call is over.")


class NotForYou(DomainError):
    code, status = "not_for_you", 403
    message = _("This call is not for an organisation of your kind.")


class ApplicationIncomplete(Invalid):
    code = "application_incomplete"
    message = _("The application cannot be submitted yet. Please mend the marked places.")


class ApplicationFixed(DomainError):
    code = "application_fixed"
    message = _("A submitted application does not change. Take it back first, or wait until it is returned.")


class ChoicesFixed(DomainError):
    code = "choices_fixed"
    message = _("What the application is for can change only until the call closes.")


class ReasonMissing(Invalid):
    code = "reason_missing"
    message = _("Say why, so that it can be mended.")

    def __init__(self, field: str = "reason") -> None:
        super().__init__({field: [_("Say why, so that it can be mended.")]})


class RanksWrong(Invalid):
    code = "ranks_wrong"
    message = _("The places must be 1, 2, 3 and so on, each given once.")


class NotEveryoneRecommended(DomainError):
    code = "not_everyone_recommended"
    message = _("Say of every application whether it is recommended, before it goes to the experts.")


class ExpertsMissing(DomainError):
    code = "experts_missing"
    message = _("Some offers have fewer experts than the call asks for. Name more of them first.")


class ScoresMissing(DomainError):
    code = "scores_missing"
    message = _("Not every expert has scored every application yet.")


class Recused(DomainError):
    code = "recused"
    message = _("You stepped back from this offer and do not score it.")


class VersionChanged(DomainError):
    code = "version_changed"
    message = _("The application was sent anew meanwhile. Read its present version and score that.")


class BeingMended(DomainError):
    code = "being_mended"
    message = _("The application was sent back to be mended. Score it once it is sent anew; what you wrote is below.")


class ScoringOver(DomainError):
    code = "scoring_over"
    message = _("All experts are done, so the points stand.")


class PublicityRuns(DomainError):
    code = "publicity_runs"
    message = _("The notice is still running. It can be confirmed when its time is over.")


class PublicityOver(DomainError):
    code = "publicity_over"
    message = _("Objections can be made only while the notice runs.")


class ObjectionsOpen(DomainError):
    code = "objections_open"
    message = _("Answer every objection first.")


class TooManyObjections(DomainError):
    """More objections from one place than are taken within an hour; `seconds` until the next is."""

    code, status = "too_many_objections", 429

    def __init__(self, *, seconds: int) -> None:
        minutes = -(-seconds // 60)
        words = ngettext(
            "Several objections came from here already; nothing was kept. The next is taken in %(minutes)s minute.",
            "Several objections came from here already; nothing was kept. The next is taken in %(minutes)s minutes.",
            minutes,
        )
        super().__init__(words % {"minutes": minutes}, seconds=seconds)


class ListFlooded(TooManyObjections):
    """More objections to one list than are taken within an hour from everywhere together; its officers were told."""

    code = "list_flooded"

    def __init__(self, *, seconds: int) -> None:
        super().__init__(seconds=seconds)
        minutes = -(-seconds // 60)
        words = ngettext(
            "Very many objections to this list came within an hour; yours was not kept. The secretariat knows of it: "
            "send it again in %(minutes)s minute, or hand it in on paper.",
            "Very many objections to this list came within an hour; yours was not kept. The secretariat knows of it: "
            "send it again in %(minutes)s minutes, or hand it in on paper.",
            minutes,
        )
        self.message = words % {"minutes": minutes}


class ObjectionTooLarge(DomainError):
    code, status = "objection_too_large", 413
    message = _("This is more than an objection may hold. Shorten it; papers are handed to whoever answers.")
