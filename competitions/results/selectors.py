"""Questions about results."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.people.enums import Role, ScopeKind
from competitions.contests.models import Event, Round
from competitions.contests.selectors import event_of
from competitions.draw.models import Work
from competitions.registration.models import Entry
from competitions.registration.selectors import entries_of
from competitions.results.models import Publication, Tally

DUTIES = {str(Role.CHIEF_JUDGE): "chief", str(Role.SUPERVISOR): "supervisor"}
PUBLIC = ("rank", "award", "award_name", "school", "team", "contestants", "instructors")


def round_of(event: Event) -> Round:
    """The event's last round."""
    return Round.objects.select_related("event").filter(event=event).latest("number")


def work_of(round: Round, code: str) -> Work:
    """The work behind a code of the round; NotFound for any other."""
    work: Work | None = Work.objects.filter(round=round, code=code).first()
    if work is None:
        raise NotFound
    return work


def tally_of(actor: Actor, event: Event) -> Tally | None:
    """The live tally, on codes; its page is for those who watch over scoring."""
    return Tally.objects.filter(round=round_of(event), ended_at=None).prefetch_related("signatures").first()


def publication_of(actor: Actor, event_code: str) -> tuple[Event, Publication | None]:
    """The event and its newest publication; everybody may read it."""
    event = event_of(actor, event_code)
    return event, Publication.objects.filter(round__event=event).order_by("-number").first()


def unsigned_by(actor: Actor) -> list[Event]:
    """The acting chief judge's or supervisor's event while its tally waits for this very signature."""
    code, duty = actor.scope_key(ScopeKind.EVENT), DUTIES.get(actor.role, "")
    waiting = Tally.objects.filter(ended_at=None, round__event__code=code, round__event__state="tallied")
    found = waiting.exclude(signatures__duty=duty).select_related("round__event")
    return [tally.round.event for tally in found] if code and duty else []


def coordinators_of(event: Event) -> QuerySet[User]:
    """Those who look after the teams of a school that entered, however its entry ended."""
    schools = Entry.objects.filter(event=event).values_list("school__uid", flat=True)
    return User.objects.filter(
        grants__role=Role.SCHOOL_COORDINATOR,
        grants__scope_kind=ScopeKind.ORGANISATION,
        grants__scope_key__in={str(uid) for uid in schools},
        grants__ended_at=None,
    ).distinct()


def effects_of(tally: Tally) -> dict[str, Any]:
    """What publishing would do, in numbers.

    fewest, most: certificates; which teams won is decoded only by publishing, so teams of several sizes give a range.
    """
    results, event = tally.results["results"], tally.round.event
    awards = sum(bool(r["award"]) for r in results)
    contestants = Count("members", filter=Q(members__role="contestant", members__ended_at=None))
    sizes = sorted(
        Entry.objects.filter(event=event, state="submitted").annotate(n=contestants).values_list("n", flat=True)
    )
    return {
        "ranked": sum(r["rank"] is not None for r in results),
        "awards": awards,
        "counts": tally.results.get("award_counts", {}),
        "fewest": sum(sizes[:awards]),
        "most": sum(sizes[::-1][:awards]),
        "told": coordinators_of(event).count(),
    }


def award_rows(publication: Publication) -> list[dict[str, Any]]:
    """What everybody may read: the winners with name, school and award; no totals, and nobody who won nothing."""
    rows = publication.snapshot["rows"]
    return [{key: row[key] for key in PUBLIC} for row in rows if row["award"]]


def own_rows(actor: Actor, event: Event, publication: Publication) -> list[dict[str, Any]]:
    """The lines, totals included, of the contestant's own team or of the coordinator's school."""
    if actor.role not in (Role.CONTESTANT, Role.SCHOOL_COORDINATOR):
        return []
    own = set(entries_of(actor, event).values_list("school__name", "team_number"))
    return [row for row in publication.snapshot["rows"] if (row["school"], row["team"]) in own]


def hash_groups(sha256: str) -> list[str]:
    """A fingerprint in groups of eight that two people can read to each other."""
    return [sha256[n : n + 8] for n in range(0, len(sha256), 8)]
