"""Locking a call, moving it along its line, telling schools: what the other services share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.actor import Actor
from backend.core.errors import IllegalMove
from backend.core.permissions import require
from backend.notify.services import send_note
from backend.people.enums import Role, ScopeKind
from backend.people.models import Grant
from backend.selection.models import CALL, Call
from backend.selection.permissions import may_run


def locked_call(actor: Actor, call: Call, *states: str) -> Call:
    """The call, locked, for whoever runs it; in one of these states."""
    found = Call.objects.select_for_update(of=("self",)).select_related("group").get(pk=call.pk)
    require(may_run(actor, found), _("Only the officers of this call do this."))
    if states and found.state not in states:
        raise IllegalMove(state=found.state)
    return found


def move_call(actor: Actor, call: Call, verb: str, *fields: str) -> Call:
    """Move a locked call along its line, saving these fields with it."""
    call.state = CALL.after(call.state, verb)
    call.save(update_fields=["state", *fields])
    record(actor=actor, action=f"call.{verb}", subject=call.ref, state=call.state)
    return call


def tell_schools(organisations: Iterable[UUID], kind: str, link: str, **params: Any) -> None:
    """Tell the coordinators of these organisations."""
    keys = [str(uid) for uid in organisations]
    grants = Grant.objects.filter(
        role=Role.SCHOOL_COORDINATOR, scope_kind=ScopeKind.ORGANISATION, scope_key__in=keys, ended_at=None
    )
    send_note(recipients=User.objects.filter(grants__in=grants).distinct(), kind=kind, params=params, link=link)


def call_link(call: Call) -> str:
    return reverse("selection:call", args=[call.uid])
