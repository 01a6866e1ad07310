"""An event's own data, as an organiser fills it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.models import Group
from competitions.contests.enums import CADENCES, DIVISIONS, LEVELS, STAGES
from competitions.contests.models import Edition, Event, Track


def day(label: Any, **more: Any) -> forms.DateField:
    """A day with the browser's calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def minute(label: Any, **more: Any) -> forms.DateTimeField:
    """A day and minute with the browser's calendar."""
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        **more,
    )


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
    track = forms.ModelChoiceField(Track.objects.none(), label=_("Track or group"), required=False)
    level = forms.ChoiceField(choices=[("", _("as the contest")), *LEVELS.items()], label=_("Level"), required=False)
    stage = forms.ChoiceField(choices=[("", _("one stage only")), *STAGES.items()], label=_("Stage"), required=False)
    promotes_to = forms.ModelChoiceField(
        Event.objects.none(),
        label=_("Next stage"),
        required=False,
        help_text=_("The event whose entries come from this one's published result."),
    )
    cadence = forms.ChoiceField(choices=list(CADENCES.items()), label=_("Held"), initial="yearly", required=False)
    starts_on = day(_("From"), required=False, help_text=_("Leave it empty when it is held on the edition's days."))
    ends_on = day(_("Until"), required=False)
    registration_closes_at = minute(
        _("Registration deadline"), required=False, help_text=_("Schools can enter to the end of this minute.")
    )
    tech_platforms = forms.CharField(
        required=False,
        label=_("Platforms"),
        help_text=_("One a line; each team chooses one of them. Leave it empty when there is nothing to choose."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    venue_name = forms.CharField(max_length=100, required=False, label=_("Venue"))

    def __init__(self, *args: Any, groups: Any = None, event: Event | None = None, own: Any = None, **kwargs: Any):
        """groups: where a new event may be set up; event: one that stands; own: events that may be its next stage."""
        super().__init__(*args, **kwargs)
        self._choose("group", groups if groups is not None else Group.objects.none())
        tracks = Track.objects.select_related("parent", "edition").order_by("-edition__year", "position", "code")
        if event is not None:
            for name in ("group", "edition", "code"):
                del self.fields[name]
            tracks = tracks.filter(edition=event.edition_id)
        self._choose("track", tracks)
        if own is not None:
            self._choose("promotes_to", own.exclude(pk=event.pk) if event else own)

    def _choose(self, name: str, found: Any) -> None:
        self.fields[name].queryset = found  # type: ignore[attr-defined]

    def clean_cadence(self) -> str:
        return self.cleaned_data["cadence"] or "yearly"

    def clean_tech_platforms(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["tech_platforms"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))
