"""The kind of a file by its own bytes; its name and what a browser says of it count for nothing."""

from __future__ import annotations

import io
import zipfile

import filetype

OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    "word/document.xml": f"{OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{OFFICE}presentationml.presentation",
}
ZIP = "application/zip"


def sniff(content: bytes) -> str:
    """The media type that the bytes themselves show, "" when they show none that is known."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return _inside(content)
    found = filetype.guess(content[:8192])
    return str(found.mime) if found else ""


def _inside(content: bytes) -> str:
    """What a zip archive is: an Office document by its main part, else just an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ZIP
    if "[Content_Types].xml" not in names:
        return ZIP
    return next((media for part, media in MAIN_PARTS.items() if part in names), ZIP)
