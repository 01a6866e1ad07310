"""What a page may send about a document."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _


class FileForm(forms.Form):
    """A file and the id under which the client sends it, again if it must."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)
    client_id = forms.UUIDField(initial=uuid4)
    expires_on = forms.DateField(required=False)


class ReuseForm(forms.Form):
    document = forms.UUIDField()
    client_id = forms.UUIDField()


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(choices=[("accept", ""), ("refuse", "")])
    reason = forms.CharField(required=False, max_length=300)
    expires_on = forms.DateField(required=False)
