"""Adjusting a quota, deciding on an event with too few entries, and stating facts about people."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.models import Organisation
from competitions.contests.enums import HOLDING_WORDS
from competitions.contests.models import Edition, Event
from competitions.contests.rulebook import QuotaRule
from competitions.registration.rulebook.eligibility import NUMBERS, asked_facts
from competitions.registration.rulebook.quotas import Year
from competitions.registration.selectors.eligibility import PersonLine

_YEAR = re.compile(r"^\s*([0-9]{1,4})\s*/\s*([0-9]{1,4})\s*$")


class HolderForm(forms.Form):
    """A school (or the city or group that holds its quota), a code of the rules, and the evidence."""

    school = forms.ModelChoiceField(Organisation.objects.none(), label=_("School"))
    code = forms.ChoiceField(label=_("Adjustment"))

    def __init__(self, *args: Any, of: Event | Edition, rule: QuotaRule | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = Organisation.objects.filter(ended_at=None, kind="school").order_by("name")
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        self.fields["code"].choices = self.choices(rule) if rule else []  # type: ignore[attr-defined]

    def choices(self, rule: QuotaRule) -> list[tuple[str, Any]]:
        raise NotImplementedError


class AdjustForm(HolderForm):
    bound = forms.ModelChoiceField(Event.objects.none(), label=_("Only in the event"), required=False)
    history = forms.CharField(
        required=False,
        label=_("Used / quota, one edition a line"),
        help_text=_("Only for unused quota: the oldest first, such as 2/4."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = forms.CharField(max_length=300, label=_("Evidence seen"), required=False)

    def __init__(self, *args: Any, of: Event | Edition, rule: QuotaRule | None, **kwargs: Any) -> None:
        super().__init__(*args, of=of, rule=rule, **kwargs)
        if isinstance(of, Event) or rule is None or not any(a.bound for a in rule.adjustments):
            del self.fields["bound"]
        else:
            self.fields["bound"].queryset = of.events.order_by("code")  # type: ignore[attr-defined]
        if rule is None or not rule.history:
            del self.fields["history"]

    def choices(self, rule: QuotaRule) -> list[tuple[str, Any]]:
        listed: list[tuple[str, Any]] = [(a.code, f"{a.name} {a.delta:+d}") for a in rule.adjustments]
        return [*listed, ("history", _("Unused quota"))] if rule.history else listed

    def clean_history(self) -> list[Year]:
        lines = [line for line in self.cleaned_data["history"].splitlines() if line.strip()]
        years = [_YEAR.match(line) for line in lines]
        if not all(years):
            raise forms.ValidationError(_("Write each edition like 2/4: used, a slash, the quota."))
        return [Year(int(y[1]), int(y[2])) for y in years if y]


class BaseForm(HolderForm):
    evidence = forms.CharField(max_length=300, label=_("Evidence seen"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Class")
        self.fields["code"].required = False

    def choices(self, rule: QuotaRule) -> list[tuple[str, Any]]:
        return [("", _("the common base")), *((base.code, f"{base.name} {base.n}") for base in rule.bases)]


class HoldingForm(forms.Form):
    verdict = forms.ChoiceField(choices=list(HOLDING_WORDS.items()), label=_("What becomes of it"))
    into = forms.ModelChoiceField(Event.objects.none(), required=False, label=_("Merge into"))
    reason = forms.CharField(max_length=300, label=_("Reason"), help_text=_("Everyone who is entered reads it."))

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sisters = Event.objects.filter(edition=event.edition_id, state__in=("registering", "registered"))
        self.fields["into"].queryset = sisters.exclude(pk=event.pk).order_by("code")  # type: ignore[attr-defined]


class FactForm(forms.Form):
    """What the rules ask about one person; `fact_N` and `evidence_N` in the order of `keys`."""

    def __init__(self, *args: Any, line: PersonLine, rules: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = list(asked_facts(rules, line.member.role).items())
        for n, (key, rule) in enumerate(self.keys):
            stands = line.facts.get(key)
            self.fields[f"fact_{n}"] = _number(key) if rule.kind in NUMBERS else _yes_or_no()
            self.fields[f"evidence_{n}"] = forms.CharField(max_length=200, required=False, label=_("Proven by"))
            if stands is not None:
                value = stands.value if rule.kind in NUMBERS else ("yes" if stands.value else "no")
                self.initial[f"fact_{n}"], self.initial[f"evidence_{n}"] = value, stands.evidence
            elif rule.evidence:
                self.initial[f"evidence_{n}"] = rule.evidence

    def facts(self, member: str) -> dict[tuple[str, str], tuple[Any, str]]:
        words = {"yes": True, "no": False, "": None}
        found = {}
        for n, (key, rule) in enumerate(self.keys):
            value = self.cleaned_data[f"fact_{n}"]
            given = value if rule.kind in NUMBERS else words[value]
            found[member, key] = (given, self.cleaned_data[f"evidence_{n}"] if given is not None else "")
        return found


def _number(key: str) -> forms.IntegerField:
    labels = {
        "study_year": _("Study year"),
        "teaching_years": _("Years of teaching"),
        "employed_months": _("Months of employment"),
    }
    return forms.IntegerField(min_value=0, max_value=1000, required=False, label=labels[key])


def _yes_or_no() -> forms.ChoiceField:
    choices = [("", _("not known yet")), ("yes", _("yes, this is so")), ("no", _("no"))]
    return forms.ChoiceField(choices=choices, required=False, label=_("Is it so?"))
