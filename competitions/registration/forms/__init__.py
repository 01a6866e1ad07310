"""What the pages of registration may send."""

from competitions.registration.forms.entries import (
    MembersFormSet,
    NameForm,
    TeamForm,
    UploadForm,
    initial_of,
)
from competitions.registration.forms.papering import ManyFilesForm

__all__ = [
    "ManyFilesForm",
    "MembersFormSet",
    "NameForm",
    "TeamForm",
    "UploadForm",
    "initial_of",
]
