"""Writing down who hosts an event: by a confirmed selection, or commissioned without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.core.refs import Ref
from backend.documents import services as documents
from backend.notify.services import send_note
from backend.people.enums import Role, ScopeKind
from backend.people.models import Grant, Organisation
from competitions.contests.errors import HostBeingSelected, HostsAsBefore, HostsFixed
from competitions.contests.models import Commission, Event, Host
from competitions.contests.permissions import may_name_hosts
from competitions.contests.selectors import selection_of_hosts
from competitions.contests.services.moving import locked_event

COMMISSION_PAPER = "hosting.decision"


@dataclass(frozen=True)
class Scan:
    """The document's file as it was sent."""

    content: bytes
    file_name: str


@transaction.atomic
def name_hosts(*, actor: Actor, event: Event, organisations: Sequence[Organisation], decided_in: Ref) -> list[Host]:
    """Make these the hosts of an event, the first one leading; who hosted it so far no longer does.

    decided_in: the confirmed selection. Naming the same ones again changes nothing.
    """
    locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    require(may_name_hosts(actor, locked), _("Officers of the event's groups name its hosts."))
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


@transaction.atomic
def commission_hosts(
    *,
    actor: Actor,
    event: Event,
    organisations: Sequence[Organisation],
    reason: str,
    document: str,
    client_id: UUID,
    scan: Scan | None = None,
) -> Commission:
    """Name the hosts of an event without a selection, the first one leading, or change them; who they were is kept.

    document: number and title of what decided it; scan: its file. The same client id gives the same commission.
    Raises NotAllowed, Invalid, HostsFixed, HostBeingSelected, HostsAsBefore, FileRefused.
    """
    locked = locked_event(actor, event)
    known = Commission.objects.filter(client_id=client_id, event=locked).first()
    if known is not None:
        return known
    _may_change(locked)
    _check(organisations, reason, document)
    before = [host.organisation for host in Host.objects.filter(event=locked, ended_at=None)]
    if before == list(organisations):
        raise HostsAsBefore
    made = Commission.objects.create(
        event=locked,
        reason=reason.strip()[:300],
        document=document.strip()[:120],
        made_at=clock.now(),
        made_by_uid=actor.user_uid,
        client_id=client_id,
    )
    name_hosts(actor=actor, event=locked, organisations=organisations, decided_in=Ref("commission", str(made.uid)))
    record(actor=actor, action="event.commission", subject=locked.ref, event_code=locked.code, document=made.document)
    if scan is not None:
        documents.attach(
            actor=actor,
            kind=COMMISSION_PAPER,
            holder=made.ref,
            content=scan.content,
            file_name=scan.file_name,
            client_id=client_id,
        )
    _tell(locked, [o for o in organisations if o not in before], "event.commissioned")
    _tell(locked, [o for o in before if o not in organisations], "event.host_ended")
    return made


def _may_change(event: Event) -> None:
    if event.state in ("published", "cancelled"):
        raise HostsFixed
    running = selection_of_hosts(event)
    if running is not None:
        raise HostBeingSelected(call=running.title, link=reverse("selection:call", args=[running.uid]))


def _check(organisations: Sequence[Organisation], reason: str, document: str) -> None:
    problems: dict[str, Any] = {}
    if not organisations:
        problems["host"] = _("Name the organisation that hosts it.")
    if len({o.pk for o in organisations}) < len(organisations):
        problems["others"] = _("An organisation stands here twice.")
    if not reason.strip():
        problems["reason"] = _("Say why no selection decides it.")
    if not document.strip():
        problems["document"] = _("Write the number and title of the document that decides it.")
    if problems:
        raise Invalid(problems)


def _tell(event: Event, organisations: Sequence[Organisation], kind: str) -> None:
    grants = Grant.objects.filter(
        role=Role.SCHOOL_COORDINATOR,
        scope_kind=ScopeKind.ORGANISATION,
        scope_key__in=[str(o.uid) for o in organisations],
        ended_at=None,
    )
    link = reverse("contests:event", args=[event.code])
    told = User.objects.filter(grants__in=grants).distinct()
    send_note(recipients=told, kind=kind, params={"event": event.name}, link=link)
