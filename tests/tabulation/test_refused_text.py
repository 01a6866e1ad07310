"""What is not UTF-8 JSON of one reading is refused at the root."""

import json

import pytest

from backend.tabulation import read_tabulation
from tests.tabulation.documents import changed, refused_at
from tests.tabulation.good import GOOD

TEXT = json.dumps(GOOD, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"tabulation/1"',
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        TEXT.encode() + b"x",
        TEXT.replace('"1.60"', "NaN").encode(),
        TEXT.replace('"1.60"', "-Infinity").encode(),
        TEXT.replace('"code": "GZ"', '"code": "GZ", "code": "GZ"').encode(),
        TEXT.replace('"value": "2"', '"value": "2", "\\u0076alue": "3"').encode(),
        TEXT.replace("网站技术", "\\ud800").encode(),
        TEXT.replace("网站技术", "\t").encode(),
        TEXT.replace('"levels": 3', '"levels": ' + "9" * 5000).encode(),
        b"[" * 100_000,
        TEXT.encode().replace("网".encode(), b"\xed\xa0\x80"),
    ],
)
def test_what_is_not_utf_8_json_of_one_reading_is_refused_as_a_whole(text: bytes) -> None:
    assert refused_at(text) == ["$"]


def test_half_a_surrogate_pair_in_a_value_is_refused_and_a_whole_one_is_text() -> None:
    assert refused_at(changed(GOOD, "event", "name", to="\udc00")) == ["$"]
    assert read_tabulation(TEXT.replace("网站技术", "\\ud83d\\ude00").encode()).event_name == "😀"


def test_values_that_json_cannot_write_are_refused() -> None:
    assert refused_at(changed(GOOD, "event", "name", to=float("nan"))) == ["$.event.name", "$"]
