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
    "own-account": 10,  # passwords that do not do, by one contestant's link
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


def seconds_to_wait(kind: str, subject: str, *, most: int, window_seconds: int) -> int:
    """Count one use of what may be done `most` times within the window; 0, or how long until the next is taken.

    For what strangers may do rightly, but not without end; a use beyond the limit does not lengthen the wait.
    """
    key = _key(kind, subject)
    return _seconds_left(key) if _count(key, window_seconds) > most else 0


def _key(kind: str, subject: str) -> str:
    return f"tries:{kind}:{hashlib.sha256(subject.encode()).hexdigest()[:24]}"


def _count(key: str, window_seconds: int = WINDOW_SECONDS) -> int:
    ends = time.time() + window_seconds
    cache.add(f"{key}:ends", ends, window_seconds)
    cache.add(key, 0, window_seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # the window ended between the two lines
        cache.set(key, 1, window_seconds)
        return 1


def _seconds_left(key: str) -> int:
    return max(1, int(cache.get(f"{key}:ends", time.time() + WINDOW_SECONDS) - time.time()))
