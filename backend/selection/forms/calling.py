"""Setting a call up."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.documents.models import KINDS
from backend.people.enums import OrganisationKind
from backend.people.models import Group
from backend.selection.models import ITEMS, Call
from backend.selection.projections.words import ORGANISATION_KINDS, QUESTION_KINDS


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _count(label: Any, help_text: Any = "", *, required: bool = False, least: int = 1) -> forms.IntegerField:
    return forms.IntegerField(min_value=least, max_value=1000, required=required, label=label, help_text=help_text)


class CallForm(forms.Form):
    """A call's own data; criteria and questions one a line, parts divided by a vertical bar."""

    group = forms.ModelChoiceField(Group.objects.none(), required=False, label=_("Group"))
    item_kind = forms.ChoiceField(label=_("What is selected for"))
    title = forms.CharField(max_length=120, label=_("Title"))
    text = forms.CharField(required=False, label=_("What applicants should know"), widget=forms.Textarea({"rows": 5}))
    source = forms.CharField(
        max_length=300,
        required=False,
        label=_("Source"),
        help_text=_("The document that the numbers of this call come from."),
    )
    applicant_kinds = forms.MultipleChoiceField(
        choices=[(kind.value, ORGANISATION_KINDS[kind.value]) for kind in OrganisationKind],
        label=_("Who may apply"),
        widget=forms.CheckboxSelectMultiple,
    )
    closes_at = forms.DateTimeField(
        label=_("Applications until"),
        help_text=_("To the end of this minute."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    recommend_until = forms.DateField(required=False, label=_("Groups recommend until"), widget=_day())
    score_until = forms.DateField(required=False, label=_("Experts score until"), widget=_day())
    publicity_days = _count(_("Days of public notice"), required=True)
    recommends = forms.BooleanField(required=False, label=_("The group recommends before the experts score"))
    experts_min = _count(_("Experts for each offer, at least"), required=True)
    applies_max = _count(_("An applicant applies for at most"), _("Empty: for as many as it likes."))
    wins_max = _count(_("An applicant wins at most"), _("Empty: as many as it can."))
    wins_max_new = _count(_("One that never had any wins at most"), _("Empty: the same as all others."))
    criteria = forms.CharField(
        required=False,
        label=_("Criteria"),
        help_text=_("One a line: name | points at most | weight. Without a weight it counts once."),
        widget=forms.Textarea({"rows": 6}),
    )
    questions = forms.CharField(
        required=False,
        label=_("Questions"),
        help_text=_("One a line: question | kind | needed. Kinds: text, long, whole, amount, yes."),
        widget=forms.Textarea({"rows": 8}),
    )
    documents = forms.MultipleChoiceField(
        required=False, label=_("Documents that may be handed in"), widget=forms.CheckboxSelectMultiple
    )
    documents_needed = forms.MultipleChoiceField(
        required=False, label=_("Documents that are needed"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, groups: Any, province: bool, call: Call | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["group"].queryset, fields["group"].required = groups, not province
        fields["item_kind"].choices = [(kind.kind, kind.label) for kind in ITEMS.values()]
        later = ("criteria", "questions", "documents", "documents_needed")
        if call is None:  # they come with the kind of thing, and can then be changed
            for name in later:
                del fields[name]
            return
        del fields["group"], fields["item_kind"]
        papers = [(key, kind.label) for key, kind in KINDS.items() if key in ITEMS[call.item_kind].documents]
        fields["documents"].choices = fields["documents_needed"].choices = papers

    def clean_criteria(self) -> list[tuple[str, Decimal, Decimal]]:
        found = []
        for number, parts in _lines(self.cleaned_data["criteria"]):
            try:
                points, weight = Decimal(parts[1]), Decimal(parts[2] if len(parts) > 2 else "1")
                good = bool(parts[0]) and 0 < points < 10_000 and 0 < weight < 1000
            except (IndexError, InvalidOperation):
                good = False
            if not good:
                raise forms.ValidationError(_("Line %(n)s is not: name | points | weight.") % {"n": number})
            found.append((parts[0][:100], points, weight))
        return found

    def clean_questions(self) -> list[dict[str, Any]]:
        found = []
        for number, parts in _lines(self.cleaned_data["questions"]):
            kind = parts[1] if len(parts) > 1 and parts[1] else "text"
            if not parts[0] or kind not in QUESTION_KINDS:
                raise forms.ValidationError(_("Line %(n)s is not: question | kind | needed.") % {"n": number})
            needed = len(parts) < 3 or parts[2] not in ("no", "否", "optional", "选填")
            found.append({"key": f"q{number}", "label": parts[0][:150], "kind": kind, "required": needed, "hint": ""})
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        extra = set(data.get("documents_needed", [])) - set(data.get("documents", []))
        if extra:
            self.add_error("documents_needed", _("What is needed must also be among what may be handed in."))
        return data


def _lines(text: str) -> list[tuple[int, list[str]]]:
    lines = [line for line in text.replace("｜", "|").splitlines() if line.strip()]
    return [(n, [part.strip() for part in line.split("|")]) for n, line in enumerate(lines, 1)]


class OffersForm(forms.Form):
    """What can be applied for."""

    offers = forms.MultipleChoiceField(
        required=False, label=_("What can be applied for"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offers"].choices = offered  # type: ignore[attr-defined]
