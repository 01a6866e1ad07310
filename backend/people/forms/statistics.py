"""What the page of the yearly report's columns may send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from backend.people.enums import StatisticSheet
from backend.people.selectors.statistics import SOURCES, Heading, headings_of


class ColumnsForm(forms.Form):
    """A place and a title for each known source of one list; cleans to `headings`, those with a place, in its order."""

    def __init__(self, *args: Any, year: int, sheet: StatisticSheet, **options: Any) -> None:
        options["prefix"] = str(sheet)
        super().__init__(*args, **options)
        standing = {h.source: (n, h.title) for n, h in enumerate(headings_of(year, sheet), 1)}
        self.sources = SOURCES[sheet]
        for source, label in self.sources.items():
            place, title = standing.get(source, (None, str(label)))
            told = _("%(column)s: place") % {"column": label}
            self.fields[f"{source}_place"] = forms.IntegerField(
                label=told, min_value=1, max_value=99, required=False, initial=place
            )
            self.fields[f"{source}_title"] = forms.CharField(
                label=_("%(column)s: heading") % {"column": label}, max_length=60, required=False, initial=title
            )

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """(label, place, heading) of each source, for a table."""
        return [(label, self[f"{source}_place"], self[f"{source}_title"]) for source, label in self.sources.items()]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        places = {source: told.get(f"{source}_place") for source in self.sources}
        chosen = sorted((place, source) for source, place in places.items() if place)
        if not chosen and not self.errors:
            self.add_error(None, _("Give at least one column a place."))
        if len({place for place, _source in chosen}) != len(chosen):
            self.add_error(None, _("Two columns have the same place."))
        headings = [Heading(told.get(f"{s}_title") or str(self.sources[s]), s) for _place, s in chosen]
        return {**told, "headings": headings}
