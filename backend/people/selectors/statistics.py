"""The yearly report of a group: its members and what it did, in the columns of that year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.people.enums import StatisticSheet
from backend.people.models import Group, Membership, StatisticColumn

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Counter:
    """Something a group did that can be counted. count: of that group, from the first to the last day inclusive."""

    key: str
    label: Any
    unit: Any
    count: Callable[[Group, date, date], int]


@dataclass(frozen=True, slots=True)
class Heading:
    """One column as it is written: its title and the source that fills it."""

    title: str
    source: str


_counters: dict[str, Counter] = {}
# What may fill a column, by list; the labels are our own, not the platform's.
GROUP_SOURCES: dict[str, Any] = {
    "year": _("Year"),
    "group_number": _("Number of the group"),
    "group_name": _("Name of the group"),
    "lead_school": _("Lead school"),
    "founded_on": _("Founded on"),
    "legal_form": _("Legal form"),
    "charter": _("Charter"),
}
SOURCES: dict[str, dict[str, Any]] = {
    StatisticSheet.MEMBERS: {
        **GROUP_SOURCES,
        "member_name": _("Member organisation"),
        "uscc": _("Unified social credit code"),
        "member_kind": _("Kind of member"),
        "council_role": _("Role in the council"),
        "joined_on": _("Member since"),
        "ended_on": _("Left on"),
        "leads": _("Leads the group"),
    },
    StatisticSheet.ACTIVITIES: {
        **GROUP_SOURCES,
        "activity": _("Activity"),
        "count": _("Count"),
        "unit": _("Unit of count"),
    },
}
DEFAULTS = {
    StatisticSheet.MEMBERS: ("group_name", "member_name", "uscc", "member_kind", "joined_on", "ended_on"),
    StatisticSheet.ACTIVITIES: ("year", "group_name", "activity", "count", "unit"),
}


def counter(found: Counter) -> None:
    """Register a counted activity; called in a room's wiring."""
    _counters[found.key] = found


def headings_of(year: int, sheet: str) -> list[Heading]:
    """The year's columns; else those of the last year that has any; else our own default."""
    rows = StatisticColumn.objects.filter(sheet=sheet, year__lte=year)
    last = rows.order_by("-year").values_list("year", flat=True).first()
    if last is not None:
        return [Heading(row.title, row.source) for row in rows.filter(year=last).order_by("position")]
    return [Heading(str(SOURCES[sheet][source]), source) for source in DEFAULTS[StatisticSheet(sheet)]]


def members_report(group: Group, year: int, words: dict[str, Any]) -> list[dict[str, Value]]:
    """One row per organisation that was a member on any day of the year. words: labels of kinds and legal forms."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = Membership.objects.filter(group=group).within(first, last).select_related("organisation")
    shared = _of_group(group, year, words)
    return [
        {
            **shared,
            "member_name": member.organisation.name,
            "uscc": member.organisation.uscc,
            "member_kind": str(words["kinds"][member.kind]),
            "council_role": member.council_role,
            "joined_on": member.joined_on,
            "ended_on": member.ended_on if member.ended_on and member.ended_on <= last else None,
            "leads": str(words["yes"]) if member.organisation_id == group.lead_school_id else "",
        }
        for member in found.order_by("kind", "organisation__name", "pk")
    ]


def activities_report(group: Group, year: int, words: dict[str, Any]) -> list[dict[str, Value]]:
    """One row per counted activity, in the order in which the rooms registered them."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return [
        {
            **_of_group(group, year, words),
            "activity": str(each.label),
            "count": each.count(group, first, last),
            "unit": str(each.unit),
        }
        for each in _counters.values()
    ]


def _of_group(group: Group, year: int, words: dict[str, Any]) -> dict[str, Value]:
    return {
        "year": year,
        "group_number": group.number,
        "group_name": group.name,
        "lead_school": group.lead_school.name,
        "founded_on": group.founded_on,
        "legal_form": str(words["legal_forms"][group.legal_form]),
        "charter": group.charter_title,
    }


def in_columns(headings: list[Heading], rows: list[dict[str, Value]]) -> Iterator[list[Value]]:
    """The rows' values in the order of the columns."""
    return ([row.get(heading.source) for heading in headings] for row in rows)
