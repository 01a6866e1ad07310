"""What the sign-in pages may send."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    name = forms.CharField(label=_("Account name, phone or e-mail"), max_length=120)
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput, max_length=200)


class CardForm(forms.Form):
    word = forms.CharField(label=_("The 8 characters on your card"), max_length=80)


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"), widget=forms.PasswordInput, max_length=200, help_text=_("At least 10 characters.")
    )
