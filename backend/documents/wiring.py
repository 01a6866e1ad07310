"""What documents plug in: the menu, states, links, notes, what waits, and persons as holders."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core.actor import Actor
from backend.documents.models import HolderKind, holder_kind
from backend.documents.projections import VERDICTS
from backend.documents.selectors import refused_of
from backend.notify.selectors import register_text
from backend.people.enums import Role, ScopeKind
from backend.people.models import Person
from backend.ui import registry

ACTS = {
    "document.attach": _("handed a document in"),
    "document.reuse": _("used a document again"),
    "document.remove": _("took a document away"),
    "document.accept": _("accepted a document"),
    "document.refuse": _("refused a document"),
    "document.purge": _("deleted a file whose time was over"),
}


def _hands_in(actor: Actor) -> bool:
    return actor.scope_key(ScopeKind.ORGANISATION) is not None or actor.role == Role.CONTESTANT


def _todos(actor: Actor) -> list[registry.Todo]:
    count = refused_of(actor) if _hands_in(actor) else 0
    if not count:
        return []
    return [
        registry.Todo(
            title=_("Refused documents to replace"),
            link=f"{reverse('documents:mine')}?verdict=refused",
            verb=_("Open"),
            count=count,
            tone="warning",
            order=25,
        )
    ]


def _person_himself(actor: Actor, uid: UUID) -> bool:
    return Person.objects.same_as(actor.person_id).filter(uid=uid).exists()


def plug() -> None:
    """Called once when the apps are ready."""
    registry.states("document", VERDICTS)
    registry.states("holding", {"documents.document": (_("Documents"), "")})
    registry.acts(ACTS)
    registry.menu(
        registry.MenuItem(
            "documents", _("Documents"), lambda actor: reverse("documents:mine"), 700, "book", shown=_hands_in
        )
    )
    registry.link("document", lambda ref: reverse("documents:download", args=[ref.key]))
    registry.todos("documents", _todos)
    register_text("document.refused", _("A document of yours was refused. Look at the reason and replace it."))
    holder_kind(
        HolderKind(
            "person",
            seen=lambda actor: Person.objects.visible_to(actor),
            may_attach=_person_himself,
            may_verify=lambda actor, uid: actor.role == Role.SYS_ADMIN,
            person_of=lambda uid: Person.objects.filter(uid=uid).first(),
        )
    )
