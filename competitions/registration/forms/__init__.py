"""What the pages of registration may send."""

from competitions.registration.forms.entries import (
    MembersFormSet,
    NameForm,
    TeamForm,
    UploadForm,
    initial_of,
)

__all__ = [
    "MembersFormSet",
    "NameForm",
    "TeamForm",
    "UploadForm",
    "initial_of",
]
