"""Office documents and archives: whole, not a bomb, without macros."""

from __future__ import annotations

import io
import zipfile

from backend.documents.rulebook.asking import Finding

MAX_FILES = 5_000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200  # unpacked to packed; text packs to a tenth, a bomb to a thousandth
ACTIVE = ("vbaproject.bin", "activex", "macrosheets")


def examine_archive(content: bytes) -> list[Finding]:
    """What is wrong with a zip archive or an Office document."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return [Finding("BROKEN", {"found": "ZIP"})]
    if any(entry.flag_bits & 0x1 for entry in entries):
        return [Finding("ENCRYPTED")]
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_FILES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(content), 10_000):
        return [Finding("UNPACKS_TOO_FAR")]
    if any(word in entry.filename.lower() for entry in entries for word in ACTIVE):
        return [Finding("MACROS")]
    return []
