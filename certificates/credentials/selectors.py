"""Finding certificates: by their holder, their issuer, or the token on the paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.people.models import Group
from backend.people.rulebook import mask_name
from certificates.credentials.errors import NoSuchCertificate
from certificates.credentials.models import Credential


def credentials_of(actor: Actor, *, event_code: str = "", state: str = "") -> QuerySet[Credential]:
    """What the actor may list, newest first; an empty filter means all."""
    wanted = {"event_code": event_code, "state": state}
    found: QuerySet[Credential] = Credential.objects.visible_to(actor).filter(**{k: v for k, v in wanted.items() if v})
    return found.order_by("-pk")


def credential_of(actor: Actor, uid: Any) -> Credential:
    """One certificate the actor may know of; NotFound otherwise."""
    credential: Credential | None = Credential.objects.visible_to(actor).filter(uid=uid).first()
    if credential is None:
        raise NotFound
    return credential


def by_token(token: str) -> Credential:
    """The certificate behind a verification address, whoever asks; NoSuchCertificate otherwise."""
    found = Credential.objects.select_related("replaced_by").filter(token=token).first()
    if found is None:
        raise NoSuchCertificate
    return found


def verification_of(credential: Credential) -> dict[str, Any]:
    """What anybody may read: nothing personal beyond a masked name."""
    facts = credential.public_facts
    newer = credential.replaced_by
    return {
        "state": credential.state,
        "number": credential.number,
        "holder": mask_name(credential.reveal("holder_name")),
        "issuer": credential.issuer_name,
        "issued_on": credential.issued_on.isoformat(),
        "title": facts.get("title", ""),
        "award": facts.get("award", ""),
        "event": facts.get("event", ""),
        "division": facts.get("division", ""),
        "contest": facts.get("contest", ""),
        "school": facts.get("school", ""),
        "reason": credential.ended_reason,
        "replaced_by": f"/verify/{newer.token}" if newer else "",
        "facts_sha256": credential.facts_sha256,
    }


def issued_between(group: Group, first: date, last: date) -> int:
    """Valid certificates that a group issued in that time; the yearly report counts them."""
    return Credential.objects.filter(issuer_key=group.code, state="valid", issued_on__range=(first, last)).count()


def name_matches(credential: Credential, typed: str) -> bool:
    """Whether the typed full name is the holder's; spaces and width do not matter."""

    def plain(name: str) -> str:
        return "".join(unicodedata.normalize("NFKC", name).split())

    return plain(typed) == plain(credential.reveal("holder_name"))


def awards_held_by(persons: Iterable[int]) -> QuerySet[Credential]:
    """Valid award certificates of these people (keys of Person; a merged duplicate is named by its own key)."""
    found: QuerySet[Credential] = Credential.objects.filter(kind="award", state="valid", holder__in=list(persons))
    return found.order_by("pk")


def awards_of_school(school: str) -> list[dict[str, Any]]:
    """How often a school's people hold which valid award of which event: year, event, award, count; nobody's name."""
    found = Credential.objects.filter(kind="award", state="valid", public_facts__school=school)
    counted: dict[tuple[int, str, str], int] = {}
    for year, facts in found.values_list("year", "public_facts"):
        key = (year, facts.get("event", ""), facts.get("award", ""))
        counted[key] = counted.get(key, 0) + 1
    return [{"year": y, "event": e, "award": a, "count": n} for (y, e, a), n in sorted(counted.items())]
