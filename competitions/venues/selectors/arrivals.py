"""Who is expected, who has arrived, and where desks contradict each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from backend.core.actor import Actor
from competitions.contests.models import Event
from competitions.registration.models import Member
from competitions.registration.selectors.reviewing import admitted_states
from competitions.venues.models import Booking, CheckIn, CheckInPlan, Session


def plan_of(event: Event) -> CheckInPlan:
    """The event's plan, or an unsaved one with the defaults."""
    return CheckInPlan.objects.filter(event=event).first() or CheckInPlan(event=event)


def sessions_of(event: Event) -> QuerySet[Session]:
    return Session.objects.filter(round__event=event).select_related("venue").order_by("starts_at", "pk")


def expected_at(event: Event) -> QuerySet[Member]:
    """The contestants who take part, by school and team."""
    found = Member.objects.filter(
        event=event, role="contestant", ended_at=None, entry__state__in=admitted_states(event)
    )
    order = ("entry__school__name", "entry__school_id", "entry__team_number", "position", "pk")
    return found.select_related("entry__school").order_by(*order)


def places_of(event: Event) -> dict[int, list[Session]]:
    """By team (entry id): the sessions in which it has a place, one per round; nothing where places are not given."""
    found: dict[int, list[Session]] = {}
    for booking in Booking.objects.filter(round__event=event).select_related("session"):
        found.setdefault(booking.entry_id, []).append(booking.session)
    return found


def elsewhere(places: Iterable[Session], session: Session) -> bool:
    """Whether the team's place in this session's round is in another session."""
    return any(place.round_id == session.round_id and place.pk != session.pk for place in places)


@dataclass(frozen=True, slots=True)
class Arrival:
    """state: admitted, late_admitted, refused or missing; last: the verdict it comes from."""

    member: Member
    state: str
    last: CheckIn | None = None


def arrivals_of(event: Event, session: Session | None) -> list[Arrival]:
    """Every expected contestant with how it stands; session None: wherever the desks chose no session.

    Who has a place in another session of the round is expected there, and here only once a desk has said something.
    """
    rows = CheckIn.objects.filter(event=event, session=session, member__isnull=False).order_by("received_at", "pk")
    found: dict[int, CheckIn] = {}
    for row in rows:
        known = found.get(row.member_id or 0)
        if known is None or not known.admitted:  # once let in is let in; a refusal is mended by an admission
            found[row.member_id or 0] = row
    places = places_of(event) if session else {}
    return [
        _arrival(member, found.get(member.pk))
        for member in expected_at(event)
        if session is None or member.pk in found or not elsewhere(places.get(member.entry_id, ()), session)
    ]


def _arrival(member: Member, row: CheckIn | None) -> Arrival:
    return Arrival(member, row.verdict if row else "missing", row)


def conflicts_of(actor: Actor, event: Event) -> list[CheckIn]:
    """Admissions that came in after another one, those still to be looked into first."""
    found = CheckIn.objects.visible_to(actor).filter(event=event, conflicts_with__isnull=False)
    related = ("session", "member__entry__school", "conflicts_with", "ruling")
    return sorted(found.select_related(*related), key=lambda row: hasattr(row, "ruling"))


def open_conflicts(actor: Actor) -> dict[str, int]:
    """Event code → how many conflicts nobody has looked into."""
    found = CheckIn.objects.visible_to(actor).filter(conflicts_with__isnull=False, ruling=None).order_by()
    return {code: n for code, n in found.values_list("event__code").annotate(n=Count("pk", distinct=True))}
