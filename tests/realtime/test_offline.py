"""The service worker's address: the list of pages it keeps, never out of a cache."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from realtime import offline


def test_the_worker_names_the_pages_that_rooms_registered(client: Client) -> None:
    answer = client.get("/worker.js")

    first = answer.content.decode().splitlines()[0]
    assert json.loads(first.removeprefix("self.SHELLS = ").removesuffix(";")) == offline.shells()
    assert "^/judge/$" in offline.shells()
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("pattern", ["/judge/", "^/judge/", "/judge/$", "^/$"])
def test_half_an_address_is_no_page(pattern: str) -> None:
    before = offline.shells()

    with pytest.raises(ValueError, match="not a whole path"):
        offline.shell(pattern)

    assert offline.shells() == before
