"""Editions: set up, copied, put on other days, ordered by tracks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.models import Group
from competitions.contests.forms.events import day, minute
from competitions.contests.models import Edition, Event, Family, Track


class EditionForm(forms.Form):
    group = forms.ModelChoiceField(Group.objects.none(), label=_("Leading group"))
    contest_code = forms.RegexField(r"^[A-Za-z0-9_-]{2,40}$", label=_("Code of the contest"))
    family = forms.ModelChoiceField(
        Family.objects.all(), required=False, label=_("Family"), help_text=_("Only counts for a new contest.")
    )
    contest_name = forms.CharField(max_length=100, label=_("Name of the contest"))
    year = forms.IntegerField(min_value=2000, max_value=2100, label=_("Year"))
    name = forms.CharField(max_length=120, label=_("Name of the edition"))
    name_en = forms.CharField(max_length=200, required=False, label=_("English name"))
    starts_on = day(_("From"), required=False)
    ends_on = day(_("Until"), required=False)

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    group = forms.ModelChoiceField(Group.objects.none(), label=_("Leading group"))
    year = forms.IntegerField(min_value=2000, max_value=2100, label=_("Year"))
    name = forms.CharField(
        max_length=120,
        required=False,
        label=_("Name of the edition"),
        help_text=_("Leave it empty to take the present name with the new year."),
    )

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]


class PostponeForm(forms.Form):
    """New days for an event or (without a deadline of its own) for an edition."""

    starts_on = day(_("From"))
    ends_on = day(_("Until"), required=False)
    closes_at = minute(
        _("Registration deadline"), required=False, help_text=_("Leave it empty when the deadline stays as it is.")
    )
    reason = forms.CharField(max_length=300, label=_("Reason"), help_text=_("Everyone who is entered reads it."))

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if event is None or event.state not in ("draft", "registering"):
            del self.fields["closes_at"]


class TrackForm(forms.Form):
    code = forms.RegexField(r"^[A-Za-z0-9-]{1,40}$", label=_("Code"))
    name = forms.CharField(max_length=100, label=_("Name"))
    name_en = forms.CharField(max_length=200, required=False, label=_("English name"))
    parent = forms.ModelChoiceField(
        Track.objects.none(), required=False, label=_("Within the track"), empty_label=_("a track of its own")
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = edition.tracks.filter(parent=None)  # type: ignore[attr-defined]
