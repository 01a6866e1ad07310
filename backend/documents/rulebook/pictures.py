"""Pictures: decoded under a limit, turned upright, kept without what a camera writes beside them."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from backend.documents.rulebook.asking import Asked, Finding

FORMATS = {"image/jpeg": ("JPEG", "MPO"), "image/png": ("PNG",)}
WHITE = (255, 255, 255)


@dataclass(frozen=True)
class Picture:
    """content: as it is kept; media_type: of that; size: (width, height) in pixels, upright."""

    content: bytes
    media_type: str
    size: tuple[int, int]


def examine_picture(content: bytes, media_type: str, asked: Asked) -> Picture | Finding:
    """The picture as it is to be kept, or what is wrong with it.

    Place, time and camera (EXIF, XMP, comments) are dropped: nobody asked for where a paper was photographed.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS[media_type]) as opened:
                if opened.width * opened.height > asked.max_pixels:
                    return Finding("TOO_MANY_PIXELS", {"found": opened.width * opened.height // 1_000_000})
                return _kept(ImageOps.exif_transpose(opened), _as_sent(opened), media_type, asked)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning):
        return Finding("BROKEN", {"found": media_type.removeprefix("image/").upper()})


def _as_sent(opened: Image.Image) -> dict[str, Any]:
    """How a JPEG was packed, so that packing it again neither loses more nor makes the file grow."""
    if not isinstance(opened, JpegImageFile) or opened.mode != "RGB":
        return {"quality": 92}  # optimize: 6 % smaller for four times the work
    return {"qtables": opened.quantization, "subsampling": get_sampling(opened)}


def _kept(upright: Image.Image, packing: dict[str, Any], media_type: str, asked: Asked) -> Picture | Finding:
    upright.load()
    size = upright.size
    if size[0] < asked.min_pixels[0] or size[1] < asked.min_pixels[1]:
        found, least = f"{size[0]}×{size[1]}", f"{asked.min_pixels[0]}×{asked.min_pixels[1]}"
        return Finding("TOO_FEW_PIXELS", {"found": found, "asked": least})
    as_jpeg = asked.photo or media_type == "image/jpeg"
    plain = _bare(upright, flat=as_jpeg)
    out = io.BytesIO()
    if as_jpeg:
        plain.save(out, "JPEG", **packing)
    else:
        plain.save(out, "PNG", optimize=False)
    return Picture(out.getvalue(), "image/jpeg" if as_jpeg else "image/png", size)


def _bare(picture: Image.Image, *, flat: bool) -> Image.Image:
    """The pixels alone; flat: on white and in RGB, as a JPEG needs it."""
    if flat and picture.mode != "RGB":
        rgba = picture.convert("RGBA")
        ground = Image.new("RGB", rgba.size, WHITE)
        ground.paste(rgba, mask=rgba.getchannel("A"))
        return ground
    copy = picture.copy()
    copy.info = {}
    return copy


def smaller(content: bytes, most: tuple[int, int]) -> bytes:
    """A kept picture as a JPEG that is no larger than that; a JPEG that fits already stays as it is."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as picture:
        if picture.format == "JPEG" and picture.width <= most[0] and picture.height <= most[1]:
            return content
        shown = picture if picture.format == "JPEG" else _bare(picture, flat=True)
        shown.thumbnail(most)  # a JPEG is decoded no finer than that asks for
        shown.save(out, "JPEG", quality=82)
    return out.getvalue()
