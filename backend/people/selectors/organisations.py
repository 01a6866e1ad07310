"""Questions about organisations and the names they are written under."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from backend.core.actor import Actor
from backend.people.models import Organisation, OrganisationName


def name_key(name: str) -> str:
    """What names are compared by: NFKC (which also makes brackets one kind), spaces removed, nothing guessed."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def match_organisations(names: Iterable[str]) -> dict[str, Organisation]:
    """The recorded organisation behind each written name, present or former; names that match none are left out."""
    keys = {name: name_key(name) for name in names}
    wanted = sorted(set(keys.values()))
    by_key: dict[str, Organisation] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        for former in OrganisationName.objects.filter(name_key__in=some).select_related("organisation"):
            by_key[former.name_key] = former.organisation
        for organisation in Organisation.objects.filter(name_key__in=some):
            by_key[organisation.name_key] = organisation
    return {name: by_key[key] for name, key in keys.items() if key in by_key and by_key[key].ended_at is None}


def match_organisation(name: str) -> tuple[Organisation | None, list[str]]:
    """The organisation under that name, or None and the names it may have been meant for."""
    found = match_organisations([name]).get(name)
    return found, [] if found else propose_organisations(name)


def propose_organisations(name: str, limit: int = 3) -> list[str]:
    """Present names of recorded organisations that resemble the written one, the nearest first: offered, never taken.

    Former names resemble too; the present name is offered for them.
    """
    return propose_for([name], limit)[name]


def propose_for(names: Iterable[str], limit: int = 3) -> dict[str, list[str]]:
    """Proposals for many written names; the recorded ones are read once."""
    asked = list(dict.fromkeys(names))
    if not asked:
        return {}
    present = dict(Organisation.objects.filter(ended_at=None).values_list("name_key", "name"))
    formers = OrganisationName.objects.filter(organisation__ended_at=None)
    known = dict(formers.values_list("name_key", "organisation__name")) | present
    return {name: _nearest(name_key(name), known, limit) for name in asked}


def _nearest(key: str, known: dict[str, str], limit: int) -> list[str]:
    near = difflib.get_close_matches(key, known, n=limit * 2, cutoff=0.6)
    return list(dict.fromkeys(known[each] for each in near))[:limit]


def organisations_found(actor: Actor, words: str = "") -> QuerySet[Organisation]:
    """Organisations the actor may see, by name, present or former."""
    found = Organisation.objects.visible_to(actor).filter(ended_at=None).order_by("name")
    key = name_key(words)
    if key:
        found = found.filter(Q(name_key__icontains=key) | Q(names__name_key__icontains=key)).distinct()
    return found


def organisation_of(actor: Actor) -> Organisation | None:
    """The organisation for which the actor acts."""
    key = actor.scope_key("organisation")
    return Organisation.objects.filter(uid=key).first() if key else None
