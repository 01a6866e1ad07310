"""What the pages of organisations may send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from backend.people.forms.days import OrganisationField, day
from backend.people.forms.words import KINDS


class OrganisationForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Full name of the organisation"), max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(KINDS.items()))


class FormerNameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Former or other name"), max_length=100)


class RenameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("New name"), max_length=100)
    on = day(gettext_lazy("From which day"))


class OversightForm(forms.Form):
    """Cleans to `bureau`: an organisation, or None when the school reports to the province directly."""

    name = OrganisationField(
        label=gettext_lazy("Education bureau"),
        required=False,
        help_text=gettext_lazy("Full name; leave it empty when the school reports to the province directly."),
    )

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, "bureau": self.cleaned_data.get("name")}
