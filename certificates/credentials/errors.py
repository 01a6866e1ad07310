"""What can go wrong when a certificate is issued or ended."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError, Invalid


class GlyphMissing(Invalid):
    code = "glyph_missing"
    message: Any = _("The certificate's font lacks a character. Nothing was issued; write it another way.")


class NoSuchCertificate(DomainError):
    code, status = "no_such_certificate", 404
    message: Any = _("No certificate has this address. Scan the code again; if it stays, ask the issuer.")


class ReasonMissing(Invalid):
    code = "reason_missing"
    message: Any = _("Say why; the reason stays with the certificate.")
