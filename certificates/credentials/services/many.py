"""Many certificates at once: decided in the request, carried out behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.later import later
from backend.core.permissions import require
from backend.core.refs import Ref
from backend.core.vault import seal, unseal
from certificates.credentials.errors import ReasonMissing
from certificates.credentials.models import Credential
from certificates.credentials.permissions import may_end_all
from certificates.credentials.services.ending import reissue, revoke

ACTS = {"revoke": revoke, "reissue": reissue}


@transaction.atomic
def end_many(*, actor: Actor, credentials: Sequence[Credential], verb: str, reason: str) -> int:
    """Revoke or reissue the valid ones among these, after the request; returns how many will be.

    Raises NotAllowed when the actor may not end every one of them, ReasonMissing, Invalid when none is valid.
    """
    require(may_end_all(actor, credentials))
    if not reason.strip():
        raise ReasonMissing({"reason": ReasonMissing.message})
    valid = [str(c.uid) for c in credentials if c.state == "valid"]
    if not valid:
        raise Invalid({"credential": _("Tick valid certificates first.")})
    order = uuid4()
    scope = [actor.scope.kind, actor.scope.key, actor.scope.label] if actor.scope else None
    sealed = seal(reason.strip()[:200], table="job", column="reason", uid=order)
    by = {"user": str(actor.user_uid), "role": actor.role, "scope": scope, "device": actor.device}
    later("credentials.end_many", verb=verb, credentials=valid, order=order, reason=sealed, by=by)
    return len(valid)


def carry_out(*, verb: str, credentials: Sequence[str], order: str, reason: str, by: dict[str, Any]) -> int:
    """What `end_many` decided, one certificate after the other; running it again ends what is still valid.

    reason: sealed for this order, because a job shows no words of a person.
    """
    plain = unseal(reason, table="job", column="reason", uid=UUID(order))
    actor, ended = _decider(by), 0
    for uid in credentials:
        credential = Credential.objects.filter(uid=uid, state="valid").first()
        if credential is not None:
            ACTS[verb](actor=actor, credential=credential, reason=plain)
            ended += 1
    return ended


def _decider(by: dict[str, Any]) -> Actor:
    """Who decided, in the role in which it was decided."""
    user = User.objects.get(uid=UUID(by["user"]))
    scope = Ref(*by["scope"]) if by["scope"] else None
    label = user.display_name or user.account_name
    return Actor(by["role"], user.pk, user.uid, scope, by["device"], label=label)
