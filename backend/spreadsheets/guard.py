"""Is this safe to parse? Everything here looks at the file before any workbook library sees it.

Failures prevented: zip bombs, XML entity bombs and external entities, and a plain "cannot be read" where the
person could have been told that he sent an old .xls, a CSV, a protected file or a renamed web page.
"""

from __future__ import annotations

import copy
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from backend.spreadsheets import refusals

MB = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 64 * 1024
# All that the zip reader was seen to raise on damaged files (random damage, thousands of times).
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    OSError,
    ValueError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one upload may cost. max_rows counts data rows; max_cells is the rectangle that holds all values
    of a sheet. piece: bytes of a sheet's XML that are loaded at a time, some hundred rows of a list.
    """

    max_bytes: int = 60 * MB
    max_unpacked: int = 400 * MB
    max_ratio: int = 200
    max_parts: int = 2_000
    max_rows: int = 100_000
    max_cells: int = 6_000_000
    max_tags: int = 40_000_000
    max_formulas: int = 200_000
    piece: int = MB // 4


def open_package(content: bytes, limits: Limits) -> zipfile.ZipFile:
    """The workbook's zip, once it has been found to be an honest .xlsx. Raises SheetRefused."""
    if len(content) > limits.max_bytes:
        raise refusals.too_big(limits.max_bytes // MB)
    if not content.startswith(b"PK"):
        raise _no_zip(content)
    package = _unzip(content)
    _weigh(package, limits)
    if "[Content_Types].xml" not in package.namelist():
        raise refusals.not_xlsx()
    _read_through(package, limits)
    return package


def part_chunks(package: zipfile.ZipFile, part: str | zipfile.ZipInfo) -> Iterator[bytes]:
    """A part's bytes, piece by piece; a damaged part is refused, not a crash."""
    try:
        with package.open(part) as opened:
            while chunk := opened.read(_CHUNK):
                yield chunk
    except _ZIP_FAULTS as error:
        raise refusals.broken_zip() from error


def _no_zip(content: bytes) -> Exception:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        return refusals.empty_file()
    if content.startswith(_OLE):
        # The directory of an OLE file names its streams in UTF-16; a protected .xlsx is wrapped in
        # EncryptedPackage.
        wrapped = "EncryptedPackage".encode("utf-16-le") in content
        return refusals.encrypted() if wrapped else refusals.old_xls()
    if head.startswith(b"<"):
        return refusals.web_page()
    if b"\0" not in head and any(mark in head for mark in (b",", b"\t", b";")):
        return refusals.text_file()
    return refusals.not_xlsx()


def _unzip(content: bytes) -> zipfile.ZipFile:
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except _ZIP_FAULTS as error:
        raise refusals.broken_zip() from error
    if any(info.flag_bits & 1 for info in package.infolist()):
        raise refusals.encrypted()
    return package


def _weigh(package: zipfile.ZipFile, limits: Limits) -> None:
    """What the directory declares: number of parts, names used twice, size and ratio."""
    parts = package.infolist()
    too_many = len(parts) > limits.max_parts or len(set(package.namelist())) != len(parts)
    too_large = sum(info.file_size for info in parts) > limits.max_unpacked
    if too_many or too_large or any(_too_dense(info, limits) for info in parts):
        raise refusals.zip_bomb()


def _too_dense(info: zipfile.ZipInfo, limits: Limits) -> bool:
    # Small parts compress well by nature; the ratio only says something from some megabytes on.
    return info.file_size > 20 * MB and info.file_size > limits.max_ratio * max(info.compress_size, 1)


def _read_through(package: zipfile.ZipFile, limits: Limits) -> None:
    """Unpack every part once, keeping nothing: real sizes must be the declared ones, checksums right, no DTD
    inside.

    Python stops at the declared size of a part, other zip readers do not: a part may not go on behind it.
    Empty elements cost a workbook library far more than their bytes, so that they are counted as well.
    """
    tags = 0
    for info in package.infolist():
        unbounded = copy.copy(info)
        unbounded.file_size = limits.max_unpacked
        prolog = _Prolog(strict=info.filename.endswith((".xml", ".rels")))
        size = 0
        for chunk in part_chunks(package, unbounded):
            size += len(chunk)
            tags += chunk.count(b"<")
            if size > info.file_size or tags > limits.max_tags:
                raise refusals.zip_bomb()
            if not prolog.over:
                prolog.feed(chunk)
        if size != info.file_size:
            raise refusals.broken_zip()


class _Prolog:
    """Reads a part up to its first element: a DTD, where entities come from, can only stand before it.

    strict: the part says it is XML; others (pictures) may be anything, but a DTD under another name is still
    found.
    """

    def __init__(self, *, strict: bool) -> None:
        self.over = False
        self._strict = strict
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._element

    def feed(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk, False)
        except expat.ExpatError as error:
            self.over = True
            if self._strict:
                raise refusals.broken_xml() from error

    def _doctype(self, *_args: Any) -> None:
        raise refusals.xml_dtd()

    def _element(self, *_args: Any) -> None:
        self.over = True
        self._parser.StartElementHandler = None
