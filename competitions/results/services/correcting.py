"""After publication: a work's state is put right, and the corrected results wait for two signatures."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from backend.core.actor import Actor
from backend.core.errors import IllegalMove
from backend.core.permissions import require
from competitions.contests.models import Round
from competitions.draw.models import Work
from competitions.results.models import Tally
from competitions.results.permissions import may_publish
from competitions.results.services.signing import make_tally
from competitions.scoring.services import correct_status


@transaction.atomic
def prepare_correction(*, actor: Actor, work: Work, status: str, reason: str) -> Tally:
    """Change the state of a work of published results and tally again; what is published stands until the next number.

    Raises NotAllowed, IllegalMove (nothing is published), Invalid (no reason, no such state), NotComplete.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("event").get(pk=work.round_id)
    require(may_publish(actor, round.event), _("Only the organisers prepare a correction."))
    if round.event.state != "published":
        raise IllegalMove
    correct_status(actor=actor, work=work, status=status, reason=reason)
    return make_tally(actor=actor, round=round)
