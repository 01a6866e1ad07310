"""What the sign-in pages may send."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    name = forms.CharField(
        label=_("Account name, phone or e-mail"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"), max_length=200, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class CardForm(forms.Form):
    word = forms.CharField(
        label=_("The 8 characters on your card"),
        max_length=80,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "card-word"}
        ),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of your authenticator app"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}),
    )


class PasswordForm(forms.Form):
    """The former password is asked only from somebody who came in with it."""

    former = forms.CharField(
        label=_("Present password"), max_length=200, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        help_text=_("At least 10 characters."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, by_card: bool, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if by_card:
            del self.fields["former"]
