"""A reviewer's verdict with remarks at the fields, the plan of a review, replacements and objections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from competitions.registration.enums import DECIDED_BY, FIELD_WORDS, PAPERS, REVIEWED_FIELDS, REVIEWERS
from competitions.registration.models import ReviewPlan
from competitions.registration.projections.entries import MemberLine
from competitions.registration.services import RemarkDraft

OF_A_MEMBER = tuple(key for key in REVIEWED_FIELDS if key != "tech_platform")


MOST_OF_A_REASON = 1000
REMARKS_OF_A_PERSON = 3


@dataclass(frozen=True, slots=True)
class Remarks:
    """The places for remarks at one person, as (field, text); more: those beyond the first."""

    first: tuple[BoundField, BoundField]
    more: list[tuple[BoundField, BoundField]]

    @property
    def opened(self) -> bool:
        """Whether something stands beyond the first place, so that it must be seen."""
        return any(field.value() or text.value() or text.errors for field, text in self.more)


class VerdictForm(forms.Form):
    """Approve, return with remarks, or refuse. A remark: at which field of whom, and what is wrong with it.

    `field-<uid>` and `text-<uid>` mark a person's first field, `…-2` and `…-3` further ones; `text-team` the platform.
    """

    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=[("approve", _("Approve")), ("return", _("Return to the school")), ("reject", _("Refuse for good"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What the school should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Asked for when you refuse, or return without marking a field."),
    )

    picked = forms.MultipleChoiceField(label=_("Frequent reasons"), required=False, widget=forms.CheckboxSelectMultiple)
    field_order = ("verdict", "picked", "reason")

    def __init__(
        self,
        *args: Any,
        lines: Iterable[MemberLine],
        reasons: Sequence[str] = (),
        platform: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["picked"]
        chosen.choices = [(text, text) for text in reasons]
        self.members = [line.member.uid for line in lines]
        choices = [("", _("nothing to remark")), *((key, FIELD_WORDS[key]) for key in OF_A_MEMBER)]
        for uid in self.members:
            for place in _places(uid):
                which = forms.Select({"class": "form-select", "aria-label": _("Field")})
                self.fields[f"field-{place}"] = forms.ChoiceField(choices=choices, required=False, widget=which)
                self.fields[f"text-{place}"] = _words(_("Remark"))
        if platform:
            self.fields["text-team"] = _words(_("Remark on the platform"))

    def of_member(self, uid: UUID) -> Remarks:
        first, *more = [(self[f"field-{place}"], self[f"text-{place}"]) for place in _places(uid)]
        return Remarks(first, more)

    def of_team(self) -> BoundField | None:
        return self["text-team"] if "text-team" in self.fields else None

    def remarks(self) -> list[RemarkDraft]:
        data = self.cleaned_data
        found = [
            RemarkDraft(data[f"field-{place}"], data[f"text-{place}"], uid)
            for uid in self.members
            for place in _places(uid)
            if data[f"field-{place}"]
        ]
        team = data.get("text-team", "")
        return [RemarkDraft("tech_platform", team), *found] if team else found

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        marked = bool(data.get("text-team"))
        for uid in self.members:
            fields: set[str] = set()
            for place in _places(uid):
                field, text = data.get(f"field-{place}", ""), (data.get(f"text-{place}") or "").strip()
                if bool(field) != bool(text):
                    self.add_error(f"text-{place}", _("Choose the field and say what is wrong with it."))
                elif field in fields:
                    self.add_error(f"text-{place}", _("This field is marked above already: say it all there."))
                fields |= {field} - {""}
            marked = marked or bool(fields)
        if data.get("verdict") == "approve" and marked:
            self.add_error("verdict", _("What is approved has nothing to mend: take the remarks away, or return it."))
        data["reason"] = "\n".join([*data.get("picked", []), (data.get("reason") or "").strip()]).strip()
        if len(data["reason"]) > MOST_OF_A_REASON:
            self.add_error("reason", _("This is too long; the school reads at most 1,000 characters."))
        silent = not data["reason"]
        if silent and (data.get("verdict") == "reject" or data.get("verdict") == "return" and not marked):
            self.add_error("reason", _("Say why: the school reads it."))
        return data


def _places(uid: UUID) -> list[str]:
    return [str(uid), *(f"{uid}-{n}" for n in range(2, REMARKS_OF_A_PERSON + 1))]


def _words(label: Any) -> forms.CharField:
    attrs = {"class": "form-control", "aria-label": label, "autocomplete": "off", "list": "frequent-reasons"}
    return forms.CharField(label=label, max_length=500, required=False, widget=forms.TextInput(attrs))


class PlanForm(forms.Form):
    """Cleans to the arguments of `set_review_plan`."""

    first = forms.ChoiceField(label=_("First reviewer"), required=False)
    second = forms.ChoiceField(label=_("Second reviewer"), required=False)
    reviewed_fields = forms.MultipleChoiceField(
        label=_("Reviewed again when changed after approval"),
        choices=[(key, FIELD_WORDS[key]) for key in REVIEWED_FIELDS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    return_reasons = forms.CharField(
        label=_("Reasons to return an entry, to pick from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One on each line. Empty: the usual ones."),
    )
    papers = forms.MultipleChoiceField(
        label=_("Documents asked of every contestant"),
        choices=list(PAPERS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    corrections_close_at = forms.DateTimeField(
        label=_("Returned entries may be mended until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: until the draw."),
    )
    substitution_closes_at = forms.DateTimeField(
        label=_("Members may be replaced until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: until the draw."),
    )
    withdrawal_closes_at = forms.DateTimeField(
        label=_("After registration teams may be withdrawn until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: until the draw."),
    )
    changes_decided_by = forms.ChoiceField(
        label=_("Who decides about replacements and withdrawals"),
        choices=list(DECIDED_BY.items()),
        help_text=_("Where nobody reviews a school's entries, the organisers decide."),
    )
    roster_confirmed = forms.BooleanField(
        label=_("The team leader confirms the roster before cards are issued"), required=False
    )
    for_contest = forms.BooleanField(
        label=_("For every event of this contest without a plan of its own"), required=False
    )

    def __init__(self, *args: Any, plan: ReviewPlan, **options: Any) -> None:
        steps = [*plan.steps, "", ""]
        start = {
            "first": steps[0],
            "second": steps[1],
            "reviewed_fields": plan.reviewed_fields,
            "papers": plan.papers,
            "return_reasons": "\n".join(plan.return_reasons),
            "corrections_close_at": plan.corrections_close_at,
            "substitution_closes_at": plan.substitution_closes_at,
            "withdrawal_closes_at": plan.withdrawal_closes_at,
            "changes_decided_by": plan.changes_decided_by,
            "roster_confirmed": plan.roster_confirmed,
        }
        options["initial"] = start
        super().__init__(*args, **options)
        for name in ("first", "second"):
            self.fields[name].choices = [("", _("nobody")), *REVIEWERS.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        data["return_reasons"] = data.get("return_reasons", "").splitlines()
        data["steps"] = [step for step in (data.pop("first", ""), data.pop("second", "")) if step]
        if len(set(data["steps"])) != len(data["steps"]):
            self.add_error("second", _("Name each kind of reviewer at most once."))
        return data
