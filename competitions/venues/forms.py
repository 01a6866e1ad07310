"""What the pages of venues may send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.venues.models import Session, Venue

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
