"""Offices and desks that send over plain HTTP while services are killed, and remember what they were told."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from tests.registration.world import id_number

KINDLY = (0, 503)  # what a client may meet while a service is away: nobody, or "try again"


class Client:
    """Somebody signed in, over plain HTTP; a request that nobody answers has the status 0."""

    def __init__(self, host: str, cookie: dict[str, str]) -> None:
        self.host = host
        self.cookies = {cookie["name"]: cookie["value"], "csrftoken": "x" * 32}
        self.met: Counter[int] = Counter()

    def send(self, path: str, body: str = "", kind: str = "application/x-www-form-urlencoded") -> tuple[int, str, str]:
        """Status, text and where it leads."""
        headers = {
            "Content-Type": kind,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-CSRFToken": "x" * 32,
        }
        connection = http.client.HTTPConnection(self.host, timeout=30)
        try:
            connection.request("POST" if body else "GET", path, body.encode(), headers)
            answer = connection.getresponse()
            found = answer.status, answer.read().decode(errors="replace"), answer.getheader("Location") or ""
        except (OSError, http.client.HTTPException):
            found = 0, "", ""
        finally:
            connection.close()
        self.met[found[0]] += 1
        return found

    def until_told(
        self, path: str, body: str = "", kind: str = "application/x-www-form-urlencoded"
    ) -> tuple[int, str, str]:
        """The same sent again until it is neither lost nor "try again"."""
        give_up_at = time.monotonic() + 90
        while (found := self.send(path, body, kind))[0] in KINDLY:
            assert time.monotonic() < give_up_at, self.met
            time.sleep(0.3)
        return found


class Office(Client):
    """A school that enters one person after the other and submits each; remembers what it was told."""

    def enter(self, event: str, serial: int) -> str:
        """Where the team stands: of the first answer, or, when that was lost, of the list."""
        form = {
            "m-TOTAL_FORMS": 1, "m-INITIAL_FORMS": 0, "m-0-role": "contestant", "m-0-id_type": "resident",
            "m-0-name": f"人{serial}", "m-0-id_number": id_number(serial),
        }  # fmt: skip
        status, text, where = self.until_told(f"/events/{event}/entries/new/", urlencode(form))
        if status != 302:  # an answer was lost, and the person stands already: said at the field, nothing doubled
            assert (status, "此人已在本赛项" in text) == (200, True), text[-3000:]
            where = ""
        return where

    def submit(self, where: str) -> None:
        status, text, _where = self.until_told(f"{where}submit/", "do=submit")
        assert status in (302, 409), text[-3000:]  # 409: it is submitted, the first answer was lost


def work(offices: list[Office], event: str, first: int, each: int, going: threading.Event) -> list[tuple[int, str]]:
    """What every office was told stands: (serial, page of the team)."""

    def one(n: int) -> list[tuple[int, str]]:
        told = []
        for k in range(each):
            serial = first + n * each + k
            where = offices[n].enter(event, serial)
            if where:
                offices[n].submit(where)
            told.append((serial, where))
            if k == each // 4:
                going.set()
        return told

    with ThreadPoolExecutor(len(offices)) as pool:
        return [found for part in pool.map(one, range(len(offices))) for found in part]
