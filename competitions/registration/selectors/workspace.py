"""What one school has to do, in every event it may enter or has entered: a few queries for all of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from backend.core import clock
from backend.core.actor import Actor
from backend.people.models import Organisation
from competitions.contests.models import Event
from competitions.contests.selectors import rules_of
from competitions.registration.models import Entry, Remark, Review
from competitions.registration.rulebook import gaps_of
from competitions.registration.selectors.entries import counts_of, live_members
from competitions.registration.selectors.papers import Lacking, lacking_papers

OVER = ("published", "cancelled")
EDITABLE = ("draft", "incomplete", "returned")


@dataclass(frozen=True, slots=True)
class Returned:
    """A team that came back, why, and at which fields."""

    entry: Entry
    reason: str
    fields: list[tuple[str, str]]  # (field, what was said)


@dataclass(slots=True)
class EventWork:
    """One event as the school sees it. limit: teams a school may enter, None: any number."""

    event: Event
    counts: Counter[str]
    limit: int | None
    returned: list[Returned] = field(default_factory=list)
    lacking: list[tuple[Entry, list[tuple[str, int]]]] = field(default_factory=list)  # (role, how many)
    papers: list[tuple[Entry, int]] = field(default_factory=list)  # teams and how many documents they lack

    @property
    def used(self) -> int:
        return sum(self.counts.values())

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)

    @property
    def open(self) -> bool:
        """Whether the school may still change something here."""
        return self.event.state == "registering" and not clock.deadline_passed(self.event.registration_closes_at)

    @property
    def due(self) -> datetime:
        return self.event.registration_closes_at or clock.now() + timedelta(days=3650)


def workspace_of(actor: Actor, school: Organisation) -> list[EventWork]:
    """Events open for registration, and those in which the school's teams stand; what is due first comes first."""
    teams = Entry.objects.visible_to(actor).filter(school=school).exclude(state="withdrawn")
    entries = list(teams.select_related("event__edition", "school").prefetch_related(live_members()).order_by("pk"))
    by_event: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_event[entry.event_id].append(entry)
    wanted = Q(state="registering") | (Q(pk__in=by_event) & ~Q(state__in=OVER))
    events = Event.objects.visible_to(actor).filter(wanted).select_related("edition", "rule_set").distinct()
    papers = lacking_papers(e for e in entries if e.state in EDITABLE)
    reasons = _returned([e for e in entries if e.state == "returned"])
    found = [_work(event, by_event[event.pk], reasons, papers) for event in events]
    return sorted(found, key=lambda work: (not work.open, work.due, work.event.code))


def _work(event: Event, entries: Sequence[Entry], reasons: dict[int, Returned], papers: Lacking) -> EventWork:
    team = rules_of(event).team
    work = EventWork(event, Counter(e.state for e in entries), team.teams_per_school_max)
    for entry in entries:
        entry.event = event
        if entry.pk in reasons:
            work.returned.append(reasons[entry.pk])
        gaps = gaps_of(counts_of(entry), team)
        if entry.state in EDITABLE and gaps:
            work.lacking.append((entry, gaps))
        if papers.get(entry.pk):
            work.papers.append((entry, len(papers[entry.pk])))
    return work


def _returned(entries: Sequence[Entry]) -> dict[int, Returned]:
    """The newest return of each of these entries, in two queries."""
    reviews = Review.objects.filter(submission__entry__in=entries, verdict="return").select_related("submission")
    newest = {review.submission.entry_id: review for review in reviews.order_by("at", "pk")}
    said: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for remark in Remark.objects.filter(review__in=newest.values()).order_by("pk"):
        said[remark.review_id].append((remark.field, remark.reveal("text")))
    by_pk = {entry.pk: entry for entry in entries}
    return {pk: Returned(by_pk[pk], r.reveal("reason"), said[r.pk]) for pk, r in newest.items()}
