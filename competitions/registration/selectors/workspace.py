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
from competitions.registration.enums import EDITABLE, GUARDIAN
from competitions.registration.models import Entry, Member, Remark, Review, ReviewPlan
from competitions.registration.selectors.entries import live_members
from competitions.registration.selectors.hindrances import Hindered, hindrances_of
from competitions.registration.selectors.inviting import consent_open, without_consent
from competitions.registration.selectors.papers import Lacking, lacking_papers
from competitions.registration.selectors.quota_lines import QuotaLine, places_in
from competitions.registration.selectors.reviewing import plans_of

OVER = ("published", "cancelled")
NEVER = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Returned:
    """A team that came back, why, and at which fields."""

    entry: Entry
    reason: str
    fields: list[tuple[str, str]]  # (field, what was said)


@dataclass(slots=True)
class EventWork:
    """One event as the school sees it. places: what limits its teams, the binding line first; none: any number."""

    event: Event
    counts: Counter[str]
    plan: ReviewPlan
    places: list[QuotaLine]
    complete: list[Entry] = field(default_factory=list)  # drafts that would be taken if they were submitted now
    returned: list[Returned] = field(default_factory=list)
    lacking: list[tuple[Entry, list[tuple[str, int]]]] = field(default_factory=list)  # (role, how many)
    conditions: list[tuple[Entry, int, int]] = field(default_factory=list)  # rules not met, to be stated
    papers: list[tuple[Entry, int]] = field(default_factory=list)  # teams and how many documents they lack
    consents: list[tuple[Entry, list[Member]]] = field(default_factory=list)  # minors whose guardian has not agreed

    @property
    def used(self) -> int:
        return sum(self.counts.values())

    @property
    def left(self) -> int | None:
        """In the unit of the binding line; None: any number."""
        return self.places[0].left if self.places else None

    @property
    def unsent(self) -> int:
        """Teams that are not handed in and still can be."""
        late = ("draft", "incomplete")
        return sum(self.counts[state] for state in EDITABLE if self.open or state not in late)

    @property
    def open(self) -> bool:
        """Whether the school may still change something here."""
        return self.event.state == "registering" and not clock.deadline_passed(self.event.registration_closes_at)

    @property
    def mendable(self) -> bool:
        """Whether teams came back that may still be mended; they have their own time."""
        live = self.event.state in ("registering", "registered")
        return bool(self.returned) and live and not clock.deadline_passed(self.plan.corrections_close_at)

    @property
    def waits(self) -> bool:
        """Whether something can and should be done before the deadline."""
        young = bool(self.consents) and GUARDIAN in self.plan.papers  # also of teams that are handed in already
        return self.mendable or young or self.open and bool(self.unsent or self.papers)

    @property
    def due(self) -> datetime | None:
        """The next moment after which something can no longer be done; None: there is none."""
        ends = [self.event.registration_closes_at] if self.open else []
        ends += [self.plan.corrections_close_at] if self.mendable else []
        return min((end for end in ends if end), default=None)


def workspace_of(actor: Actor, school: Organisation) -> list[EventWork]:
    """Events open for registration, and those in which the school's teams stand; what is due first comes first."""
    teams = Entry.objects.visible_to(actor).filter(school=school).exclude(state="withdrawn")
    related = ("event__edition", "school")
    entries = list(teams.select_related(*related).prefetch_related(live_members()).order_by("event", "team_number"))
    by_event: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_event[entry.event_id].append(entry)
    wanted = Q(state="registering") | (Q(pk__in=by_event) & ~Q(state__in=OVER))
    rules = ("edition__rule_set", "rule_set", "leading_group")
    events = list(Event.objects.visible_to(actor).filter(wanted).select_related(*rules).distinct())
    plans = plans_of(events)
    places = places_in(events, school, {pk: len(found) for pk, found in by_event.items()})
    works = {e.pk: EventWork(e, Counter(t.state for t in by_event[e.pk]), plans[e.pk], places[e.pk]) for e in events}
    _tell_what_is_open(works, [entry for entry in entries if entry.event_id in works])
    return sorted(works.values(), key=_urgency)


def _urgency(work: EventWork) -> tuple[bool, bool, datetime, str]:
    return not work.waits, not work.open, work.due or clock.now() + NEVER, work.event.code


def _tell_what_is_open(works: dict[int, EventWork], entries: Sequence[Entry]) -> None:
    """Put to each event which of its teams came back, are short of people, documents, conditions or consents."""
    for entry in entries:
        entry.event = works[entry.event_id].event  # as it was read for all of them
    changing = [e for e in entries if e.state == "returned" or (e.state in EDITABLE and works[e.event_id].open)]
    late = [e for e in entries if consent_open(e)]
    papers = lacking_papers([*changing, *late], {pk: work.plan for pk, work in works.items()})
    for hindered in hindrances_of(changing, papers):
        _tell_what_hinders(works[hindered.entry.event_id], hindered)
    for entry in changing:
        if missing := _besides_consents(papers, entry):
            works[entry.event_id].papers.append((entry, missing))
    for returned in _returned([entry for entry in changing if entry.state == "returned"]):
        works[returned.entry.event_id].returned.append(returned)
    _tell_consents(works, sorted([*changing, *late], key=lambda e: e.team_number), papers)


def _tell_what_hinders(work: EventWork, hindered: Hindered) -> None:
    if hindered.entry.state == "draft" and not hindered:
        work.complete.append(hindered.entry)
    if hindered.gaps:
        work.lacking.append((hindered.entry, hindered.gaps))
    if hindered.conditions:
        work.conditions.append((hindered.entry, hindered.broken, hindered.unknown))


def _tell_consents(works: dict[int, EventWork], entries: Sequence[Entry], papers: Lacking) -> None:
    young = without_consent(entries)
    for entry in entries:
        work = works[entry.event_id]
        if waiting := _unagreed(young.get(entry.pk, []), papers.get(entry.pk, []), work.plan):
            work.consents.append((entry, waiting))


def _unagreed(young: list[Member], lacking: Sequence[tuple[Member, str]], plan: ReviewPlan) -> list[Member]:
    """Whose guardian has agreed neither by the link nor, where the event asks for it, on a signed paper."""
    if GUARDIAN not in plan.papers:
        return young
    wanting = {member.pk for member, kind in lacking if kind == GUARDIAN}
    return [member for member in young if member.pk in wanting]


def _besides_consents(papers: Lacking, entry: Entry) -> int:
    return sum(kind != GUARDIAN for _member, kind in papers.get(entry.pk, ()))


def _returned(entries: Sequence[Entry]) -> list[Returned]:
    """The newest return of each of these entries, in two queries."""
    reviews = Review.objects.filter(submission__entry__in=entries, verdict="return").select_related("submission")
    newest = {review.submission.entry_id: review for review in reviews.order_by("at", "pk")}
    said: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for remark in Remark.objects.filter(review__in=newest.values()).order_by("pk"):
        said[remark.review_id].append((remark.field, remark.reveal("text")))
    by_pk = {entry.pk: entry for entry in entries}
    found = {pk: Returned(by_pk[pk], r.reveal("reason"), said[r.pk]) for pk, r in newest.items()}
    return [found[entry.pk] for entry in entries if entry.pk in found]
