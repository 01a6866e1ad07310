"""What the page of merged persons may send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.people.enums import IdType
from backend.people.forms.words import ID_TYPES
from backend.people.selectors import person_by_number
from backend.spreadsheets.normal import normal_code

NUMBER = forms.TextInput({"autocomplete": "off", "autocapitalize": "none"})


class MergeForm(forms.Form):
    """Cleans to `duplicate` and `into`, both persons that count."""

    duplicate_type = forms.ChoiceField(
        label=gettext_lazy("Document of the duplicate"), choices=list(ID_TYPES.items()), initial=IdType.RESIDENT
    )
    duplicate_number = forms.CharField(label=gettext_lazy("Number recorded by mistake"), max_length=40, widget=NUMBER)
    into_type = forms.ChoiceField(
        label=gettext_lazy("Document that is right"), choices=list(ID_TYPES.items()), initial=IdType.RESIDENT
    )
    into_number = forms.CharField(label=gettext_lazy("Number that is right"), max_length=40, widget=NUMBER)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("What proves that both are one person; write no number and no name here."),
    )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for which in ("duplicate", "into"):
            written = told.get(f"{which}_number")
            if not written or f"{which}_type" not in told:
                continue
            told[which] = person_by_number(told[f"{which}_type"], normal_code(written).value.upper())
            if told[which] is None:
                self.add_error(f"{which}_number", _("Nobody is recorded under this number."))
        return told
