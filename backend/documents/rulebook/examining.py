"""From the bytes of a file to what is kept of it, or to everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from backend.documents.enums import EXTENSIONS, MEDIA_NAMES, MediaType
from backend.documents.rulebook.archives import examine_archive
from backend.documents.rulebook.asking import Asked, Finding
from backend.documents.rulebook.papers import examine_pdf
from backend.documents.rulebook.pictures import examine_picture
from backend.documents.rulebook.sniffing import sniff

PICTURES = (MediaType.JPEG, MediaType.PNG)


@dataclass(frozen=True)
class Examined:
    """content and media_type: as it is kept; extension: of that; pixels: of a picture, else (0, 0)."""

    content: bytes
    media_type: str
    extension: str
    pixels: tuple[int, int] = (0, 0)


def examine(content: bytes, file_name: str, asked: Asked) -> Examined | list[Finding]:
    """What is kept of a file, or all that is against it. file_name: only to say how the file was called."""
    if not content:
        return [Finding("EMPTY")]
    if len(content) > asked.max_bytes:
        return [Finding("TOO_BIG", {"limit": _size(asked.max_bytes)})]
    media = sniff(content)
    wrong = _wrong_kind(media, PurePath(file_name).suffix.lower().lstrip(".")[:10], asked)
    if wrong is not None:
        return [wrong]
    if media in PICTURES:
        picture = examine_picture(content, media, asked)
        if isinstance(picture, Finding):
            return [picture]
        return Examined(picture.content, picture.media_type, _extension(picture.media_type), picture.size)
    found = examine_pdf(content) if media == MediaType.PDF else examine_archive(content)
    return found or Examined(content, media, _extension(media))


def _wrong_kind(media: str, written: str, asked: Asked) -> Finding | None:
    """Another kind than is asked, or a name that says another kind than the bytes do."""
    values = {"found": name_of(media), "asked": asked_names(asked), "written": written}
    says = next((m for m, extensions in EXTENSIONS.items() if written in extensions), None)
    if media not in asked.media_types:
        if not media:
            return Finding("UNKNOWN", values)
        return Finding("NAMED_OTHERWISE" if says and says != media else "OTHER_KIND", values)
    if written and says != media:
        return Finding("NAMED_OTHERWISE", values)
    return None


def name_of(media: str) -> str:
    """What people call a media type."""
    if media in MEDIA_NAMES:
        return MEDIA_NAMES[MediaType(media)]
    return media.rpartition("/")[2].removeprefix("x-").upper()


def asked_names(asked: Asked) -> str:
    return ", ".join(name_of(media) for media in asked.media_types)


def _extension(media: str) -> str:
    return EXTENSIONS[MediaType(media)][0]


def _size(octets: int) -> str:
    return f"{octets / 1024 / 1024:g} MB" if octets >= 1024 * 1024 else f"{octets // 1024} KB"
