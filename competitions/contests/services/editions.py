"""Families, editions and their tracks; an edition copied from an earlier one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core.actor import Actor
from backend.core.clock import SHANGHAI
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.core.refs import Ref
from backend.people.models import Group
from competitions.contests.models import Contest, Edition, Event, Family, Round, RuleSet, Track
from competitions.contests.permissions import may_organise_in, may_run
from competitions.contests.rulebook.copying import held_in, renewed_code, shifted_dates, shifted_day
from competitions.contests.selectors import copyable_events

FAMILIES = Path(__file__).parents[1] / "data" / "families.json"


@dataclass(slots=True)
class CopyReport:
    """What became of an edition's events: copies made, copies that were there already, events left out (why)."""

    edition: Edition
    made: list[Event] = field(default_factory=list)
    known: list[Event] = field(default_factory=list)
    left_out: list[tuple[Event, str]] = field(default_factory=list)  # not_this_year | code_taken


@transaction.atomic
def load_families(*, actor: Actor, file: Path = FAMILIES) -> int:
    """Record the families of contests as the file has them; a repeat brings them up to date. Returns how many."""
    require(may_run(actor, None), _("Only system officers load the families of contests."))
    found = json.loads(file.read_text(encoding="utf-8"))
    for position, family in enumerate(found):
        Family.objects.update_or_create(code=family["code"], defaults={**family, "position": position})
    record(actor=actor, action="families.load", subject=Ref("families", "all"), count=len(found))
    return len(found)


@transaction.atomic
def create_edition(
    *, actor: Actor, group: Group, contest_code: str, contest_name: str, year: int, name: str, **details: Any
) -> Edition:
    """The edition of that year, made with its contest when they are not there yet; a repeat finds the same.

    details: family (for a new contest), and the edition's own fields. Raises NotAllowed, Invalid (dates turned round).
    """
    require(may_organise_in(actor, group), _("Only organisers of the leading group set up an edition."))
    family = details.pop("family", None)
    _check_dates(details.get("starts_on"), details.get("ends_on"))
    fields = {"name": contest_name, "family": family}
    if family is not None:
        fields["level"] = family.level
    contest, _made = Contest.objects.get_or_create(code=contest_code, defaults=fields)
    defaults = {"name": name, "set_up_by": group, **details}
    edition, made = Edition.objects.get_or_create(contest=contest, year=year, defaults=defaults)
    if made:
        record(actor=actor, action="edition.create", subject=edition.ref, year=year)
    return edition


def _check_dates(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid({"ends_on": _("The last day lies before the first.")})


@transaction.atomic
def add_track(
    *, actor: Actor, edition: Edition, code: str, name: str, name_en: str = "", parent: Track | None = None
) -> Track:
    """A track of the edition, or (with a parent) a group within that track; a repeat changes its name.

    Raises NotAllowed, Invalid (the parent is of another edition or itself a group).
    """
    require(may_run(actor, edition), _("Only who runs all events of an edition does this."))
    if parent is not None and (parent.edition_id != edition.pk or parent.parent_id is not None):
        raise Invalid({"parent": _("A group belongs to a track of the same edition.")})
    fields = {"name": name, "name_en": name_en, "parent": parent}
    track, _made = Track.objects.update_or_create(edition=edition, code=code, defaults=fields)
    record(actor=actor, action="track.add", subject=track.ref)
    return track


@transaction.atomic
def copy_edition(*, actor: Actor, edition: Edition, group: Group, year: int, name: str = "") -> CopyReport:
    """Next year's drafts of the actor's own events of an edition, rules and dates moved by whole years.

    Rules come as new, unsigned versions. Events that are not held in that year are left out and named. Doing it again
    adds only what is missing, so that every group copies its own events.
    """
    require(may_organise_in(actor, group), _("Only organisers of the leading group set up an edition."))
    source = Edition.objects.select_for_update(of=("self",)).select_related("contest", "rule_set").get(pk=edition.pk)
    if year == source.year:
        raise Invalid({"year": _("Choose another year than that of the edition itself.")})
    report = CopyReport(_copied(source, year, name, group))
    tracks = _copy_tracks(source, report.edition)
    for event in copyable_events(actor, source):
        _copy_event(report, event, year - source.year, tracks)
    _link_stages(report)
    codes = [e.code for e in report.made]
    record(actor=actor, action="edition.copy", subject=report.edition.ref, year=year, made=codes)
    return report


def _copied(source: Edition, year: int, name: str, group: Group) -> Edition:
    years = year - source.year
    edition, made = Edition.objects.get_or_create(
        contest=source.contest,
        year=year,
        defaults={
            "name": name or source.name.replace(str(source.year), str(year)),
            "name_en": source.name_en.replace(str(source.year), str(year)),
            "starts_on": source.starts_on and shifted_day(source.starts_on, years),
            "ends_on": source.ends_on and shifted_day(source.ends_on, years),
            "copied_from": source,
            "set_up_by": group,
        },
    )
    if made and source.rule_set is not None:
        edition.rule_set = _copied_rules(source.rule_set, f"{source.contest.code}-{year}", years)
        edition.save(update_fields=["rule_set"])
    return edition


def _copied_rules(rule_set: RuleSet, code: str, years: int) -> RuleSet:
    return RuleSet.objects.create(
        code=code, title=rule_set.title, source=rule_set.source, rules=shifted_dates(rule_set.rules, years)
    )


def _copy_tracks(source: Edition, edition: Edition) -> dict[int, Track]:
    copies: dict[int, Track] = {}
    for track in source.tracks.filter(parent=None):
        copies[track.pk] = _copy_track(track, edition, None)
    for group in source.tracks.exclude(parent=None):
        copies[group.pk] = _copy_track(group, edition, copies[group.parent_id or 0])
    return copies


def _copy_track(track: Track, edition: Edition, parent: Track | None) -> Track:
    fields = {"name": track.name, "name_en": track.name_en, "position": track.position, "parent": parent}
    copy, _made = Track.objects.get_or_create(edition=edition, code=track.code, defaults=fields)
    return copy


def _copy_event(report: CopyReport, event: Event, years: int, tracks: dict[int, Track]) -> None:
    year = report.edition.year
    code = renewed_code(event.code, year - years, year)
    there = Event.objects.filter(edition=report.edition, copied_from=event).first()
    if there is not None:
        report.known.append(there)
    elif not held_in(event.cadence, year):
        report.left_out.append((event, "not_this_year"))
    elif Event.objects.filter(code=code).exists() or RuleSet.objects.filter(code=code).exists():
        report.left_out.append((event, "code_taken"))
    else:
        report.made.append(_copy_of(event, report.edition, code, years, tracks))


def _copy_of(event: Event, edition: Edition, code: str, years: int, tracks: dict[int, Track]) -> Event:
    copy = Event.objects.create(
        edition=edition,
        code=code,
        rule_set=_copied_rules(event.rule_set, code, years),
        track=tracks.get(event.track_id or 0),
        registration_closes_at=_shifted_moment(event.registration_closes_at, years),
        starts_on=event.starts_on and shifted_day(event.starts_on, years),
        ends_on=event.ends_on and shifted_day(event.ends_on, years),
        copied_from=event,
        **{key: getattr(event, key) for key in ("name", "name_en", "division", "level", "stage", "cadence")},
        leading_group=event.leading_group,
        tech_platforms=event.tech_platforms,
        venue_name=event.venue_name,
    )
    copy.co_groups.set(event.co_groups.all())
    Round.objects.bulk_create(Round(event=copy, number=r.number, name=r.name) for r in event.rounds.all())
    return copy


def _shifted_moment(at: datetime | None, years: int) -> datetime | None:
    """The same minute of the same day by the hall's calendar."""
    if at is None:
        return None
    local = at.astimezone(SHANGHAI)
    return datetime.combine(shifted_day(local.date(), years), local.timetz())


def _link_stages(report: CopyReport) -> None:
    """Copies promote to the copies of what their originals promoted to."""
    copies = {e.copied_from_id: e for e in (*report.made, *report.known)}
    for event in report.made:
        original = event.copied_from
        target = copies.get(original.promotes_to_id) if original else None
        if target is not None:
            event.promotes_to = target
            event.save(update_fields=["promotes_to"])
