"""What the pages of a group's own affairs may send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.people.enums import Body
from backend.people.forms.days import OrganisationField, day
from backend.people.forms.words import BODIES, LEGAL_FORMS


class GroupForm(forms.Form):
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=200, required=False)
    founded_on = day(gettext_lazy("Founded on"), required=False)
    legal_form = forms.ChoiceField(label=gettext_lazy("Legal form"), choices=list(LEGAL_FORMS.items()))
    charter_title = forms.CharField(label=gettext_lazy("Charter"), max_length=120, required=False)
    charter_number = forms.CharField(label=gettext_lazy("Document number"), max_length=60, required=False)
    charter_adopted_on = day(gettext_lazy("Adopted on"), required=False)
    contact = forms.CharField(
        label=gettext_lazy("How to reach the secretariat"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Office telephone, e-mail and address. Everybody can read it: name no person."),
    )


class OfficeForm(forms.Form):
    body = forms.ChoiceField(
        label=gettext_lazy("Body"), choices=[(b, BODIES[b]) for b in (Body.COUNCIL, Body.SECRETARIAT)]
    )
    title = forms.CharField(
        label=gettext_lazy("Office"), max_length=40, help_text=gettext_lazy("As the charter calls it, such as chair.")
    )
    name = forms.CharField(label=gettext_lazy("Person's name"), max_length=60)
    organisation = OrganisationField(label=gettext_lazy("Unit"), required=False)
    begins_on = day(gettext_lazy("From"))
    ends_on = day(gettext_lazy("To"), required=False)

    def __init__(self, *args: Any, in_committee: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if in_committee:
            del self.fields["body"]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("begins_on") and told.get("ends_on") and told["ends_on"] < told["begins_on"]:
            self.add_error("ends_on", _("The end lies before the beginning."))
        return told


class CommitteeForm(forms.Form):
    """class_code: four digits that begin with the group's own category."""

    class_code = forms.RegexField(r"^[0-9]{4}$", label=gettext_lazy("Code of the class of majors"))
    name = forms.CharField(label=gettext_lazy("Name of the committee"), max_length=100)
    founded_on = day(gettext_lazy("Founded on"), required=False)

    def __init__(self, *args: Any, category: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.category = category

    def clean_class_code(self) -> str:
        code: str = self.cleaned_data["class_code"]
        if not code.startswith(self.category):
            told = _("The group's category is %(category)s: the code begins with it.")
            raise forms.ValidationError(told % {"category": self.category})
        return code


class DayForm(forms.Form):
    on = day(gettext_lazy("Last day"))
