"""An application as its applicant fills it in, and as an officer sends it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.selection.models import Application, Offer
from backend.selection.rulebook import Question, read_questions
from backend.selection.rulebook.answers import MAX_LENGTH


def _field(question: Question) -> forms.Field:
    """Nothing is required while it is a draft; submitting says what is missing."""
    common: dict[str, Any] = {"label": question.label, "help_text": question.hint, "required": False}
    if question.kind == "yes":
        return forms.BooleanField(**common)
    long = question.kind == "long"
    widget = forms.Textarea({"rows": 4}) if long else forms.TextInput()
    if question.kind in ("whole", "amount"):
        widget.attrs["inputmode"] = "numeric" if question.kind == "whole" else "decimal"
    return forms.CharField(max_length=MAX_LENGTH[question.kind], widget=widget, **common)


class ApplicationForm(forms.Form):
    """Answers `a-KEY`, wishes `wish-UID` (1: most wanted, empty: not wanted), and whom one can ask."""

    contact_name = forms.CharField(max_length=50, required=False, label=_("Whom we can ask"))
    contact_phone = forms.CharField(max_length=30, required=False, label=_("Telephone"))

    def __init__(self, data: Any = None, *, application: Application, offers: list[Offer]) -> None:
        back = application.returns.filter(mended_at=None).first() if application.state == "returned" else None
        reasons = back.reasons if back else {}
        self.questions, self.offers = read_questions(application.call.questions), offers
        wishes = {choice.offer_id: choice.rank for choice in application.choices.all()}
        initial = {f"a-{key}": value for key, value in application.answers.items()}
        initial |= {f"wish-{offer.uid}": wishes.get(offer.pk, "") for offer in offers}
        initial |= {name: application.reveal(name) for name in ("contact_name", "contact_phone")}
        super().__init__(data, initial=initial)
        for question in self.questions:
            self.fields[f"a-{question.key}"] = _field(question)
            if question.key in reasons:
                self.fields[f"a-{question.key}"].help_text = _("Sent back: %(reason)s") % {
                    "reason": reasons[question.key]
                }
        top = application.call.applies_max or len(offers)
        for offer in offers:
            choices = [("", _("not wanted")), *((n, n) for n in range(1, min(top, len(offers)) + 1))]
            field = forms.TypedChoiceField(choices=choices, coerce=int, required=False)
            field.label = offer.label
            self.fields[f"wish-{offer.uid}"] = field

    def wish_fields(self) -> list[Any]:
        return [self[f"wish-{offer.uid}"] for offer in self.offers]

    def answer_fields(self) -> list[Any]:
        return [self[f"a-{question.key}"] for question in self.questions]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        ranks = sorted(rank for rank in self._ranks(data).values())
        if ranks != list(range(1, len(ranks) + 1)):
            self.add_error(None, _("Rank what you want 1, 2, 3 and so on, each number once."))
        return data

    def _ranks(self, data: dict[str, Any]) -> dict[UUID, int]:
        return {o.uid: data[f"wish-{o.uid}"] for o in self.offers if data.get(f"wish-{o.uid}")}

    def kept(self) -> dict[str, Any]:
        """What `services.save_draft` takes."""
        ranks = self._ranks(self.cleaned_data)
        answers = {q.key: self.cleaned_data.get(f"a-{q.key}") for q in self.questions}
        return {
            "answers": {key: "yes" if value is True else value or "" for key, value in answers.items()},
            "wishes": sorted(ranks, key=ranks.__getitem__),
            "contact_name": self.cleaned_data["contact_name"],
            "contact_phone": self.cleaned_data["contact_phone"],
        }


class ReturnForm(forms.Form):
    """A reason beside each field that has to be mended."""

    def __init__(self, *args: Any, fields: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in fields:
            self.fields[f"r-{key}"] = forms.CharField(max_length=500, required=False, label=label)

    def reasons(self) -> dict[str, str]:
        return {name.removeprefix("r-"): text for name, text in self.cleaned_data.items() if text}


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300, required=False, label=_("Reason"))
