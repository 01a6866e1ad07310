"""Counting wrong tries: right ones cost nothing, so that a hall full of tablets behind one address may enter."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

from backend.accounts.errors import TooManyTries

WINDOW_SECONDS = 300
LIMITS = {
    "sign-in": 10,  # one account from one address
    "account": 50,  # one account from anywhere
    "address": 100,  # one address with any account
    "card": 30,
    "code": 5,
    "again": 10,
    "own-link": 60,  # unknown links of contestants from one address
    "verify-name": 20,  # full names typed on one certificate's page
}


@contextmanager
def counted(*slots: tuple[str, str]) -> Iterator[None]:
    """Count what happens inside as a wrong try unless it ends well; TooManyTries says when to come back.

    slots: (kind of limit, what it counts for). The try is counted before it is made: many at once gain nothing.
    """
    keys = [(kind, _key(kind, subject)) for kind, subject in slots]
    for kind, key in keys:
        if _count(key) > LIMITS[kind]:
            raise TooManyTries(seconds=_seconds_left(key))
    yield
    for _, key in keys:
        cache.decr(key)


def _key(kind: str, subject: str) -> str:
    return f"tries:{kind}:{hashlib.sha256(subject.encode()).hexdigest()[:24]}"


def _count(key: str) -> int:
    ends = time.time() + WINDOW_SECONDS
    cache.add(f"{key}:ends", ends, WINDOW_SECONDS)
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return int(cache.incr(key))
    except ValueError:  # the window ended between the two lines
        cache.set(key, 1, WINDOW_SECONDS)
        return 1


def _seconds_left(key: str) -> int:
    return max(1, int(cache.get(f"{key}:ends", time.time() + WINDOW_SECONDS) - time.time()))
