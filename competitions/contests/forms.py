"""An event's own data and its rules, as an organiser fills them in."""

from __future__ import annotations

import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.models import Group
from competitions.contests.enums import DIVISIONS
from competitions.contests.models import Edition, Event


class EventForm(forms.Form):
    """code and edition are chosen once; the rest may change until registration opens."""

    group = forms.ModelChoiceField(Group.objects.none(), label=_("Leading group"))
    edition = forms.ModelChoiceField(Edition.objects.order_by("-year", "name"), label=_("Edition"))
    code = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9-]{2,39}$",
        label=_("Code"),
        help_text=_("Public and permanent, such as GZ-2026-046."),
        error_messages={"invalid": _("Letters, digits and hyphens only, 3 to 40 of them.")},
    )
    name = forms.CharField(max_length=100, label=_("Name"))
    name_en = forms.CharField(max_length=200, required=False, label=_("English name"))
    division = forms.ChoiceField(choices=list(DIVISIONS.items()), label=_("Division"), initial="HIGHER_STUDENT")
    registration_closes_at = forms.DateTimeField(
        required=False,
        label=_("Registration deadline"),
        help_text=_("Schools can enter to the end of this minute."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    tech_platforms = forms.CharField(
        required=False,
        label=_("Platforms"),
        help_text=_("One a line; each team chooses one of them. Leave it empty when there is nothing to choose."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    venue_name = forms.CharField(max_length=100, required=False, label=_("Venue"))

    def __init__(self, *args: Any, groups: Any = None, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups if groups is not None else Group.objects.none()  # type: ignore[attr-defined]
        if event is not None:
            for name in ("group", "edition", "code"):
                del self.fields[name]

    def clean_tech_platforms(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["tech_platforms"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class EditionForm(forms.Form):
    group = forms.ModelChoiceField(Group.objects.none(), label=_("Leading group"))
    contest_code = forms.RegexField(r"^[A-Za-z0-9_-]{2,40}$", label=_("Code of the contest"))
    contest_name = forms.CharField(max_length=100, label=_("Name of the contest"))
    year = forms.IntegerField(min_value=2000, max_value=2100, label=_("Year"))
    name = forms.CharField(max_length=120, label=_("Name of the edition"))
    name_en = forms.CharField(max_length=200, required=False, label=_("English name"))
    starts_on = forms.DateField(required=False, label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(required=False, label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]


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
}


class RulesForm(forms.Form):
    """The numbers that change from event to event; what it does not ask stays as the version before had it."""

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
    age_on = forms.DateField(
        required=False, label=_("on this day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    layers = forms.IntegerField(min_value=1, max_value=3, label=_("Layers of anonymity"), initial=2)
    judges_per_panel = forms.IntegerField(min_value=1, max_value=30, label=_("Judges in a panel"), initial=3)
    max_spread = forms.IntegerField(min_value=0, max_value=3, label=_("Largest spread of judgement levels"), initial=1)
    scheme_total = forms.DecimalField(min_value=1, max_digits=8, decimal_places=2, label=_("Marks in all"), initial=100)
    certificate_title = forms.CharField(max_length=60, label=_("Title of the certificate"), initial="获奖证书")

    @classmethod
    def initial_of(cls, event: Event) -> dict[str, Any]:
        rules, found = event.rule_set.rules, {}
        for name, (part, key) in PLACES.items():
            if key in rules.get(part, {}):
                found[name] = rules[part][key]
        return {**found, "title": event.rule_set.title, "source": event.rule_set.source}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("age_max")) != bool(data.get("age_on")):
            self.add_error("age_on", _("An age limit needs both the age and the day."))
        return data

    def document(self, base: dict[str, Any] | None = None) -> dict[str, Any]:
        """The filled-in numbers over the version before, as rules/1."""
        rules = copy.deepcopy(base or {})
        for name, (part, key) in PLACES.items():
            value = self.cleaned_data.get(name)
            if value in (None, ""):
                rules.get(part, {}).pop(key, None)
            else:
                rules.setdefault(part, {})[key] = value if isinstance(value, int) else _plain(value)
        return {part: keys for part, keys in rules.items() if keys}


def _plain(value: Any) -> str:
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)
