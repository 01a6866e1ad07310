"""Hosts that are commissioned without a selection."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.people.forms import OrganisationField
from backend.people.models import Organisation
from backend.people.selectors import match_organisation


class CommissionForm(forms.Form):
    host = OrganisationField(
        label=gettext_lazy("Organisation that hosts it"),
        help_text=gettext_lazy("Its full name; former names are found too."),
    )
    others = forms.CharField(
        label=gettext_lazy("Further hosts"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("One full name a line, where several host it together."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why without a selection, or why it changes"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
    )
    document = forms.CharField(label=gettext_lazy("Number and title of the document that decides it"), max_length=120)
    scan = forms.FileField(
        label=gettext_lazy("Scan of the document"),
        required=False,
        help_text=gettext_lazy("PDF, JPG or PNG, at most 10 MB; seen by the organisers of this event."),
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_others(self) -> list[Organisation]:
        """Each line's organisation; every unknown name is said with what it may have been meant for."""
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        found, errors = [], []
        for line in lines:
            organisation, near = match_organisation(line)
            if organisation is None:
                asked = _("No organisation is recorded as %(name)s.") % {"name": line}
                meant = _(" Was one of these meant: %(names)s?") % {"names": "、".join(near)} if near else ""
                errors.append(forms.ValidationError(asked + meant))
            else:
                found.append(organisation)
        if errors:
            raise forms.ValidationError(errors)
        return found

    def told(self) -> dict[str, Any]:
        """What the service takes, but for the file."""
        data = self.cleaned_data
        hosts = [data["host"], *data["others"]]
        return {"organisations": hosts, **{k: data[k] for k in ("reason", "document", "client_id")}}
