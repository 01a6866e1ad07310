"""What can be wrong with a document, said with the cure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError, Invalid
from backend.documents.rulebook import Finding

TEXTS: dict[str, Any] = {
    "EMPTY": _("The file is empty. Choose the file again."),
    "TOO_BIG": _("The file is bigger than %(limit)s. Make it smaller, or scan it with a lower resolution."),
    "UNKNOWN": _("This is no file of a kind that is known here. Asked is one of: %(asked)s."),
    "OTHER_KIND": _("The file is %(found)s. Asked is one of: %(asked)s."),
    "NAMED_OTHERWISE": _(
        "The file is called .%(written)s but is %(found)s. Asked is one of: %(asked)s, with a name that says so."
    ),
    "BROKEN": _("The file says it is %(found)s, but it cannot be read. Open it, save it anew and send that."),
    "CUT_OFF": _("The PDF ends too early: it was not sent whole. Choose the file again."),
    "ENCRYPTED": _("The file is locked with a password. Save it without one and send that."),
    "ACTS": _("The PDF holds something that acts by itself (%(what)s). Print it to a new PDF and send that."),
    "MACROS": _("The document holds macros. Save it without macros and send that."),
    "UNPACKS_TOO_FAR": _("The file unpacks to far more than it should. Save it anew and send that."),
    "TOO_MANY_PIXELS": _("The picture has %(found)s million pixels, which is too many. Save it smaller and send that."),
    "TOO_FEW_PIXELS": _("The picture has %(found)s pixels; it must have at least %(asked)s. Take a larger one."),
}


def text_of(finding: Finding) -> str:
    return str(TEXTS[finding.code]) % finding.values


class FileRefused(Invalid):
    """A file that is not what was asked for; says what was found and what is asked."""

    code = "file_refused"
    message = _("This file cannot be taken.")

    def __init__(self, findings: Iterable[Finding], field: str = "file") -> None:
        found = list(findings)
        super().__init__({field: [text_of(f) for f in found]}, findings=[f.code for f in found])


class ReasonMissing(Invalid):
    code = "reason_missing"
    message = _("Say why, so that it can be mended.")

    def __init__(self) -> None:
        super().__init__({"reason": [_("Say why, so that it can be mended.")]})


class DocumentEnded(DomainError):
    code = "document_ended"
    message = _("This document was replaced or taken away meanwhile. Look at the present one.")


class ClientIdTaken(DomainError):
    code = "client_id_taken"
    message = _("This upload was already sent with another file. Reload the page and choose the file again.")


class ContentDropped(DomainError):
    code, status = "content_dropped", 410
    message = _("The file was deleted when the time it is kept was over. What was decided about it remains.")


class NotReusable(DomainError):
    code = "not_reusable"
    message = _("Only a document that was accepted and is still valid can be used again, for the same purpose.")
