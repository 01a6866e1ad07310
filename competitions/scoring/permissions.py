"""Who scores, and who watches over scoring."""

from backend.core.actor import Actor
from backend.people.enums import Role, ScopeKind
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.judges.permissions import may_build_panels
from competitions.scoring.models import Sheet


def may_mark(actor: Actor, sheet: Sheet) -> bool:
    """Only the seat whose sheet it is."""
    return actor.holds(Role.JUDGE, ScopeKind.SEAT, str(sheet.seat.uid)) and sheet.seat.ended_at is None


def is_chief(actor: Actor, event: Event) -> bool:
    return actor.holds(Role.CHIEF_JUDGE, ScopeKind.EVENT, event.code)


def may_prepare(actor: Actor, event: Event) -> bool:
    """Import and lock the scheme, open scoring, note that a work is absent."""
    return may_organise(actor, event) or is_chief(actor, event)


def may_replace(actor: Actor, event: Event) -> bool:
    """Close a judge's seat while scoring and seat a successor: organisers, who also print the card."""
    return may_build_panels(actor, event)


def may_watch(actor: Actor, event: Event) -> bool:
    """See progress, spreads and codes with totals: chief judge, supervisor, organisers."""
    return may_prepare(actor, event) or actor.holds(Role.SUPERVISOR, ScopeKind.EVENT, event.code)
