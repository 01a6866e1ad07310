"""What the pages of catalogues may send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.people.forms.words import CATALOGUES

MAX_BYTES = 5 << 20


def small_file(file: Any) -> bytes:
    """The bytes of a file that is taken at once, not in the background."""
    if file.size > MAX_BYTES:
        raise forms.ValidationError(_("The file is larger than %(n)s MB.") % {"n": MAX_BYTES >> 20})
    content: bytes = file.read()
    return content


class CatalogueForm(forms.Form):
    """Cleans `file` to its bytes."""

    kind = forms.ChoiceField(label=gettext_lazy("Catalogue"), choices=list(CATALOGUES.items()))
    edition = forms.CharField(
        label=gettext_lazy("Edition of the document"),
        max_length=20,
        help_text=gettext_lazy("As the document says, such as its year."),
    )
    title = forms.CharField(label=gettext_lazy("Title of the document"), max_length=100)
    source = forms.CharField(label=gettext_lazy("Document number or source"), max_length=200, required=False)
    file = forms.FileField(
        label=gettext_lazy("Workbook or CSV file"),
        help_text=gettext_lazy("Columns 代码 and 名称, and 上级代码 where the code does not tell the class above."),
    )

    def clean_file(self) -> Any:
        return small_file(self.cleaned_data["file"])
