"""Questions about reviews: whose turn, what was handed in, what was said, what changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.people.enums import Role, ScopeKind
from backend.people.models import Grant, Organisation
from competitions.contests.models import Event
from competitions.registration.enums import REVIEWED_FIELDS
from competitions.registration.models import Entry, EntryCard, Review, ReviewPlan, Submission
from competitions.registration.rulebook.reviewing import Change, changes_between

Content = Mapping[str, Mapping[str, str]]


def plan_of(event: Event) -> ReviewPlan:
    """The event's plan, else its contest's, else an unsaved one without steps: what is submitted counts."""
    return plans_of([event])[event.pk]


def plans_of(events: Iterable[Event]) -> dict[int, ReviewPlan]:
    """The plan of each event by its key, in one query. events: with their edition."""
    events = list(events)
    own = Q(event__in=events) | Q(contest__in={event.edition.contest_id for event in events})
    found = {(plan.event_id, plan.contest_id): plan for plan in ReviewPlan.objects.filter(own)}
    none = ReviewPlan(steps=[], reviewed_fields=list(REVIEWED_FIELDS))
    return {e.pk: found.get((e.pk, None)) or found.get((None, e.edition.contest_id)) or none for e in events}


def admitted_states(event: Event) -> tuple[str, ...]:
    """In which states an entry takes part: approved ones, or submitted ones where nobody reviews."""
    return ("approved", "confirmed") if plan_of(event).steps else ("submitted",)


def waiting_for(entry: Entry) -> str | None:
    """The kind of reviewer whose turn it is; None: nobody's."""
    if entry.state != "submitted":
        return None
    steps = plan_of(entry.event).steps
    return str(steps[entry.review_step]) if entry.review_step < len(steps) else None


def latest_submission(entry: Entry) -> Submission:
    found = entry.submissions.order_by("-number").first()
    if found is None:
        raise NotFound
    return found


def to_review(actor: Actor, event: Event | None = None, *, school: str = "", again: bool = False) -> QuerySet[Entry]:
    """The submitted entries that wait for this actor's verdict, the longest waiting first.

    school: words of its name. again: only what was handed in more than once.
    """
    kind = "bureau" if actor.role == Role.BUREAU_REVIEWER else "organiser"
    found = Entry.objects.visible_to(actor).filter(state="submitted").select_related("school", "event__edition")
    if event is not None:
        found = found.filter(event=event)
    if school:
        found = found.filter(school__name__icontains=school)
    if again:
        found = found.filter(Exists(Submission.objects.filter(entry=OuterRef("pk"), number=2)))
    waiting = Q(pk=None)
    events = Event.objects.filter(pk__in=found.values("event")).select_related("edition")
    for pk, plan in plans_of(events).items():
        steps = [n for n, step in enumerate(plan.steps) if step == kind]
        waiting |= Q(event=pk, review_step__in=steps)
    result: QuerySet[Entry] = found.filter(waiting).order_by("submitted_at", "pk")
    return result


def waiting_by_event(actor: Actor) -> list[tuple[str, str, int]]:
    """(code, name, how many) for each event with entries that wait for this actor."""
    rows = to_review(actor).order_by().values_list("event__code", "event__name")
    return [(code, name, n) for (code, name), n in sorted(Counter(rows).items())]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where an entry stands among those that wait. at: from 1, 0 when it does not wait; before, after: uids."""

    at: int
    of: int
    before: UUID | None
    after: UUID | None


def neighbours_of(entry: Entry, waiting: QuerySet[Entry]) -> Neighbours:
    """The entries before and after this one; of one that no longer waits the first that does follows."""
    uids = list(waiting.values_list("uid", flat=True))
    if entry.uid not in uids:
        return Neighbours(0, len(uids), None, next(iter(uids), None))
    at = uids.index(entry.uid)
    following = uids[at + 1 :] or uids[:at]
    return Neighbours(at + 1, len(uids), uids[at - 1] if at else None, next(iter(following), None))


def content_of(submission: Submission) -> Content:
    """Member uid ("" for the team) → field → text, as it was handed in."""
    found: Content = json.loads(submission.reveal("content"))
    return found


@dataclass(frozen=True, slots=True)
class Round:
    """One submission with what changed against the one before it, and what its reviewers said."""

    submission: Submission
    content: Content
    changes: list[Change]
    reviews: list[tuple[Review, str]]
    remarks: dict[tuple[str, str], str] = field(default_factory=dict)  # (member uid or "", field) → text
    names: dict[str, str] = field(default_factory=dict)


def rounds_of(entry: Entry) -> list[Round]:
    """Every submission of the entry, the newest first."""
    rounds: list[Round] = []
    older: Content | None = None
    for submission in entry.submissions.order_by("number").prefetch_related("reviews__remarks"):
        content = content_of(submission)
        names = {uid: fields.get("name", "") for uid, fields in {**(older or {}), **content}.items()}
        reviews = list(submission.reviews.all())
        remarks = {
            (str(r.member_uid or ""), r.field): r.reveal("text") for review in reviews for r in review.remarks.all()
        }
        changes: list[Change] = [] if older is None else changes_between(older, content)
        told = [(review, review.reveal("reason")) for review in reviews]
        rounds.append(Round(submission, content, changes, told, remarks, names))
        older = content
    return rounds[::-1]


@dataclass(frozen=True, slots=True)
class Since:
    """What a verdict said, and what changed between the submission it was about and the newest one."""

    review: Review
    submission: Submission
    reason: str
    changes: list[Change]
    names: dict[str, str]


def since_verdicts(rounds: Sequence[Round]) -> list[Since]:
    """The newest verdict of each step, in the order of the steps. rounds: as `rounds_of` gives them."""
    found: dict[int, Since] = {}
    for each in rounds:
        for review, reason in each.reviews:
            if review.step not in found:
                names = {**each.names, **rounds[0].names}
                changes = changes_between(each.content, rounds[0].content)
                found[review.step] = Since(review, each.submission, reason, changes, names)
    return [found[step] for step in sorted(found)]


def changed_since(entries: Iterable[Entry]) -> dict[int, tuple[Review, list[Change]] | None]:
    """By entry key the last verdict on it and what changed since then; None: nobody has judged it yet. Two queries."""
    entries = list(entries)
    kept: dict[int, list[Submission]] = {entry.pk: [] for entry in entries}
    for each in Submission.objects.filter(entry__in=entries).order_by("-number").prefetch_related("reviews"):
        kept[each.entry_id].append(each)
    return {pk: _since_last(submissions) for pk, submissions in kept.items()}


def _since_last(newest_first: list[Submission]) -> tuple[Review, list[Change]] | None:
    for each in newest_first:
        reviews = list(each.reviews.all())
        if reviews:
            same = each.pk == newest_first[0].pk
            changes = [] if same else changes_between(content_of(each), content_of(newest_first[0]))
            return reviews[-1], changes
    return None


def coordinators_of(school: Organisation) -> QuerySet[User]:
    """The accounts that act for a school."""
    grants = Grant.objects.filter(
        role=Role.SCHOOL_COORDINATOR,
        scope_kind=ScopeKind.ORGANISATION,
        scope_key=str(school.uid),
        ended_at=None,
    )
    return User.objects.filter(pk__in=grants.values("user"), is_active=True)


def correctable(entry: Entry) -> bool:
    """Whether a returned entry may still be mended: to the end of the minute of its own deadline."""
    if entry.state != "returned" or entry.event.state not in ("registering", "registered"):
        return False
    return not clock.deadline_passed(plan_of(entry.event).corrections_close_at)


def cards_of(event: Event, entries: QuerySet[Entry]) -> list[EntryCard]:
    """The valid cards of these entries, by school, team and place."""
    found = EntryCard.objects.filter(ended_at=None, member__entry__in=entries, member__ended_at=None)
    order = ("member__entry__school__name", "member__entry__team_number", "member__role", "member__position")
    return list(found.select_related("member__entry__school", "member__person").order_by(*order))
