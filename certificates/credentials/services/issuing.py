"""Issuing: facts handed in are frozen, numbered and never asked about again."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.refs import Ref
from backend.people.models import Person
from certificates.credentials.errors import GlyphMissing
from certificates.credentials.models import Credential, Serial
from certificates.credentials.render import missing_characters


@dataclass(frozen=True, slots=True)
class Claim:
    """Who gets what for what. facts may hold names; public_facts may not. claim_key: the same claim is issued once."""

    claim_key: str
    issuer_key: str
    issuer_name: str
    holder: Person | None
    holder_name: str
    public_facts: dict[str, Any]
    rests_on: Ref
    issued_on: date
    facts: dict[str, Any] = field(default_factory=dict)
    event_code: str = ""
    kind: str = "award"


@transaction.atomic
def record(*, actor: Actor, claims: Sequence[Claim]) -> list[Credential]:
    """Issue a certificate per claim; a claim that holds one already gets that one. The caller has decided.

    Raises GlyphMissing before anything is issued.
    """
    problems = {key.rsplit(":", 1)[-1]: lacking for key, lacking in unprintable(claims).items()}
    if problems:
        raise GlyphMissing(problems)
    serials = _lock_serials({(c.issuer_key, c.issued_on.year) for c in claims})
    known = _issued(claims)
    made = []
    for claim in claims:
        if claim.claim_key not in known:
            serial = serials[claim.issuer_key, claim.issued_on.year]
            known[claim.claim_key] = _make(claim, serial)
            made.append(known[claim.claim_key])
    for serial in serials.values():
        serial.save(update_fields=["last"])
    if made:
        subject = Ref("credential", str(made[0].uid), made[0].number)
        audit.record(
            actor=actor, action="credential.issue", subject=subject, event_code=made[0].event_code, count=len(made)
        )
    return [known[claim.claim_key] for claim in claims]


def _issued(claims: Sequence[Claim]) -> dict[str, Credential]:
    """What each claim has: its valid certificate, or the one revoked on the same basis, which a retry must not undo."""
    basis = {c.claim_key: c.rests_on.key for c in claims}
    found = Credential.objects.filter(claim_key__in=basis, state__in=["valid", "revoked"]).order_by("pk")
    revoked = {c.claim_key: c for c in found if c.state == "revoked" and c.rests_on_key == basis[c.claim_key]}
    return revoked | {c.claim_key: c for c in found if c.state == "valid"}


def _lock_serials(wanted: set[tuple[str, int]]) -> dict[tuple[str, int], Serial]:
    """The counters, locked in one order, so that numbers have no gap and two batches never meet crosswise."""
    found = {}
    for issuer, year in sorted(wanted):
        Serial.objects.get_or_create(issuer_key=issuer, year=year)
        found[issuer, year] = Serial.objects.select_for_update().get(issuer_key=issuer, year=year)
    return found


def unprintable(claims: Sequence[Claim]) -> dict[str, str]:
    """Claim key -> the characters (as U+20BB7) that its certificate would need and the font lacks."""
    found = {}
    for claim in claims:
        instructors = claim.facts.get("instructors", [])
        shown = [claim.holder_name, claim.issuer_name, *claim.public_facts.values(), *instructors]
        lacking = missing_characters("".join(map(str, shown)))
        if lacking:
            found[claim.claim_key] = " ".join(f"U+{ord(c):04X}" for c in lacking)
    return found


def _make(claim: Claim, serial: Serial) -> Credential:
    serial.last += 1
    credential = Credential(
        token=secrets.token_urlsafe(16),
        kind=claim.kind,
        issuer_key=claim.issuer_key,
        issuer_name=claim.issuer_name,
        year=claim.issued_on.year,
        serial=serial.last,
        number=f"{claim.issuer_key}-{claim.issued_on.year}-{serial.last:06d}",
        holder=claim.holder,
        public_facts=claim.public_facts,
        rests_on_kind=claim.rests_on.kind,
        rests_on_key=claim.rests_on.key,
        event_code=claim.event_code,
        claim_key=claim.claim_key,
        issued_on=claim.issued_on,
    )
    facts = json.dumps(claim.facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    credential.put("holder_name", claim.holder_name)
    credential.put("facts", facts)
    frozen = json.dumps([claim.holder_name, facts, claim.public_facts], ensure_ascii=False, sort_keys=True)
    credential.facts_sha256 = hashlib.sha256(frozen.encode()).hexdigest()
    credential.save()
    return credential
