"""What the pages of venues may send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.contests.models import Event
from competitions.venues.models import ScheduleItem, Session, Venue
from competitions.venues.projections.doors import PAPER_WORDS
from competitions.venues.projections.schedule import AUDIENCES, KINDS
from competitions.venues.services import ItemDraft

WRITTEN = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WRITTEN[0])
    return forms.DateTimeField(label=label, widget=widget, input_formats=WRITTEN)


class SessionForm(forms.Form):
    """A time slot in one of the event's venues."""

    name = forms.CharField(label=_("Name of the session"), max_length=40)
    venue = forms.ModelChoiceField(Venue.objects.none(), label=_("Venue"), to_field_name="uid")
    starts_at = _moment(_("Begins"))
    ends_at = _moment(_("Ends"))

    def __init__(self, *args: Any, venues: Any, session: Session | None = None, **kwargs: Any) -> None:
        if session is not None:
            kwargs["initial"] = {
                "name": session.name,
                "venue": session.venue.uid,
                "starts_at": session.starts_at,
                "ends_at": session.ends_at,
            }
        super().__init__(*args, **kwargs)
        field: Any = self.fields["venue"]
        field.queryset = venues

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("A session ends after it starts."))
        return given


class EquipmentForm(forms.Form):
    """For which platform a range of stations is equipped."""

    venue = forms.ModelChoiceField(Venue.objects.none(), label=_("Venue"), to_field_name="uid")
    stations = forms.CharField(max_length=20, label=_("Stations"), help_text=_("One like A07 or a range like A01–A24."))
    platform = forms.ChoiceField(label=_("Platform"), required=False)
    spare = forms.BooleanField(label=_("Spare, for machines that fail"), required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        venue: Any = self.fields["venue"]
        venue.queryset = Venue.objects.filter(event=event).order_by("name")
        platform: Any = self.fields["platform"]
        platform.choices = [("", _("Any platform")), *((p, p) for p in event.tech_platforms)]


class ItemForm(forms.Form):
    """One line of the schedule."""

    kind = forms.ChoiceField(choices=[(str(k), v) for k, v in KINDS.items()], label=_("Kind"))
    title = forms.CharField(max_length=80, required=False, label=_("Title"))
    starts_at = _moment(_("Begins"))
    ends_at = _moment(_("Ends"))
    venue = forms.ModelChoiceField(
        Venue.objects.none(), label=_("Venue"), required=False, to_field_name="uid", empty_label=_("not in a venue")
    )
    place = forms.CharField(max_length=80, required=False, label=_("Where"), help_text=_("Where there is no venue."))
    audience = forms.MultipleChoiceField(
        choices=[(str(k), v) for k, v in AUDIENCES.items()],
        widget=forms.CheckboxSelectMultiple,
        label=_("For whom"),
    )
    responsible = forms.CharField(
        max_length=40, required=False, label=_("In charge"), help_text=_("A role, not a person's name.")
    )

    def __init__(self, *args: Any, event: Event, item: ScheduleItem | None = None, **kwargs: Any) -> None:
        if item is not None:
            names = ("kind", "title", "starts_at", "ends_at", "place", "audience", "responsible")
            kwargs["initial"] = {name: getattr(item, name) for name in names}
            kwargs["initial"]["venue"] = item.venue.uid if item.venue else None
        super().__init__(*args, **kwargs)
        venue: Any = self.fields["venue"]
        venue.queryset = Venue.objects.filter(event=event).order_by("name")

    def draft(self) -> ItemDraft:
        return ItemDraft(**self.cleaned_data)


class CheckInPlanForm(forms.Form):
    """Which papers are asked for at the door, and when nobody enters without a reason any more."""

    papers = forms.MultipleChoiceField(
        label=_("Papers to show"),
        required=False,
        choices=list(PAPER_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    late_minutes = forms.IntegerField(
        label=_("Minutes after the beginning of a session"),
        min_value=0,
        max_value=600,
        help_text=_(
            "Later nobody enters without a reason. 15 is only our default: your rules for the event say how many."
        ),
    )
