"""Questions about contests and events."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.core.refs import Ref
from backend.people.enums import Role, ScopeKind
from backend.people.models import Grant, Group, Organisation
from backend.people.selectors import officers_of, role_holders_in
from backend.selection.models import Call, Offered, PastLine
from certificates.credentials.selectors import awards_of_school
from competitions.contests.models import Edition, Event, HoldingCheck, Host, Postponement, Track
from competitions.contests.rulebook import Rules, read_rules


def organised_events(actor: Actor) -> QuerySet[Event]:
    """Events that the actor runs: by a role in the event, or in its leading or co-group."""
    if actor.role in (Role.SYS_ADMIN, "system"):
        return Event.objects.all()
    if actor.role not in (Role.ORGANISER, Role.GROUP_SECRETARY):
        return Event.objects.none()
    group, event = actor.scope_key(ScopeKind.GROUP), actor.scope_key(ScopeKind.EVENT)
    if event:
        return Event.objects.filter(code=event)
    return Event.objects.filter(Q(leading_group__code=group) | Q(co_groups__code=group)).distinct()


def event_of(actor: Actor, code: str) -> Event:
    """The event with that public code; NotFound when the actor may not know of it."""
    found = Event.objects.visible_to(actor).select_related(
        "edition__contest__family", "rule_set", "leading_group", "track__parent", "promotes_to", "copied_from__rule_set"
    )
    event: Event | None = found.filter(code=code).first()
    if event is None:
        raise NotFound
    return event


def rules_of(event: Event) -> Rules:
    """The event's rules as typed values."""
    return read_rules(event.rule_set.rules)


def events_of(actor: Actor, *, words: str = "", **chosen: str) -> QuerySet[Event]:
    """Events the actor may know, the newest edition first; each filter empty: all.

    chosen: state, group (code), edition (uid), year, family (code), division, level, track (uid of a track, with the
    groups within it, or of one group).
    """
    found = Event.objects.visible_to(actor).select_related(
        "edition__contest", "leading_group", "track__parent", "rule_set"
    )
    for key, value in chosen.items():
        if value:
            found = found.filter(_FILTERS[key](value))
    if words:
        found = found.filter(Q(code__icontains=words) | Q(name__icontains=words) | Q(name_en__icontains=words))
    ordered: QuerySet[Event] = found.order_by("-edition__year", "code")
    return ordered


def _by_uid(value: str) -> UUID:
    """A uid of a filter; one that is none finds nothing."""
    try:
        return UUID(value)
    except ValueError:
        return UUID(int=0)


_FILTERS: dict[str, Callable[[str], Q]] = {
    "state": lambda value: Q(state=value),
    "group": lambda value: Q(leading_group__code=value),
    "edition": lambda value: Q(edition__uid=_by_uid(value)),
    "year": lambda value: Q(edition__year=int(value)) if value.isascii() and value.isdigit() else Q(),
    "family": lambda value: Q(edition__contest__family__code=value),
    "division": lambda value: Q(division=value),
    "level": lambda value: Q(level=value) | Q(level="", edition__contest__level=value),
    "track": lambda value: Q(track__uid=_by_uid(value)) | Q(track__parent__uid=_by_uid(value)),
}


def editions_of(
    actor: Actor, *, words: str = "", family: str = "", level: str = "", year: str = ""
) -> QuerySet[Edition]:
    """Editions of every contest, the newest first, with the number of events that the actor may know."""
    known = Event.objects.visible_to(actor).filter(edition=OuterRef("pk")).order_by()
    counted = known.values("edition").annotate(n=Count("pk", distinct=True)).values("n")
    found = Edition.objects.select_related("contest__family").annotate(event_count=Coalesce(Subquery(counted), 0))
    if family:
        found = found.filter(contest__family__code=family)
    if level:
        found = found.filter(contest__level=level)
    if year.isascii() and year.isdigit():
        found = found.filter(year=int(year))
    if words:
        found = found.filter(Q(name__icontains=words) | Q(name_en__icontains=words) | Q(contest__name__icontains=words))
    ordered: QuerySet[Edition] = found.order_by(
        "-year", F("contest__family__position").asc(nulls_last=True), "contest__name"
    )
    return ordered


def years_of_editions() -> list[int]:
    return list(Edition.objects.order_by("-year").values_list("year", flat=True).distinct())


def tracks_of(edition: Edition) -> list[Track]:
    """Each track, followed by the groups within it."""
    found = list(edition.tracks.select_related("parent"))
    within: dict[int | None, list[Track]] = {}
    for track in found:
        within.setdefault(track.parent_id, []).append(track)
    return [part for track in within.get(None, []) for part in (track, *within.get(track.pk, []))]


def feeders_of(actor: Actor, event: Event) -> list[Event]:
    """The events of the stage before, whose best go on to this one."""
    return list(Event.objects.visible_to(actor).filter(promotes_to=event).order_by("code"))


def next_stage_of(actor: Actor, event: Event) -> Event | None:
    """The event of the next stage, where the actor may know of it."""
    found: Event | None = Event.objects.visible_to(actor).filter(pk=event.promotes_to_id).first()
    return found


def postponements_of(thing: Event | Edition) -> list[Postponement]:
    """What was put off, the newest first: of an event also with its whole edition."""
    of = Q(event=thing) | Q(edition=thing.edition_id) if isinstance(thing, Event) else Q(edition=thing)
    return list(Postponement.objects.filter(of))


def holding_of(event: Event) -> HoldingCheck | None:
    """The last word on an event with too few entries, or the flag that still waits for one."""
    found: HoldingCheck | None = event.holding_checks.select_related("into").order_by("-flagged_at").first()
    return found


def copyable_events(actor: Actor, edition: Edition) -> QuerySet[Event]:
    """The actor's own events of an edition, cancelled ones too: they may be held next year."""
    found: QuerySet[Event] = (
        organised_events(actor)
        .filter(edition=edition)
        .select_related("rule_set", "leading_group")
        .prefetch_related("co_groups", "rounds")
        .order_by("code")
    )
    return found


def edition_of(uid: UUID | str) -> Edition:
    """The edition with that uid; editions are public."""
    found: Edition | None = (
        Edition.objects.select_related("contest__family", "rule_set", "copied_from").filter(uid=uid).first()
    )
    if found is None:
        raise NotFound
    return found


def groups_of_organiser(actor: Actor) -> QuerySet[Group]:
    """Groups in which the actor may set up events."""
    if actor.role in (Role.SYS_ADMIN, "system"):
        return Group.objects.all()
    if actor.role not in (Role.ORGANISER, Role.GROUP_SECRETARY):
        return Group.objects.none()
    return Group.objects.filter(code=actor.scope_key(ScopeKind.GROUP) or "")


def organisers_of(event: Event) -> list[Grant]:
    """Live roles of organisers in this event only."""
    return [g for g in role_holders_in(ScopeKind.EVENT, event.code) if g.role == Role.ORGANISER]


def accounts_running(events: Collection[Event]) -> QuerySet[User]:
    """Accounts that run any of the events by a role in it or in its leading group."""
    of_groups = Q(scope_kind=ScopeKind.GROUP, scope_key__in={event.leading_group.code for event in events})
    of_events = Q(scope_kind=ScopeKind.EVENT, scope_key__in=[event.code for event in events])
    roles = (Role.ORGANISER, Role.GROUP_SECRETARY)
    found: QuerySet[User] = User.objects.filter(
        pk__in=Grant.objects.live().filter(of_groups | of_events, role__in=roles).values("user")
    )
    return found


def organisers_by_group(event: Event) -> list[tuple[Group, list[Grant]]]:
    """Officers who run the event by a role in its leading or a co-group, group by group."""
    groups = [event.leading_group, *event.co_groups.exclude(pk=event.leading_group_id).order_by("code")]
    officers = (Role.GROUP_SECRETARY, Role.ORGANISER)
    return [(group, [g for g in officers_of(group) if g.role in officers]) for group in groups]


def hosted_between(group: Group, first: date, last: date) -> int:
    """Events that the group led in editions of those years, once they were open; the yearly report counts them."""
    found = Event.objects.filter(leading_group=group, edition__year__range=(first.year, last.year))
    return found.exclude(state__in=["draft", "cancelled"]).count()


def hostable(actor: Actor) -> list[Offered]:
    """Events in preparation that the actor organises: what a call for hosts can offer."""
    found = organised_events(actor).filter(state="draft").select_related("leading_group").order_by("code")
    return [Offered(Ref("event", e.code, f"{e.code} {e.name}"), e.leading_group) for e in found]


def host_history(organisation: UUID) -> list[PastLine]:
    """What an organisation hosted, and how many valid certificates its people hold from which events, newest first."""
    hosted = Host.objects.filter(organisation__uid=organisation, ended_at=None).select_related("event__edition")
    lines = [PastLine(h.event.edition.year, _("Hosted") + f" {h.event.code} {h.event.name}") for h in hosted]
    school = Organisation.objects.filter(uid=organisation).first()
    found = awards_of_school(school.name) if school else []
    lines += [
        PastLine(line["year"], line["event"], f"{line['award']} × {line['count']}") for line in found if line["award"]
    ]
    return sorted(lines, key=lambda line: -line.year)


def never_hosted(organisations: Iterable[UUID]) -> set[UUID]:
    """Which of these organisations have hosted no event so far."""
    asked = set(organisations)
    hosted = Host.objects.filter(organisation__uid__in=asked, ended_at=None)
    return asked - set(hosted.values_list("organisation__uid", flat=True))


def hosts_of(event: Event) -> list[Organisation]:
    """Who hosts an event, the leading one first."""
    return [host.organisation for host in event.hosts.filter(ended_at=None).select_related("organisation")]


def hosting_history(event: Event) -> list[Host]:
    """Everybody who was ever named host of an event: who is it now first, then the newest."""
    found = event.hosts.select_related("organisation")
    return sorted(found, key=lambda h: (h.ended_at is not None, -h.named_at.timestamp(), h.position))


def selection_of_hosts(event: Event) -> Call | None:
    """The announced call that is about to name this event's hosts, if one runs."""
    found = Call.objects.filter(item_kind="event", offers__item_key=event.code)
    live: Call | None = found.exclude(state__in=["draft", "confirmed", "cancelled"]).order_by("pk").first()
    return live
