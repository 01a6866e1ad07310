"""The yearly report to the national statistics platform: what it would say, as a workbook, and its columns."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.core import clock
from backend.core.errors import NotFound
from backend.core.permissions import require
from backend.people import services
from backend.people.enums import StatisticSheet
from backend.people.forms import ColumnsForm
from backend.people.forms.words import LEGAL_FORMS, MEMBER_KINDS
from backend.people.models import Group
from backend.people.permissions import may_keep_group, may_set_statistics
from backend.people.selectors import Heading, activities_report, headings_of, in_columns, members_report
from backend.people.web.governance import group_of
from backend.spreadsheets.writer import OutColumn, write_sheets
from backend.ui.acting import signed_in
from backend.ui.downloads import workbook_download

FIRST_YEAR = 2022  # the groups were founded in it
REPORTS = {StatisticSheet.MEMBERS: members_report, StatisticSheet.ACTIVITIES: activities_report}
SHOWN = 50


def _year(written: str) -> int:
    """A year since the groups were founded and not to come; the present one where none is written."""
    this = clock.today().year
    if not written:
        return this
    if not written.isascii() or not written.isdigit() or not FIRST_YEAR <= int(written) <= this:
        raise NotFound
    return int(written)


def _lists(group: Group, year: int) -> list[dict[str, Any]]:
    words = {"kinds": MEMBER_KINDS, "legal_forms": LEGAL_FORMS, "yes": _("Yes")}
    titles = {StatisticSheet.MEMBERS: _("Members"), StatisticSheet.ACTIVITIES: _("Activities")}
    found = []
    for sheet, report in REPORTS.items():
        headings = headings_of(year, sheet)
        rows = list(in_columns(headings, report(group, year, words)))
        found.append({"title": titles[sheet], "headings": headings, "rows": rows})
    return found


def _told(headings: list[Heading], row: list[Any]) -> list[tuple[str, Any]]:
    """Each value with its heading, which a phone shows beside it."""
    return [(heading.title, value) for heading, value in zip(headings, row, strict=True)]


@require_GET
def statistics(request: HttpRequest, code: str) -> HttpResponse:
    """A group's report of one year; also as a workbook with a sheet for each list."""
    actor, found = signed_in(request), group_of(request, code)
    if not may_keep_group(actor, found):
        raise NotFound
    year = _year(request.GET.get("year", ""))
    lists = _lists(found, year)
    if request.GET.get("format") == "xlsx":
        sheets = [(each["title"], [OutColumn(h.title, 20) for h in each["headings"]], each["rows"]) for each in lists]
        return workbook_download(write_sheets(sheets), f"statistics-{found.code}-{year}.xlsx")
    page = {
        "group": found,
        "year": year,
        "years": range(clock.today().year, FIRST_YEAR - 1, -1),
        "lists": [
            {
                **each,
                "shown": [_told(each["headings"], row) for row in each["rows"][:SHOWN]],
                "count": len(each["rows"]),
            }
            for each in lists
        ],
        "may_set": may_set_statistics(actor),
    }
    return render(request, "people/statistics.html", page)


@require_http_methods(["GET", "POST"])
def statistic_columns(request: HttpRequest, year: int, sheet: str) -> HttpResponse:
    """Which columns a year's list has, for all groups."""
    actor = signed_in(request)
    require(may_set_statistics(actor))
    if sheet not in list(StatisticSheet) or not FIRST_YEAR <= year <= clock.today().year + 1:
        raise NotFound
    form = ColumnsForm(request.POST or None, year=year, sheet=StatisticSheet(sheet))
    if request.method == "POST" and form.is_valid():
        services.set_statistic_columns(actor=actor, year=year, sheet=sheet, headings=form.cleaned_data["headings"])
        messages.success(request, _("The columns hold from this year on, until a later year has its own."))
        return redirect("people:statistic_columns", year, sheet)
    titles = [(StatisticSheet.MEMBERS, _("Members")), (StatisticSheet.ACTIVITIES, _("Activities"))]
    page = {"form": form, "year": year, "sheet": sheet, "sheets": titles, "next_year": year + 1}
    return render(request, "people/statistic_columns.html", page, status=422 if form.errors else 200)
