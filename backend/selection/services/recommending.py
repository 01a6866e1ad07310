"""The group's word on the applications."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, NotFound
from backend.core.permissions import require
from backend.selection.errors import RanksWrong, ReasonMissing
from backend.selection.models import Offer, Recommendation
from backend.selection.permissions import may_recommend
from backend.selection.selectors import live_choices


@transaction.atomic
def recommend(*, actor: Actor, offer: Offer, words: Mapping[UUID, tuple[int | None, str]]) -> None:
    """Say of an offer's applications in which order the group recommends them, or why not, each with a reason.

    words: by choice uid (place from 1, or None: not recommended; reason). Replaces what was said before.
    """
    found = Offer.objects.select_for_update(of=("self",)).select_related("call__group", "group").get(pk=offer.pk)
    require(may_recommend(actor, found), _("Only the secretary of the group recommends."))
    if found.call.state != "recommending":
        raise IllegalMove(state=found.call.state)
    choices = {choice.uid: choice for choice in live_choices(found)}
    if set(words) - set(choices):
        raise NotFound
    ranks = sorted(rank for rank, _reason in words.values() if rank is not None)
    if ranks != list(range(1, len(ranks) + 1)):
        raise RanksWrong({str(uid): [_("Give each place once.")] for uid, (rank, _r) in words.items() if rank})
    for uid, (_rank, reason) in words.items():
        if not reason.strip():
            raise ReasonMissing(str(uid))
    Recommendation.objects.filter(choice__in=choices.values()).delete()
    Recommendation.objects.bulk_create(
        Recommendation(
            choice=choices[uid],
            offer=found,
            rank=rank,
            reason=reason.strip()[:500],
            made_at=clock.now(),
            made_by_uid=actor.user_uid,
        )
        for uid, (rank, reason) in words.items()
    )
    record(actor=actor, action="offer.recommend", subject=found.item, recommended=len(ranks), all=len(words))
