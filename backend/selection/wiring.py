"""What selections plug in: menu, states, links, notes, what waits for whom, applications as holders of documents."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core.actor import Actor
from backend.core.triggers import append_only
from backend.documents.models import HolderKind, holder_kind
from backend.notify.selectors import Audience, register_audience, register_text
from backend.people.enums import Role
from backend.selection.models import Application
from backend.selection.permissions import may_apply, may_run
from backend.selection.projections.waiting import todos
from backend.selection.projections.words import APPLICATION_STATES, CALL_STATES, OBJECTION_STATES, OUTCOMES
from backend.selection.selectors import experts_in, written_calls
from backend.ui import registry

ACTS = {
    "call.create": _("prepared a call"),
    "call.edit": _("changed a call"),
    "call.criteria": _("set a call's criteria"),
    "call.offers": _("set what a call offers"),
    "call.announce": _("announced a call"),
    "call.close": _("ended the time for applications"),
    "call.forward": _("handed the applications to the experts"),
    "call.shortlist": _("computed the list"),
    "call.publish": _("put the list on public notice"),
    "call.amend": _("changed the list on public notice"),
    "call.confirm": _("confirmed the list"),
    "call.cancel": _("cancelled a call"),
    "application.start": _("began an application"),
    "application.submit": _("sent an application"),
    "application.take_back": _("took an application back"),
    "application.return": _("sent an application back"),
    "application.withdraw": _("gave an application up"),
    "offer.recommend": _("recommended applications"),
    "expert.name": _("named an expert"),
    "expert.recuse": _("recused an expert"),
    "review.score": _("scored an application"),
    "decision.make": _("made a numbered list"),
    "objection.file": _("objected"),
    "objection.uphold": _("upheld an objection"),
    "objection.dismiss": _("did not uphold an objection"),
}
NOTES = {
    "selection.returned": _("Your application was sent back to be mended: %(call)s"),
    "selection.cancelled": _("A call was cancelled: %(call)s"),
    "selection.publicity": _("The list is on public notice: %(call)s"),
    "selection.objections_many": _("Very many objections came within an hour, further ones wait: %(call)s"),
    "selection.amended": _("The list on public notice was changed: %(call)s"),
    "selection.confirmed": _("The selection is confirmed: %(call)s"),
    "selection.expert": _("You were named an expert: %(call)s"),
    "selection.objection": _("Somebody objected during the public notice: %(call)s"),
}


def _application(uid: UUID) -> Application | None:
    found: Application | None = (
        Application.objects.select_related("call__group", "organisation").filter(uid=uid).first()
    )
    return found


def _may_attach(actor: Actor, uid: UUID) -> bool:
    found = _application(uid)
    return found is not None and found.state in ("draft", "returned") and may_apply(actor, found)


def _may_verify(actor: Actor, uid: UUID) -> bool:
    found = _application(uid)
    return found is not None and found.state == "submitted" and may_run(actor, found.call)


def plug() -> None:
    """Called once when the apps are ready."""
    append_only("selection_version")
    append_only("selection_decision")
    registry.acts(ACTS)
    for kind, words in (
        ("call", CALL_STATES),
        ("application", APPLICATION_STATES),
        ("objection", OBJECTION_STATES),
        ("outcome", OUTCOMES),
    ):
        registry.states(kind, words)
    for kind, text in NOTES.items():
        register_text(kind, text)
    registry.menu(
        registry.MenuItem("calls", _("Selections"), lambda a: reverse("selection:calls"), 15, "map", lambda a: True)
    )
    registry.menu(
        registry.MenuItem(
            "reviews",
            _("To score"),
            lambda a: reverse("selection:reviews"),
            16,
            "pen",
            shown=lambda actor: actor.role == Role.EXPERT,
        )
    )
    registry.link("call", lambda ref: reverse("selection:call", args=[ref.key]))
    registry.link("application", lambda ref: reverse("selection:application", args=[ref.key]))
    registry.label("expert", _expert_label)
    registry.label("objection", _objection_label)
    registry.todos("selection", todos)
    places = {"call": _("the call's title")}
    register_audience(Audience("call.experts", _("Experts of a call"), written_calls, experts_in, places))
    holder_kind(
        HolderKind(
            "application",
            seen=lambda actor: Application.objects.visible_to(actor),
            may_attach=_may_attach,
            may_verify=_may_verify,
            words=_called,
        )
    )


def _called(uids: Collection[UUID]) -> dict[UUID, str]:
    """The call that was applied to."""
    found = Application.objects.filter(uid__in=uids).select_related("call")
    return {each.uid: each.call.title for each in found}


def _expert_label(frozen: str) -> str:
    return str(_("Expert %(n)s")) % {"n": frozen.rpartition(" ")[2]}


def _objection_label(frozen: str) -> str:
    return str(_("Objection %(n)s")) % {"n": frozen.rpartition(" ")[2]}
