"""Ending: revoked, or replaced by a new print; the page of the old one says so from then on."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import transaction

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.core.refs import Ref
from certificates.credentials.errors import ReasonMissing
from certificates.credentials.models import CREDENTIAL, Credential
from certificates.credentials.permissions import may_end
from certificates.credentials.services.issuing import Claim, record


@transaction.atomic
def revoke(*, actor: Actor, credential: Credential, reason: str) -> Credential:
    """End a certificate; its page says so from now on. Raises IllegalMove when it is not valid."""
    credential = Credential.objects.select_for_update(of=("self",)).get(pk=credential.pk)
    require(may_end(actor, credential))
    _end(credential, "revoke", reason)
    audit.record(
        actor=actor,
        action="credential.revoke",
        subject=credential.ref,
        event_code=credential.event_code,
        reason=reason,
    )
    return credential


@transaction.atomic
def reissue(*, actor: Actor, credential: Credential, reason: str) -> Credential:
    """Print anew under a new number; the old page leads to the new one. Doing it twice gives the same new one."""
    credential = Credential.objects.select_for_update(of=("self",)).get(pk=credential.pk)
    require(may_end(actor, credential))
    if credential.state == "replaced" and credential.replaced_by:
        return credential.replaced_by
    _end(credential, "replace", reason)
    claim = Claim(
        claim_key=credential.claim_key,
        issuer_key=credential.issuer_key,
        issuer_name=credential.issuer_name,
        holder=credential.holder,
        holder_name=credential.reveal("holder_name"),
        facts=json.loads(credential.reveal("facts")),
        public_facts=credential.public_facts,
        rests_on=Ref(credential.rests_on_kind, credential.rests_on_key),
        issued_on=clock.today(),
        event_code=credential.event_code,
        kind=credential.kind,
    )
    credential.replaced_by = record(actor=actor, claims=[claim])[0]
    credential.save(update_fields=["replaced_by"])
    audit.record(
        actor=actor,
        action="credential.reissue",
        subject=credential.ref,
        event_code=credential.event_code,
        reason=reason,
    )
    return credential.replaced_by


@transaction.atomic
def end_unclaimed(*, actor: Actor, event_code: str, kept: Sequence[Credential], reason: str) -> int:
    """After a correction: an event's valid certificates that are not kept end; the caller has decided.

    Where the holder has another one among the kept, the old page leads to it. Returns how many ended.
    """
    newer: dict[int | None, Credential] = {c.holder_id: c for c in kept if c.holder_id and c.state == "valid"}
    valid = Credential.objects.select_for_update(of=("self",)).filter(event_code=event_code, state="valid")
    ended = 0
    for credential in valid.exclude(pk__in=[c.pk for c in kept]).order_by("pk"):
        replacement = newer.get(credential.holder_id)
        _end(credential, "replace" if replacement else "revoke", reason)
        if replacement:
            credential.replaced_by = replacement
            credential.save(update_fields=["replaced_by"])
        verb = "credential.reissue" if replacement else "credential.revoke"
        audit.record(actor=actor, action=verb, subject=credential.ref, event_code=event_code, reason=reason)
        ended += 1
    return ended


def _end(credential: Credential, verb: str, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing({"reason": ReasonMissing.message})
    credential.state = CREDENTIAL.after(credential.state, verb)
    credential.ended_at, credential.ended_reason = clock.now(), reason.strip()[:200]
    credential.save(update_fields=["state", "ended_at", "ended_reason"])
