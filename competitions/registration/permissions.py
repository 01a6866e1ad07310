"""Who may do what with entries."""

from backend.core import clock
from backend.core.actor import Actor
from backend.people.enums import Role, ScopeKind
from backend.people.models import Organisation, same_person
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.registration.enums import TAKES_PAPERS
from competitions.registration.models import Entry, EntryImport, Substitution, Withdrawal
from competitions.registration.selectors.entries import TAKING_PART
from competitions.registration.selectors.requests import decider_of
from competitions.registration.selectors.reviewing import correctable, plan_of, waiting_for


def coordinates(actor: Actor, school: Organisation) -> bool:
    """Whether the actor is that school's own coordinator."""
    return actor.holds(Role.SCHOOL_COORDINATOR, ScopeKind.ORGANISATION, str(school.uid))


def may_enter(actor: Actor, event: Event, school: Organisation) -> bool:
    """A school's coordinator enters their own school, the event's organisers enter any."""
    return coordinates(actor, school) or may_organise(actor, event)


def may_change(actor: Actor, entry: Entry) -> bool:
    return may_enter(actor, entry.event, entry.school)


def may_review(actor: Actor, entry: Entry) -> bool:
    """The reviewer whose turn it is: the school's bureau, or the event's organisers."""
    return _is_reviewer(actor, entry, waiting_for(entry))


def may_decide(actor: Actor, asked: Substitution | Withdrawal) -> bool:
    """Whose turn it is by the event's chain to decide about a replacement or a withdrawal."""
    return _is_reviewer(actor, asked.entry, decider_of(asked))


def way_out(actor: Actor, entry: Entry) -> str:
    """How the actor may take this team out now: `now`, `ask` (with a reason; the reviewers decide), or not at all."""
    event = entry.event
    if entry.state in ("withdrawn", "rejected") or event.state not in ("registering", "registered"):
        return ""
    if may_organise(actor, event):
        return "now"
    if not coordinates(actor, entry.school):
        return ""
    if entry.state == "returned":
        return "now" if correctable(entry) else ""
    if event.state == "registering" and not clock.deadline_passed(event.registration_closes_at):
        return "now"
    over = clock.deadline_passed(plan_of(event).withdrawal_closes_at)
    return "ask" if entry.state in TAKING_PART and not over else ""


def _is_reviewer(actor: Actor, entry: Entry, kind: str | None) -> bool:
    if kind == "bureau":
        bureau = entry.school.overseen_by
        return bureau is not None and actor.holds(Role.BUREAU_REVIEWER, ScopeKind.ORGANISATION, str(bureau.uid))
    return kind == "organiser" and may_organise(actor, entry.event)


def may_hand_in_for(actor: Actor, entry: Entry) -> bool:
    """The entering school, and the contestants for themselves, as long as the entry is not settled."""
    return entry.state in TAKES_PAPERS and (coordinates(actor, entry.school) or actor.role == Role.CONTESTANT)


def may_verify_papers(actor: Actor, entry: Entry) -> bool:
    """Whoever reviews the entry now, and its organisers."""
    return may_review(actor, entry) or may_organise(actor, entry.event)


def leads(actor: Actor, entry: Entry) -> bool:
    """Whether the actor is the team's own leader."""
    own = entry.members.filter(role="leader", ended_at=None).filter(same_person("person", actor.person_id))
    return actor.role == Role.CONTESTANT and own.exists()


def may_import(actor: Actor, event: Event) -> bool:
    return actor.role == Role.SCHOOL_COORDINATOR or may_organise(actor, event)


def may_settle(actor: Actor, entry_import: EntryImport) -> bool:
    """Confirm, discard or amend an import: whose list it is, or the organisers for their own."""
    if entry_import.school is not None:
        return may_enter(actor, entry_import.event, entry_import.school)
    return may_organise(actor, entry_import.event)
