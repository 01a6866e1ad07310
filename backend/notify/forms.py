"""What the pages of notices may send."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core.actor import Actor
from backend.notify.enums import Wants
from backend.notify.models import Notice, Template
from backend.notify.rulebook import Text
from backend.notify.selectors import CHANNELS, audiences, keys_of, problems_of_text
from backend.people.rulebook import is_mobile

WORDS = ("subject_zh", "body_zh", "subject_en", "body_en")


class WordsForm(forms.Form):
    """Subject and body in both languages; subclasses say for which audience."""

    subject_zh = forms.CharField(label=gettext_lazy("Subject"), max_length=120)
    body_zh = forms.CharField(label=gettext_lazy("Text"), max_length=4000, widget=forms.Textarea({"rows": 8}))
    subject_en = forms.CharField(label=gettext_lazy("Subject in English"), max_length=200, required=False)
    body_en = forms.CharField(
        label=gettext_lazy("Text in English"),
        max_length=6000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("Left empty, everybody reads the Chinese text."),
    )

    def text(self) -> Text:
        """What was written."""
        return Text(**{key: self.cleaned_data.get(key, "") for key in WORDS})

    def _look_at_places(self, audience: str) -> None:
        for key, words in problems_of_text(self.text(), audience).items():
            self.add_error(key, words)


class NoticeForm(WordsForm):
    """Cleans to `client_id` too: the same form sent twice makes one draft."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    audience_key = forms.ChoiceField(label=gettext_lazy("Goes to"))
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Copies"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Everybody is told in the system in any case."),
    )
    duty = forms.BooleanField(
        label=gettext_lazy("Recipients must know this: the e-mail cannot be turned off."), required=False
    )
    field_order = ["audience_key", *WORDS, "channels", "duty", "client_id"]

    def __init__(self, *args: Any, actor: Actor, audience: str, ready: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.audience = audience
        asked: Any = self.fields["audience_key"]
        asked.choices = list(keys_of(actor, audience).items())
        carried: Any = self.fields["channels"]
        carried.choices = [(c, words) for c, words in CHANNELS.items() if c in ready]
        if not ready:
            del self.fields["channels"]

    def clean(self) -> dict[str, Any]:
        self._look_at_places(self.audience)
        return {"channels": [], **self.cleaned_data}


class TemplateForm(WordsForm):
    audience = forms.ChoiceField(label=gettext_lazy("Written to"))
    title = forms.CharField(label=gettext_lazy("Name of the template"), max_length=60)
    field_order = ["title", "audience", *WORDS]

    def __init__(self, *args: Any, template: Template | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.template = template
        if template is not None:
            del self.fields["audience"]
        else:
            asked: Any = self.fields["audience"]
            asked.choices = [(a.kind, a.label) for a in audiences()]

    def clean(self) -> dict[str, Any]:
        kind = self.template.audience if self.template else self.cleaned_data.get("audience")
        if kind:
            self._look_at_places(kind)
        return self.cleaned_data


class PreferenceForm(forms.Form):
    email_wants = forms.ChoiceField(
        label=gettext_lazy("E-mails"),
        widget=forms.RadioSelect,
        choices=[
            (Wants.ALL, gettext_lazy("All messages")),
            (Wants.DUTY, gettext_lazy("Only what I must know")),
        ],
    )
    sms_wants = forms.ChoiceField(
        label=gettext_lazy("SMS"),
        widget=forms.RadioSelect,
        choices=[
            (Wants.ALL, gettext_lazy("All messages")),
            (Wants.DUTY, gettext_lazy("Only what I must know")),
            (Wants.NOTHING, gettext_lazy("None")),
        ],
    )
    phone = forms.CharField(
        label=gettext_lazy("Mobile phone for SMS"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        phone = "".join(self.cleaned_data["phone"].split())
        if phone and not is_mobile(phone):
            raise forms.ValidationError(_("A mobile number has 11 digits and begins with 1."))
        return phone


class AddressForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("New e-mail address"), max_length=200)


def written(row: Notice | Template) -> dict[str, Any]:
    """What a form shows of a notice or a template."""
    return {key: getattr(row, key) for key in WORDS}


def fresh_id() -> UUID:
    return uuid4()
