"""What pages about judges may send."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core import clock
from backend.people.enums import IdType, OrganisationKind
from backend.people.rulebook import Sex, is_mobile, read_id_number
from backend.people.selectors import match_organisation
from backend.people.services import PersonDraft
from backend.spreadsheets.normal import normal_code, normal_name, normal_phone
from competitions.judges.enums import OWN_PROVINCE, Duty
from competitions.judges.projections.words import DUTIES, UNIT_KINDS
from competitions.judges.services import JudgeDraft

SKILL = re.compile(r"\d{2}|\d{4}|\d{6}")
LETTERS = {Sex.MALE: "M", Sex.FEMALE: "F"}


class JudgeForm(forms.Form):
    """Somebody for the pool, as on a stamped recommendation form."""

    name = forms.CharField(max_length=50, label=_("Full name"))
    id_number = forms.CharField(max_length=40, label=_("ID number"))
    phone = forms.CharField(max_length=30, required=False, label=_("Phone"))
    email = forms.EmailField(
        max_length=120, required=False, label=_("E-mail"), help_text=_("News of the event and the calendar go there.")
    )
    unit_name = forms.CharField(max_length=100, label=_("Employer"), help_text=_("The full present name."))
    unit_kind = forms.ChoiceField(
        choices=[(str(k), v) for k, v in UNIT_KINDS.items()],
        initial=str(OrganisationKind.SCHOOL),
        label=_("Kind of employer"),
    )
    province = forms.CharField(max_length=20, initial=OWN_PROVINCE, label=_("Province of work"))
    title = forms.CharField(max_length=40, required=False, label=_("Professional title"))
    skill_level = forms.CharField(max_length=40, required=False, label=_("Vocational skill level"))
    skills = forms.CharField(
        max_length=200,
        required=False,
        label=_("Trades judged"),
        help_text=_("Codes of major categories, classes or majors, such as 51, 5102."),
    )
    duties = forms.MultipleChoiceField(
        choices=[(str(k), v) for k, v in DUTIES.items()],
        initial=[str(Duty.JUDGE)],
        widget=forms.CheckboxSelectMultiple,
        label=_("Qualified as"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("id_number", "phone", "email", "name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_id_number(self) -> str:
        """A resident's number, checked by its last character; nothing else is taken here."""
        number = normal_code(self.cleaned_data["id_number"]).value.upper()
        if not read_id_number(number, IdType.RESIDENT, on=clock.today()).valid:
            raise forms.ValidationError(_("This is no valid ID number. Compare it with the identity card."))
        return number

    def clean_phone(self) -> str:
        written = self.cleaned_data["phone"].strip()
        phone = normal_phone(written).value or ""
        if written and not is_mobile(phone):
            raise forms.ValidationError(_("This is no mobile number."))
        return phone

    def clean_skills(self) -> list[str]:
        codes = [c for c in re.split(r"[\s,，、;；]+", self.cleaned_data["skills"]) if c]
        wrong = [c for c in codes if not SKILL.fullmatch(c)]
        if wrong:
            raise forms.ValidationError(_("Codes have 2, 4 or 6 digits."))
        return sorted(set(codes))

    def draft(self) -> JudgeDraft:
        data = self.cleaned_data
        reading = read_id_number(data["id_number"], IdType.RESIDENT)
        person = PersonDraft(
            id_type=str(IdType.RESIDENT),
            id_number=data["id_number"],
            name=normal_name(data["name"]).value,
            birth_date=reading.birth_date,
            sex=LETTERS[reading.sex] if reading.sex else "",
        )
        kept = ("unit_name", "unit_kind", "province", "phone", "email", "title", "skill_level", "skills", "duties")
        return JudgeDraft(person=person, **{key: data[key] for key in kept})


class ServiceForm(forms.Form):
    title = forms.CharField(max_length=100, label=_("Contest"))
    year = forms.IntegerField(min_value=1990, max_value=2100, label=_("Year"))
    duty = forms.ChoiceField(choices=[(str(k), v) for k, v in DUTIES.items()], label=_("Duty"))


class UnitForm(forms.Form):
    """Which recorded organisation a written employer is."""

    unit_name = forms.CharField(max_length=100, label=_("Recorded organisation"), help_text=_("The full present name."))

    def clean_unit_name(self) -> str:
        written: str = self.cleaned_data["unit_name"]
        found, near = match_organisation(written)
        if found is None:
            problem = _("No organisation of that name is recorded. Write its full present name.")
            raise forms.ValidationError([problem, *near])
        return written


class AbsenceForm(forms.Form):
    starts_on = forms.DateField(label=_("First day away"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(label=_("Last day away"), widget=forms.DateInput(attrs={"type": "date"}))


class AddressForm(forms.Form):
    email = forms.EmailField(max_length=120, label=_("E-mail"))


class TieForm(forms.Form):
    school_name = forms.CharField(max_length=100, label=_("School or enterprise"))
    text = forms.CharField(max_length=500, required=False, label=_("What ties you to it"))
