"""What the pages of scoring may send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class HandoverForm(forms.Form):
    """Who takes over a closed seat's open sheets, and why it closes. must_follow: its sheets cannot be voided."""

    follows = forms.ChoiceField(label=_("Its open sheets"), widget=forms.RadioSelect)
    successor = forms.CharField(label=_("Name of the successor"), max_length=60, required=False)
    email = forms.EmailField(
        label=_("E-mail of the successor"),
        max_length=120,
        required=False,
        help_text=_("The schedule and a link to the calendar go there at once."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("Kept in the record. Write no personal details.")
    )

    def __init__(self, *args: Any, must_follow: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("successor", _("pass to a successor"))]
        if not must_follow:
            choices.append(("nobody", _("are voided; the other judges' marks decide")))
        field: Any = self.fields["follows"]
        field.choices = choices
        field.initial = "successor"

    def clean(self) -> dict[str, Any]:
        """A name where somebody follows, none where nobody does."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("follows") == "successor" and not given.get("successor"):
            self.add_error("successor", _("Name the judge who takes over."))
        if given.get("follows") == "nobody":
            given["successor"] = ""
        return given
