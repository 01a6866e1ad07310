"""What the workbench may send about the board."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from competitions.boards.enums import MODE_LABELS


class FreezeForm(forms.Form):
    """From when the public board stands still; both empty: at once."""

    at = forms.DateTimeField(
        label=_("Freeze from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    minutes_before_end = forms.IntegerField(
        label=_("or so many minutes before the last session ends"), required=False, min_value=0, max_value=1440
    )


class BoardForm(forms.Form):
    """Which mode, how many rows."""

    mode = forms.ChoiceField(label=_("The public board shows"))
    page_size = forms.IntegerField(label=_("Rows at once on the screen"), min_value=1, max_value=12)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["mode"].choices = [(mode.value, gettext(label)) for mode, label in MODE_LABELS.items()]  # type: ignore[attr-defined]
