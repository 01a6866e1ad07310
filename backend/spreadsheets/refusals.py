"""Why a file as a whole is refused: one sentence each, with the cure."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from backend.spreadsheets.errors import SheetRefused


def too_big(megabytes: int) -> SheetRefused:
    text = _("The file is larger than %(limit)s MB. Remove pictures and unused sheets, or split it by school.")
    return SheetRefused(text % {"limit": megabytes}, code="TOO_BIG")


def empty_file() -> SheetRefused:
    return SheetRefused(_("The file is empty. Choose the workbook again."), code="EMPTY_FILE")


def encrypted() -> SheetRefused:
    text = _("The workbook is protected by a password. Remove the password in Excel, save it and upload it again.")
    return SheetRefused(text, code="ENCRYPTED")


def old_xls() -> SheetRefused:
    text = _("This is a workbook of the old format (.xls). Open it and save it as an Excel workbook (.xlsx).")
    return SheetRefused(text, code="OLD_XLS")


def web_page() -> SheetRefused:
    text = _("This is a web page saved under an Excel name. Open it in Excel and save it as an Excel workbook (.xlsx).")
    return SheetRefused(text, code="HTML")


def text_file() -> SheetRefused:
    text = _(
        "This is a text file (CSV), which loses leading zeros and long numbers. "
        "Fill in the list in Excel and save it as an Excel workbook (.xlsx)."
    )
    return SheetRefused(text, code="CSV")


def not_xlsx() -> SheetRefused:
    text = _("This is not an Excel workbook. Open the list in Excel or WPS and save it as .xlsx.")
    return SheetRefused(text, code="NOT_XLSX")


def broken_zip() -> SheetRefused:
    text = _("The file is damaged or was not uploaded completely. Open it in Excel, save it again and upload it.")
    return SheetRefused(text, code="BROKEN_ZIP")


def broken_xml() -> SheetRefused:
    text = _("The workbook's content is damaged. Open it in Excel, let it repair the file, save and upload it again.")
    return SheetRefused(text, code="BROKEN_XML")


def zip_bomb() -> SheetRefused:
    text = _("The file unpacks to far more than a list needs and was not opened. Copy the rows into a new workbook.")
    return SheetRefused(text, code="ZIP_BOMB")


def xml_dtd() -> SheetRefused:
    text = _("The file contains definitions that no Excel workbook needs. Copy the rows into a new workbook.")
    return SheetRefused(text, code="XML_DTD")


def too_many_rows(limit: int) -> SheetRefused:
    text = _("The sheet has more than %(limit)s data rows. Split it into several workbooks.")
    return SheetRefused(text % {"limit": limit}, code="TOO_MANY_ROWS", limit=limit)


def too_many_formulas(limit: int) -> SheetRefused:
    text = _("The sheet has more than %(limit)s formulas. Copy the list and paste it as values into a new sheet.")
    return SheetRefused(text % {"limit": limit}, code="TOO_MANY_FORMULAS", limit=limit)


def too_wide(sheet: str, cell: str) -> SheetRefused:
    text = _(
        "Sheet “%(sheet)s” holds a value far outside the list, in row or column of %(cell)s. "
        "Delete the rows below and the columns beside the list, save it and upload it again."
    )
    return SheetRefused(text % {"sheet": sheet, "cell": cell}, code="TOO_WIDE", cell=cell)


def headers_missing(sheets: Sequence[str], missing: Sequence[str], *, row: int, sheet: str, depth: int) -> SheetRefused:
    """row 0: nothing like a header was found anywhere."""
    names = _(", ").join(missing)
    if row:
        text = _("Row %(row)s of sheet “%(sheet)s” was taken for the header; it lacks: %(names)s.")
    else:
        text = _("No header was found in the first %(depth)s rows of %(sheets)s. These columns are needed: %(names)s.")
    params = {"row": row, "sheet": sheet, "names": names, "depth": depth}
    params["sheets"] = _(", ").join(f"“{name}”" for name in sheets)
    cure = _("Use the template, or name the columns like this and upload it again.")
    return SheetRefused(f"{text % params} {cure}", code="HEADERS_MISSING", missing=list(missing))


def header_twice(sheet: str, header: str, cells: Sequence[str]) -> SheetRefused:
    text = _("Sheet “%(sheet)s” has the column “%(header)s” more than once (%(cells)s). Keep one of them.")
    params = {"sheet": sheet, "header": header, "cells": _(", ").join(cells)}
    return SheetRefused(text % params, code="HEADER_TWICE", cells=list(cells))


def no_rows(sheet: str, row: int) -> SheetRefused:
    text = _("There are no data rows below the header in row %(row)s of sheet “%(sheet)s”.")
    return SheetRefused(text % {"sheet": sheet, "row": row}, code="NO_ROWS")


def copy_impossible() -> SheetRefused:
    text = _(
        "This workbook cannot be given back with marks. Save it once in Excel and upload it "
        "again, or use the list of errors."
    )
    return SheetRefused(text, code="COPY_IMPOSSIBLE")
