"""Many files at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files of one field, as a list; an empty file is looked at with the others."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        one = super().clean
        return [one(file, initial) for file in data or [None]]


class ManyFilesForm(forms.Form):
    """token: what makes a second sending of the same files the same."""

    kind = forms.CharField()
    token = forms.UUIDField()
    chosen = FilesField(
        label=_("Files"), allow_empty_file=True, error_messages={"required": _("Choose the files first.")}
    )
