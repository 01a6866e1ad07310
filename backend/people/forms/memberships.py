"""What the pages of members and their applications may send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.people.enums import MemberKind
from backend.people.forms.catalogues import small_file
from backend.people.forms.days import OrganisationField, day
from backend.people.forms.words import MEMBER_KINDS


class ApplicationForm(forms.Form):
    """remarks: of a return, each shown at its field."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of member"), choices=list(MEMBER_KINDS.items()))
    effective_on = day(gettext_lazy("From which day"))
    statement = forms.CharField(
        label=gettext_lazy("What you say to the secretariat"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, remarks: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, text in (remarks or {}).items():
            if name in self.fields:
                self.fields[name].help_text = _("Sent back: %(reason)s") % {"reason": text}


class DecisionForm(forms.Form):
    """A return and a refusal need their reason; the day is for what is accepted."""

    verb = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("accept", gettext_lazy("Accept")),
            ("return", gettext_lazy("Return for mending")),
            ("refuse", gettext_lazy("Refuse")),
        ],
        widget=forms.RadioSelect,
    )
    on = day(gettext_lazy("Takes effect on"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Needed for a return and a refusal; the unit reads it."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """A remark for each field of the application, `remark-FIELD`."""
        super().__init__(*args, **options)
        for name, field in ApplicationForm.base_fields.items():
            label = _("To mend: %(field)s") % {"field": field.label}
            self.fields[f"remark-{name}"] = forms.CharField(label=label, max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        remarks = {name: told.pop(f"remark-{name}", "") for name in ApplicationForm.base_fields}
        told["remarks"] = {name: text for name, text in remarks.items() if text}
        marked = told.get("verb") == "return" and told["remarks"]
        if told.get("verb") in ("return", "refuse") and not (told.get("reason") or marked):
            self.add_error("reason", _("Give the reason: the other side has to know what to mend."))
        if told.get("verb") in ("accept", "refuse") and told["remarks"]:
            self.add_error("verb", _("Only a return marks places of the application."))
        return told


class InviteForm(forms.Form):
    """A unit that has no account yet; what is recorded already is found by its name."""

    name = forms.CharField(
        label=gettext_lazy("Full name of the organisation"),
        max_length=100,
        help_text=gettext_lazy("As on its licence or seal. An organisation that is not recorded yet is recorded."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of member"), choices=list(MEMBER_KINDS.items()), initial=MemberKind.COMPANY
    )
    uscc = forms.CharField(label=gettext_lazy("Unified social credit code"), max_length=18, required=False)
    account_name = forms.CharField(
        label=gettext_lazy("Account name"),
        max_length=60,
        help_text=gettext_lazy("What the unit's coordinator types to sign in."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    display_name = forms.CharField(label=gettext_lazy("Person's name"), max_length=60, required=False)

    def clean_uscc(self) -> str:
        return "".join(self.cleaned_data["uscc"].split()).upper()


class MemberDetailsForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind of member"), choices=list(MEMBER_KINDS.items()))
    council_role = forms.CharField(
        label=gettext_lazy("Role in the council"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Of the organisation, as the charter calls it, such as 副理事长单位."),
    )
    contact = forms.CharField(
        label=gettext_lazy("Whom to ask there"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Seen only by the group's secretariat."),
    )
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)


class SheetForm(forms.Form):
    """Cleans `file` to its bytes."""

    file = forms.FileField(label=gettext_lazy("Workbook"), help_text=gettext_lazy("An Excel workbook (.xlsx)."))

    def clean_file(self) -> Any:
        return small_file(self.cleaned_data["file"])


class MemberForm(forms.Form):
    organisation = OrganisationField(
        label=gettext_lazy("Full name of the organisation"),
        help_text=gettext_lazy("As recorded under Organisations; former names are found too."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of member"), choices=list(MEMBER_KINDS.items()))
    joined_on = day(gettext_lazy("Member since"), required=False)


class EndForm(forms.Form):
    on = day(gettext_lazy("First day outside the group"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
