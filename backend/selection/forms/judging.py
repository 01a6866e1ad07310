"""Recommending, naming experts, scoring, objecting and answering."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.forms import OrganisationField
from backend.selection.models import Choice, Criterion


class RecommendForm(forms.Form):
    """For each application a place and a reason."""

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        places = [("", _("not recommended")), *((n, n) for n in range(1, len(choices) + 1))]
        for choice in choices:
            said = getattr(choice, "recommendation", None)
            rank = forms.TypedChoiceField(choices=places, coerce=int, empty_value=None, required=False)
            rank.label, rank.initial = _("Place"), said.rank if said else ""
            self.fields[f"rank-{choice.uid}"] = rank
            self.fields[f"reason-{choice.uid}"] = forms.CharField(
                max_length=500, required=False, label=_("Reason"), initial=said.reason if said else ""
            )

    def words(self) -> dict[Any, tuple[int | None, str]]:
        data = self.cleaned_data
        return {c.uid: (data[f"rank-{c.uid}"], data[f"reason-{c.uid}"]) for c in self.choices}


class ExpertForm(forms.Form):
    account_name = forms.CharField(max_length=60, label=_("Account name"))
    display_name = forms.CharField(
        max_length=60,
        required=False,
        label=_("Name of the expert"),
        help_text=_("Needed only when the account is new."),
    )
    organisation = OrganisationField(
        required=False,
        label=_("Organisation of the expert"),
        help_text=_("Its full name. Who belongs to an applicant's organisation does not score there."),
    )


class ScoreForm(forms.Form):
    """Points `c-POSITION`, and the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(max_length=1000, required=False, label=_("Comment"), widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            field = forms.DecimalField(min_value=0, max_value=criterion.points, decimal_places=2)
            field.label = f"{criterion.name} (0–{criterion.points.normalize():f})"
            field.widget.attrs["inputmode"] = "decimal"
            self.fields[f"c{criterion.position}"] = field
        self.order_fields([*(f"c{c.position}" for c in criteria), "comment", "version"])

    def points(self) -> dict[int, Any]:
        return {c.position: self.cleaned_data[f"c{c.position}"] for c in self.criteria}


class ObjectionForm(forms.Form):
    choice = forms.ChoiceField(required=False, label=_("Which line it is about"))
    words = forms.CharField(max_length=2000, label=_("What you object to, and why"), widget=forms.Textarea({"rows": 6}))
    name = forms.CharField(max_length=50, label=_("Your name"), help_text=_("Seen only by those who answer."))
    contact = forms.CharField(max_length=100, label=_("How we can reach you"))
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [("", _("The list as a whole")), *lines]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    verdict = forms.ChoiceField(
        choices=[("dismiss", _("The objection is not right")), ("uphold", _("The objection is right"))],
        label=_("Decision on the objection"),
        widget=forms.RadioSelect,
    )
    exclude = forms.BooleanField(required=False, label=_("Take the line off the list; the notice starts anew"))
    answer = forms.CharField(
        max_length=1000, required=False, label=_("The answer everybody reads"), widget=forms.Textarea({"rows": 4})
    )
