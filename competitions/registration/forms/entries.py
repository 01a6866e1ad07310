"""A school's entry as a form: the team, and one part for each person; every number of people works without scripts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.enums import IdType
from backend.people.models import Organisation
from backend.people.rulebook import mask_id_number
from backend.spreadsheets.normal import normal_code, normal_name, normal_phone
from competitions.contests.models import Event
from competitions.registration.enums import ROLE_WORDS, SEX_WORDS
from competitions.registration.models import Entry, Member
from competitions.registration.rulebook import EntryDraft, MemberDraft
from competitions.registration.rulebook.topics import TOPICS
from competitions.registration.selectors.topics import topic_fields

ID_TYPE_WORDS = {
    IdType.RESIDENT: _("Resident identity card"),
    IdType.HMT_RESIDENCE: _("Residence permit (Hong Kong, Macao, Taiwan)"),
    IdType.HK_MACAU_PERMIT: _("Travel permit (Hong Kong, Macao)"),
    IdType.TAIWAN_PERMIT: _("Travel permit (Taiwan)"),
    IdType.PASSPORT: _("Passport"),
    IdType.OTHER: _("Other document"),
}


class TeamForm(forms.Form):
    """Whose team, and on which platform; a school is asked only of organisers."""

    school = forms.ModelChoiceField(Organisation.objects.none(), label=_("School"))
    tech_platform = forms.ChoiceField(label=_("Platform"), required=False)
    topic = forms.CharField(max_length=60, required=False, label=_("Topic"), help_text=_("The course or work entered."))
    topic_class = forms.CharField(max_length=60, required=False, label=_("Class of majors"))

    def __init__(self, *args: Any, event: Event, choose_school: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = Organisation.objects.filter(ended_at=None).order_by("name")
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        if not choose_school:
            del self.fields["school"]
        for name in set(TOPICS) - set(topic_fields(event)):
            del self.fields[name]
        if event.tech_platforms:
            choices = [("", _("Please choose")), *((p, p) for p in event.tech_platforms)]
            self.fields["tech_platform"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["tech_platform"]


class MemberForm(forms.Form):
    """One person. kept: the member whose number stands already, so that it need not be typed again."""

    kept = forms.UUIDField(required=False, widget=forms.HiddenInput)
    role = forms.ChoiceField(choices=list(ROLE_WORDS.items()), label=_("Role"))
    name = forms.CharField(max_length=50, required=False, label=_("Full name"))
    id_type = forms.ChoiceField(
        choices=[(str(k), v) for k, v in ID_TYPE_WORDS.items()], label=_("Document"), initial=str(IdType.RESIDENT)
    )
    id_number = forms.CharField(max_length=40, required=False, label=_("ID number"))
    sex = forms.ChoiceField(
        choices=[("", _("from the ID number")), *((k, v) for k, v in SEX_WORDS.items() if k)],
        required=False,
        label=_("Sex"),
    )
    phone = forms.CharField(max_length=30, required=False, label=_("Phone"))
    study_number = forms.CharField(max_length=40, required=False, label=_("Study number"))
    major_code = forms.CharField(max_length=10, required=False, label=_("Major code"))
    major_name = forms.CharField(max_length=60, required=False, label=_("Major"))
    grade = forms.CharField(max_length=20, required=False, label=_("Grade"))
    remark = forms.CharField(max_length=200, required=False, label=_("Remark"))
    remove = forms.BooleanField(required=False, label=_("Remove this person"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("id_number", "phone", "name", "study_number"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if self.initial.get("masked"):
            self.fields["id_number"].widget.attrs["placeholder"] = self.initial["masked"]
            self.fields["id_number"].help_text = _("On record; leave it empty to keep it.")

    def blank(self) -> bool:
        """A part that nobody filled in."""
        data = self.cleaned_data
        return not (data.get("kept") or data["name"].strip() or data["id_number"].strip())

    def draft(self, row: int) -> MemberDraft:
        data = self.cleaned_data
        return MemberDraft(
            role=data["role"],
            name=normal_name(data["name"]).value,
            id_number=normal_code(data["id_number"]).value.upper(),
            id_type=data["id_type"],
            sex=data["sex"],
            phone=(normal_phone(data["phone"]).value or data["phone"]) if data["phone"] else "",
            study_number=normal_code(data["study_number"]).value,
            major_code=normal_code(data["major_code"]).value,
            major_name=data["major_name"].strip(),
            grade=data["grade"].strip(),
            remark=data["remark"].strip(),
            row=row,
            kept=str(data["kept"] or ""),
        )


class MemberForms(forms.BaseFormSet):
    """The people of one team; `add` in the posted data shows one more empty part."""

    def draft(self, entry: Entry | None, school: Organisation, team: dict[str, Any]) -> EntryDraft:
        """The whole roster as it was written; removed and empty parts are left out."""
        people = [
            form.draft(row)
            for row, form in enumerate(self.forms, start=1)
            if not form.cleaned_data.get("remove") and not form.blank()
        ]
        number = entry.team_number if entry else 0
        own = {key: team.get(key, "") for key in ("tech_platform", *TOPICS)}
        return EntryDraft(str(school.uid), number, members=tuple(people), whole=True, **own)

    def add_problems(self, team: TeamForm, problems: dict[str, Any]) -> None:
        """Put what a service found at its part and field; what belongs to the team above all."""
        for key, texts in problems.items():
            row, _dot, name = key.partition(".")
            index = int(row) - 1 if row.isdigit() else -1
            form: forms.Form = team
            if name not in team.fields and 0 <= index < len(self.forms):
                form = self.forms[index]
            for text in texts:
                form.add_error(name if name in form.fields else None, text)


MembersFormSet = forms.formset_factory(MemberForm, formset=MemberForms, extra=0, max_num=100, absolute_max=120)


def initial_of(members: list[Member]) -> list[dict[str, Any]]:
    """Standing members as a form's start; the number only masked."""
    return [
        {
            "kept": member.uid,
            "role": member.role,
            "name": member.reveal("name"),
            "id_type": member.person.id_type,
            "masked": mask_id_number(member.person.reveal("id_number")),
            "sex": member.sex,
            "phone": member.reveal("phone"),
            "study_number": member.reveal("study_number"),
            "major_code": member.major_code,
            "major_name": member.major_name,
            "grade": member.grade,
            "remark": member.remark,
        }
        for member in members
    ]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Registration workbook (.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("Choose the workbook first."), "empty": _("The file is empty.")},
    )


class NameForm(forms.Form):
    """A decision: the school written in a row is the recorded one."""

    row = forms.UUIDField()
    name = forms.CharField(max_length=100)
