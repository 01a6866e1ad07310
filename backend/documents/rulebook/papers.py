"""PDF files: whole, open to everyone who may read them, and without anything that acts by itself."""

from __future__ import annotations

import re
import zlib

from backend.documents.rulebook.asking import Finding

ACTING = (b"/JavaScript", b"/Launch", b"/RichMedia", b"/XFA")
ACTING_SHORT = (b"/JS",)
MAX_INFLATED = 32 * 1024 * 1024
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
ENDS_NAME = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"


def examine_pdf(content: bytes) -> list[Finding]:
    """What is wrong with a PDF.

    Names are looked for where they act: in the file's structure and in its packed object streams; the packed pictures
    and pages, whose bytes may spell anything, only for the long names.
    """
    if b"%%EOF" not in content[-2048:]:
        return [Finding("CUT_OFF")]
    structure = STREAM.sub(b"", content)
    if _names(structure, (b"/Encrypt",)):
        return [Finding("ENCRYPTED")]
    packed = _object_streams(content)
    if packed is None:
        return [Finding("BROKEN", {"found": "PDF"})]
    acts = _names(structure + packed, ACTING + ACTING_SHORT) or _names(content, ACTING)
    return [Finding("ACTS", {"what": acts})] if acts else []


def _names(text: bytes, names: tuple[bytes, ...]) -> str:
    """The first of these names that stands in the text, also when it is written with escapes."""
    plain = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)
    found = re.search(b"(" + b"|".join(re.escape(name) for name in names) + b")" + ENDS_NAME, plain)
    return found[1].decode("ascii") if found else ""


def _object_streams(content: bytes) -> bytes | None:
    """The unpacked object streams, one after the other; None when one cannot be unpacked as it should."""
    unpacked, before = bytearray(), 0
    for found in STREAM.finditer(content):
        head = content[max(before, found.start() - 2048) : found.start()]
        before = found.end()
        head = ESCAPED.sub(lambda escape: bytes([int(escape[1], 16)]), head[head.rfind(b" obj") :])
        if b"/ObjStm" not in head:
            continue
        text = _inflated(found[1], MAX_INFLATED - len(unpacked)) if _plainly_packed(head) else None
        if text is None:
            return None
        unpacked += text + b"\n"
    return bytes(unpacked)


def _plainly_packed(head: bytes) -> bool:
    """Packed once by Flate or not at all, without a predictor: what every known program writes."""
    filters = re.findall(rb"/(\w+Decode)\b", head)
    return filters in ([], [b"FlateDecode"]) and b"/Predictor" not in head


def _inflated(body: bytes, limit: int) -> bytes | None:
    if not body.startswith((b"\x78", b"\x48", b"\x58", b"\x68")):  # not packed: as it stands
        return body
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(body, max(limit, 1))
    except zlib.error:
        return None
    return None if unpacker.unconsumed_tail else text
