"""The contestant's own page as a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.people.rulebook import is_mobile
from backend.spreadsheets.normal import normal_code, normal_name, normal_phone
from competitions.registration.enums import RELATION_WORDS
from competitions.registration.services import Agreement, OwnWords

OF_GUARDIAN = ("guardian", "relation", "guardian_phone", "agreed")
TEL = {"inputmode": "tel", "autocomplete": "off"}


class OneContestant(forms.Form):
    """Whom a link is made for or ended of; nobody named means everybody. accounts: also who only lacks an account."""

    member = forms.UUIDField(required=False)
    accounts = forms.BooleanField(required=False)


class OwnDataForm(forms.Form):
    """Asks for a guardian only where one is needed; cleans to `words()` and `agreement()`.

    locked: the team is handed in, so a guardian's words are all that is still asked.
    """

    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=20, widget=forms.TextInput(TEL))
    study_number = forms.CharField(label=gettext_lazy("Study number"), max_length=40, required=False)
    major_code = forms.CharField(label=gettext_lazy("Major code"), max_length=10, required=False)
    major_name = forms.CharField(label=gettext_lazy("Major"), max_length=60, required=False)
    grade = forms.CharField(label=gettext_lazy("Grade"), max_length=20, required=False)
    guardian = forms.CharField(label=gettext_lazy("Guardian's full name"), max_length=50)
    relation = forms.ChoiceField(
        label=gettext_lazy("Related to the contestant as"),
        choices=[(str(relation), words) for relation, words in RELATION_WORDS.items()],
        widget=forms.RadioSelect,
    )
    guardian_phone = forms.CharField(label=gettext_lazy("Guardian's phone"), max_length=20, widget=forms.TextInput(TEL))
    agreed = forms.BooleanField(label=gettext_lazy("I have read this and agree."))

    def __init__(self, *args: Any, asks_guardian: bool, locked: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asks_guardian = asks_guardian
        unasked = set() if asks_guardian else set(OF_GUARDIAN)
        for name in unasked | ({*self.fields} - set(OF_GUARDIAN) if locked else set()):
            del self.fields[name]

    def clean_phone(self) -> str:
        return _mobile(self.cleaned_data["phone"])

    def clean_guardian_phone(self) -> str:
        return _mobile(self.cleaned_data["guardian_phone"])

    def words(self) -> OwnWords:
        told = self.cleaned_data
        codes = {key: normal_code(told[key]).value for key in ("study_number", "major_code")}
        return OwnWords(
            phone=told["phone"], major_name=told["major_name"].strip(), grade=told["grade"].strip(), **codes
        )

    def agreement(self) -> Agreement | None:
        if not self.asks_guardian:
            return None
        told = self.cleaned_data
        return Agreement(normal_name(told["guardian"]).value, told["relation"], told["guardian_phone"])


class OwnAccountForm(forms.Form):
    """The account's number is given; only its password is chosen."""

    password = forms.CharField(
        label=gettext_lazy("Choose a password"),
        max_length=200,
        help_text=gettext_lazy("At least 10 characters."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class TakeAccountForm(forms.Form):
    """The account that is signed in is taken; its password proves that its holder sits here."""

    present = forms.CharField(
        label=gettext_lazy("Password of this account"),
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


def _mobile(written: str) -> str:
    phone = normal_phone(written).value or written
    if not is_mobile(phone):
        raise forms.ValidationError(
            _("This is not a mobile number of mainland China: 11 digits beginning with 13 to 19.")
        )
    return phone
