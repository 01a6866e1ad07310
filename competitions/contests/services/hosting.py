"""Writing down who hosts an event, once a selection has been confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.core.refs import Ref
from backend.people.models import Organisation
from competitions.contests.models import Event, Host
from competitions.contests.permissions import may_organise


@transaction.atomic
def name_hosts(*, actor: Actor, event: Event, organisations: Sequence[Organisation], decided_in: Ref) -> list[Host]:
    """Make these the hosts of an event, the first one leading; who hosted it so far no longer does.

    decided_in: the confirmed selection. Naming the same ones again changes nothing.
    """
    locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    require(may_organise(actor, locked), _("Only the organisers of this event do this."))
    live = Host.objects.filter(event=locked, ended_at=None)
    if [host.organisation_id for host in live] == [o.pk for o in organisations]:
        return list(live)
    now = clock.now()
    live.update(ended_at=now)
    hosts = [
        Host(event=locked, organisation=o, position=n, decided_in=str(decided_in), named_at=now)
        for n, o in enumerate(organisations, 1)
    ]
    Host.objects.bulk_create(hosts)
    hosted_by = [str(o.uid) for o in organisations]
    record(actor=actor, action="event.name_hosts", subject=locked.ref, event_code=locked.code, hosts=hosted_by)
    return hosts
