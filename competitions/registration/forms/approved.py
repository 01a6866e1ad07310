"""A replacement and an objection as forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from competitions.registration.enums import ROLE_WORDS
from competitions.registration.forms.entries import MemberForm
from competitions.registration.models import Entry, Member
from competitions.registration.rulebook import MemberDraft


class ArrivingForm(MemberForm):
    """Who leaves, why, and the person who comes in their place with the same role."""

    leaving = forms.ChoiceField(label=_("Who leaves"))
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ["leaving", "reason", "name", "id_type", "id_number", "sex", "phone", "study_number", "major_code"]

    def __init__(self, *args: Any, members: Sequence[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("kept", "role", "remove", "remark"):
            del self.fields[name]
        choices = [(str(m.uid), f"{m.reveal('name')} ({ROLE_WORDS[m.role]})") for m in members]
        self.fields["leaving"].choices = choices  # type: ignore[attr-defined]
        self.fields["reason"].required = True

    def arriving(self) -> MemberDraft:
        self.cleaned_data |= {"role": "", "remark": "", "kept": ""}
        return self.draft(1)

    def add_problems(self, problems: Mapping[str, Any]) -> None:
        """What the rules say: at the field of the person who comes, else above all."""
        for key, texts in problems.items():
            row, _dot, name = key.partition(".")
            for text in texts:
                self.add_error(name if row == "1" and name in self.fields else None, text)


class ObjectionForm(forms.Form):
    """Cleans to the arguments of `record_objection`."""

    objector = forms.CharField(
        label=_("Who objects"),
        max_length=200,
        help_text=_("Name and how to reach them; seen by the organisers only."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    entry = forms.ModelChoiceField(
        Entry.objects.none(),
        to_field_name="uid",
        label=_("About which team"),
        required=False,
        empty_label=_("the event"),
    )
    text = forms.CharField(label=_("What"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, entries: QuerySet[Entry], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["entry"]
        chosen.queryset = entries
        chosen.label_from_instance = lambda entry: f"{entry.school.name} {entry.team_number}"
