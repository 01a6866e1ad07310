"""The rules of an event: the common numbers as fields, everything else as JSON with its errors by path."""

from __future__ import annotations

import copy
import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.contests.forms.events import day
from competitions.contests.models import RuleSet

# Form field: its place in a rules document.
PLACES = {
    "contestants": ("team", "contestants"),
    "contestants_min": ("team", "contestants_min"),
    "instructors_max": ("team", "instructors_max"),
    "leaders_max": ("team", "leaders_max"),
    "teams_per_school_max": ("team", "teams_per_school_max"),
    "age_max": ("age", "max"),
    "age_on": ("age", "on"),
    "layers": ("anonymisation", "layers"),
    "judges_per_panel": ("judging", "judges_per_panel"),
    "max_spread": ("judging", "max_spread"),
    "scheme_total": ("scheme", "total"),
    "certificate_title": ("certificate", "title"),
    "minimum_entries": ("minimum", "entries"),
    "minimum_unit": ("minimum", "unit"),
    "minimum_source": ("minimum", "source"),
}


class JsonField(forms.CharField):
    """A JSON object, typed; an error names line and column."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "form-control font-monospace"})
        super().__init__(strip=False, widget=widget, max_length=100_000, **kwargs)

    def clean(self, value: Any) -> dict[str, Any]:
        text = super().clean(value)
        if not text.strip():
            return {}
        try:
            found = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            place = {"line": getattr(error, "lineno", 1), "column": getattr(error, "colno", 1)}
            raise forms.ValidationError(_("This is not JSON at line %(line)s, column %(column)s.") % place) from error
        if not isinstance(found, dict):
            raise forms.ValidationError(_("Write an object in braces."))
        return found


class RulesForm(forms.Form):
    """The numbers that change from event to event as fields, the rest as JSON."""

    title = forms.CharField(max_length=150, label=_("Title of the rules"), required=False)
    source = forms.CharField(
        max_length=300, label=_("Source"), required=False, help_text=_("The document these numbers come from.")
    )
    contestants = forms.IntegerField(min_value=1, max_value=50, label=_("Contestants in a team"))
    contestants_min = forms.IntegerField(min_value=1, max_value=50, label=_("At least"), required=False)
    instructors_max = forms.IntegerField(min_value=0, max_value=20, label=_("Instructors at most"), initial=2)
    leaders_max = forms.IntegerField(min_value=0, max_value=10, label=_("Team leaders at most"), initial=1)
    teams_per_school_max = forms.IntegerField(
        min_value=1, max_value=100, label=_("Teams a school enters at most"), required=False
    )
    age_max = forms.IntegerField(min_value=10, max_value=100, label=_("Age at most"), required=False)
    age_on = day(_("on this day"), required=False)
    minimum_entries = forms.IntegerField(min_value=1, max_value=1000, label=_("Not to be held below"), required=False)
    minimum_unit = forms.ChoiceField(
        choices=[("teams", _("Teams")), ("schools", _("Schools"))], label=_("counted in"), required=False
    )
    minimum_source = forms.CharField(max_length=300, label=_("according to"), required=False)
    layers = forms.IntegerField(min_value=1, max_value=3, label=_("Layers of anonymity"), initial=2)
    judges_per_panel = forms.IntegerField(min_value=1, max_value=30, label=_("Judges in a panel"), initial=3)
    max_spread = forms.IntegerField(min_value=0, max_value=3, label=_("Largest spread of judgement levels"), initial=1)
    scheme_total = forms.DecimalField(min_value=1, max_digits=8, decimal_places=2, label=_("Marks in all"), initial=100)
    certificate_title = forms.CharField(max_length=60, label=_("Title of the certificate"), initial="获奖证书")

    more = JsonField(
        label=_("Everything else, as JSON"),
        required=False,
        help_text=_("Eligibility, quota, promotion, rounding, ranking and awards; docs/formats.md explains each part."),
    )

    @classmethod
    def initial_of(cls, rule_set: RuleSet) -> dict[str, Any]:
        more: dict[str, Any] = copy.deepcopy(rule_set.rules)
        found = {}
        for name, (part, key) in PLACES.items():
            if key in more.get(part, {}):
                found[name] = more[part].pop(key)
        more = {part: keys for part, keys in more.items() if keys}
        return {**found, "title": rule_set.title, "source": rule_set.source, "more": written(more) if more else ""}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("age_max")) != bool(data.get("age_on")):
            self.add_error("age_on", _("An age limit needs both the age and the day."))
        if not data.get("minimum_entries"):
            data["minimum_unit"] = data["minimum_source"] = ""
        return data

    def document(self, base: dict[str, Any] | None = None) -> dict[str, Any]:
        """The fields over the JSON, as rules/1; a part that holds nothing is left out.

        base: the version before, whose other parts stay when the JSON was not sent at all.
        """
        sent = "more" in self.data
        rules: dict[str, Any] = copy.deepcopy(self.cleaned_data["more"] if sent else base or {})
        for part, key in [] if sent else PLACES.values():
            rules.get(part, {}).pop(key, None)
        for name, (part, key) in PLACES.items():
            value = self.cleaned_data.get(name)
            if value not in (None, "") and isinstance(rules.setdefault(part, {}), dict):
                rules[part][key] = value if isinstance(value, int) else _plain(value)
        return {part: keys for part, keys in rules.items() if keys not in ({}, [])}


class EditionRulesForm(forms.Form):
    """What holds over all events of an edition."""

    title = forms.CharField(max_length=150, label=_("Title of the rules"), required=False)
    source = forms.CharField(
        max_length=300, label=_("Source"), required=False, help_text=_("The document these numbers come from.")
    )
    more = JsonField(label=_("Rules over all events, as JSON"), help_text=_("The parts eligibility and quota."))


def field_of(path: str) -> str:
    """The field that fills a place of a rules document, `more` for what no field asks."""
    places = {f"$.{part}.{key}": name for name, (part, key) in PLACES.items()}
    return places.get(path, "more")


def written(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def _plain(value: Any) -> str:
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)
