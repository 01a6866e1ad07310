"""What a file is by its own bytes, and what is said against it."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from backend.documents.enums import MediaType
from backend.documents.errors import TEXTS, text_of
from backend.documents.rulebook import Asked, Examined, Finding, examine, sniff
from tests.documents.files import archive, pdf, photo_with_place, picture, word

ANY = Asked(media_types=tuple(MediaType), max_bytes=5_000_000)
PAPER = Asked(media_types=(MediaType.PDF, MediaType.JPEG), max_bytes=5_000_000)
PHOTO = Asked(media_types=(MediaType.JPEG, MediaType.PNG), max_bytes=5_000_000, min_pixels=(413, 579), photo=True)


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (picture("PNG"), MediaType.PNG),
        (picture("JPEG"), MediaType.JPEG),
        (pdf(), MediaType.PDF),
        (word(), MediaType.DOCX),
        (archive("[Content_Types].xml", "xl/workbook.xml"), MediaType.XLSX),
        (archive("readme.txt"), MediaType.ZIP),
        (b"<html><script>alert(1)</script></html>", ""),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, media: str) -> None:
    assert sniff(content) == media


REFUSED = [
    ("EMPTY", b"", "a.pdf", ANY),
    ("TOO_BIG", pdf() + b" " * 5_000_000, "a.pdf", ANY),
    ("UNKNOWN", b"<svg onload='x'/>", "a.pdf", PAPER),
    ("OTHER_KIND", word(), "a.docx", PAPER),
    ("NAMED_OTHERWISE", picture("PNG"), "seal.pdf", PAPER),
    ("NAMED_OTHERWISE", picture("JPEG"), "seal.pdf", PAPER),
    ("NAMED_OTHERWISE", pdf(), "seal.exe", PAPER),
    ("CUT_OFF", pdf(end=b""), "a.pdf", ANY),
    ("ENCRYPTED", pdf().replace(b"/Root", b"/Encrypt 9 0 R /Root"), "a.pdf", ANY),
    ("ACTS", pdf(b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), "a.pdf", ANY),
    ("ACTS", pdf(b"/OpenAction << /S /J#61vaScript /J#53 (x) >>"), "a.pdf", ANY),
    ("ACTS", pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "a.pdf", ANY),
    ("ACTS", pdf(packed=b"4 0 << /S /JavaScript /JS (x) >>"), "a.pdf", ANY),
    ("BROKEN", pdf(packed=b"x").replace(b"/FlateDecode", b"/LZWDecode"), "a.pdf", ANY),
    ("MACROS", word("word/vbaProject.bin"), "a.docx", ANY),
    ("UNPACKS_TOO_FAR", archive("a.txt", content=b"0" * 90_000_000), "a.zip", ANY),
    ("BROKEN", archive("a.txt")[:40], "a.zip", ANY),
    ("BROKEN", picture("PNG")[:-60], "a.png", ANY),
    ("TOO_FEW_PIXELS", picture("JPEG", (200, 300)), "a.jpg", PHOTO),
    ("TOO_MANY_PIXELS", picture("PNG", (9000, 9000)), "a.png", ANY),
]


@pytest.mark.parametrize(("code", "content", "name", "asked"), REFUSED, ids=[f"{c}-{n}" for c, _b, n, _a in REFUSED])
def test_a_file_that_is_not_what_is_asked_is_refused(code: str, content: bytes, name: str, asked: Asked) -> None:
    found = examine(content, name, asked)

    assert isinstance(found, list)
    assert [f.code for f in found] == [code]
    assert "%(" not in text_of(found[0])


def test_the_refusal_says_what_was_found_and_what_is_asked() -> None:
    found = examine(picture("PNG"), "seal.pdf", PAPER)

    assert isinstance(found, list)
    assert found == [Finding("NAMED_OTHERWISE", {"found": "PNG", "asked": "PDF, JPEG", "written": "pdf"})]


def test_every_finding_has_its_sentence() -> None:
    assert {code for code, *_ in REFUSED} == set(TEXTS)


def test_bytes_of_a_picture_inside_a_pdf_may_spell_anything() -> None:
    inside = b"4 0 obj\n<< /Type /XObject >>\nstream\n\x00/JS \x01\nendstream\nendobj\n"

    assert isinstance(examine(pdf().replace(b"trailer", inside + b"trailer"), "a.pdf", PAPER), Examined)


def test_a_photo_is_kept_upright_and_without_its_place() -> None:
    kept = examine(photo_with_place(), "IMG_1.jpg", PHOTO)

    assert isinstance(kept, Examined)
    assert kept.pixels == (600, 800)
    assert dict(Image.open(io.BytesIO(kept.content)).getexif()) == {}
    assert b"Camera maker" not in kept.content


@pytest.mark.parametrize("quality", [40, 70, 95])
def test_a_jpeg_does_not_grow_and_stays_what_it_shows(quality: int) -> None:
    sent = io.BytesIO()
    Image.effect_noise((500, 700), 40).convert("RGB").save(sent, "JPEG", quality=quality)

    kept = examine(sent.getvalue(), "photo.jpg", PHOTO)

    assert isinstance(kept, Examined)
    assert len(kept.content) < 1.05 * len(sent.getvalue())
    before, after = (Image.open(io.BytesIO(content)) for content in (sent.getvalue(), kept.content))
    assert sum(ImageStat.Stat(ImageChops.difference(before, after)).mean) < 3


def test_a_transparent_png_photo_becomes_a_jpeg_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (500, 700), (0, 0, 0, 0)).save(out, "PNG")

    kept = examine(out.getvalue(), "photo.PNG", PHOTO)

    assert isinstance(kept, Examined)
    assert (kept.media_type, kept.extension) == ("image/jpeg", "jpg")
    assert Image.open(io.BytesIO(kept.content)).getpixel((5, 5)) == (255, 255, 255)


def test_a_file_without_an_extension_is_taken_for_what_it_is() -> None:
    kept = examine(pdf(), "scan", PAPER)

    assert isinstance(kept, Examined)
    assert (kept.media_type, kept.content) == (MediaType.PDF, pdf())
