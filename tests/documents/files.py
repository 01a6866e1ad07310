"""Real files of every kind, made on the spot."""

from __future__ import annotations

import io
import zipfile
import zlib

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (600, 800), **details: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 120, 40)).save(out, kind, **details)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A JPEG lying on its side, with camera and place in its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90°
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", (800, 600), exif=exif)


def pdf(structure: bytes = b"", *, packed: bytes = b"", end: bytes = b"%%EOF\n") -> bytes:
    """A small PDF. structure: put into the catalogue; packed: the text of a packed object stream."""
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + structure + b" >>\nendobj\n"
    body += b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    if packed:
        stream = zlib.compress(packed)
        head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(stream)
        body += b"3 0 obj\n" + head + b"\nstream\n" + stream + b"\nendstream\nendobj\n"
    return body + b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n" + end


def archive(*names: str, content: bytes = b"<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, content)
    return out.getvalue()


def word(*more: str) -> bytes:
    return archive("[Content_Types].xml", "word/document.xml", *more)
