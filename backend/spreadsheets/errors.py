"""The one error of this library: a file that cannot be read at all."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class SheetRefused(DomainError):
    """The file as a whole is refused: not a workbook, hostile, too large, or without the expected headers.

    code: EMPTY_FILE, TOO_BIG, OLD_XLS, ENCRYPTED, CSV, HTML, NOT_XLSX, BROKEN_ZIP, ZIP_BOMB, XML_DTD,
    BROKEN_XML, TOO_MANY_ROWS, TOO_MANY_FORMULAS, TOO_WIDE, HEADERS_MISSING, HEADER_TWICE, NO_ROWS,
    COPY_IMPOSSIBLE.
    """

    code, status = "SHEET_REFUSED", 422
    message = _("This workbook cannot be read. Save it as an Excel workbook (.xlsx) and upload it again.")
