"""Days as the browser's own control types them, and organisations by their full name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from backend.people.models import Organisation
from backend.people.selectors import match_organisation


def day(label: Any, **options: Any) -> forms.DateField:
    """A date field with the browser's calendar."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


class OrganisationField(forms.CharField):
    """Cleans to the recorded organisation, by its present or a former name; else refuses with proposals."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=100, **options)

    def clean(self, value: Any) -> Organisation | None:
        written = super().clean(value)
        if not written:
            return None
        found, near = match_organisation(written)
        if found is None:
            asked = _("No organisation is recorded under this name.")
            meant = _(" Was one of these meant: %(names)s?") % {"names": "、".join(near)} if near else ""
            raise forms.ValidationError(asked + meant)
        return found
