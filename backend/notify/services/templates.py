"""Templates: a change is the next version."""

from __future__ import annotations

from dataclasses import asdict
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.notify.errors import NoticeRefused
from backend.notify.models import Template
from backend.notify.permissions import may_change_template, may_write
from backend.notify.rulebook import Text
from backend.notify.selectors import problems_of_text


@transaction.atomic
def make_template(*, actor: Actor, audience: str, title: str, text: Text) -> Template:
    """A new template of the actor's scope. Raises NoticeRefused, NotAllowed."""
    require(may_write(actor), _("Only officers write notices."))
    _refuse_wrong(text, audience)
    scope = actor.scope
    made = Template.objects.create(
        code=uuid4().hex[:12],
        scope_kind=scope.kind if scope else "system",
        scope_key=scope.key if scope else "",
        audience=audience,
        title=title,
        made_by_uid=actor.user_uid,
        **asdict(text),
    )
    audit.record(actor=actor, action="template.make", subject=made.ref, audience=audience)
    return made


@transaction.atomic
def change_template(*, actor: Actor, template: Template, title: str, text: Text) -> Template:
    """The next version; notices written with former ones keep theirs. Raises NoticeRefused, NotAllowed."""
    locked = _locked(actor, template)
    _refuse_wrong(text, locked.audience)
    locked.ended_at = clock.now()
    locked.save(update_fields=["ended_at"])
    made = Template.objects.create(
        code=locked.code,
        version=locked.version + 1,
        scope_kind=locked.scope_kind,
        scope_key=locked.scope_key,
        audience=locked.audience,
        title=title,
        made_by_uid=actor.user_uid,
        **asdict(text),
    )
    audit.record(actor=actor, action="template.change", subject=made.ref)
    return made


@transaction.atomic
def end_template(*, actor: Actor, template: Template) -> None:
    """Offer it no longer; it stays on record."""
    locked = _locked(actor, template)
    locked.ended_at = clock.now()
    locked.save(update_fields=["ended_at"])
    audit.record(actor=actor, action="template.end", subject=locked.ref)


def _locked(actor: Actor, template: Template) -> Template:
    locked: Template = Template.objects.select_for_update(of=("self",)).get(pk=template.pk)
    require(may_change_template(actor, locked), _("This template belongs to others. Make your own from it."))
    if locked.ended_at is not None:
        raise NoticeRefused({"title": _("Somebody changed this template meanwhile. Open its newest version.")})
    return locked


def _refuse_wrong(text: Text, audience: str) -> None:
    problems = problems_of_text(text, audience)
    if problems:
        raise NoticeRefused(problems)
