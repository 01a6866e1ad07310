"""Touched topics become versions: newest state only, under the topic's row lock, at most ten times a second.

Every process that touches has one projector thread. Whoever comes second finds nothing touched and does nothing; what a
dead process left behind is found by `sweep`.
"""

from __future__ import annotations

import heapq
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections, transaction

from backend.core import clock
from realtime import hub
from realtime.models import Notice, Touch

# A builder: (key, parts touched) -> the topic's whole state, JSON under 16 KiB.
Builder = Callable[[str, set[str]], dict[str, Any]]
# A source: (key, parts touched; none: all) -> the topics that show what it has brought up to date.
Source = Callable[[str, set[str]], Iterable[str]]
PAUSE = 0.1  # seconds between two versions of a topic
LONGEST_RETRY = 30.0
LARGEST_STATE = 16 * 1024
_builders: dict[str, Builder] = {}
_sources: dict[str, Source] = {}
_pauses: dict[str, float] = {}
_public: set[str] = set()
log = logging.getLogger("realtime.projector")


class TooSoon(Exception):
    """The topic got its last version less than a tenth of a second ago; `wait` seconds are left."""

    def __init__(self, wait: float) -> None:
        self.wait = wait
        super().__init__()


def builder(kind: str, build: Builder, *, public: bool = False, pause: float = PAUSE) -> None:
    """Register how topics of that kind (`kind:key`) are built; called by a room's wiring.

    public: anybody may watch topics of that kind; otherwise a ticket is needed. pause: seconds between two versions.
    """
    _builders[kind], _pauses[kind] = build, pause
    if public:
        _public.add(kind)


def source(kind: str, renew: Source) -> None:
    """Register stored figures that several topics show: touched like a topic, watched by nobody.

    However many touches came, they are renewed once, and then the topics that show them are touched.
    """
    _sources[kind] = renew


def is_public(topic: str) -> bool:
    return topic.partition(":")[0] in _public


def is_known(topic: str) -> bool:
    kind, _, key = topic.partition(":")
    return bool(key) and (kind in _builders or kind in _sources)


def wake_after_commit(topic: str) -> None:
    """Have the process's projector look at the topic once the present transaction stands; what many wait for first."""
    if settings.TASKS_EAGER:
        transaction.on_commit(lambda: project(topic), robust=True)
    else:
        transaction.on_commit(lambda: thread().wake(topic, _wait_of(topic)), robust=True)


def _wait_of(topic: str) -> float:
    kind = topic.partition(":")[0]
    return 0 if kind in _sources or kind in _public or hub.watched(topic) else PAUSE / 2


def project(topic: str, *, pause: float = 0) -> Notice | None:
    """Build and publish the newest state of a touched topic; None when nothing was touched or nothing changed.

    pause: raise TooSoon when the last version is younger than that many seconds.
    """
    notice = _build(topic, pause)
    if notice is not None:
        text = hub.encode(notice)
        _weigh(topic, text)
        hub.publish(topic, notice.version, text)
    return notice


def _locked(topic: str) -> Notice:
    notice = Notice.objects.select_for_update().filter(topic=topic).first()
    if notice is None:
        Notice.objects.get_or_create(topic=topic)
        notice = Notice.objects.select_for_update().get(topic=topic)
    return notice


@transaction.atomic
def _build(topic: str, pause: float) -> Notice | None:
    notice, now = _locked(topic), clock.now()
    if pause and notice.changed_at and (left := pause - (now - notice.changed_at).total_seconds()) > 0:
        raise TooSoon(min(left, pause))
    touches = list(Touch.objects.filter(topic=topic))
    if not touches:
        return None
    kind, _, key = topic.partition(":")
    parts = {t.part for t in touches}
    if kind in _sources:
        _renew(notice, _sources[kind](key, set() if "" in parts else parts))
        newer = False
    else:
        newer = _write(notice, _builders[kind](key, parts - {""}), now)
    Touch.objects.filter(pk__in=[t.pk for t in touches]).delete()
    return notice if newer else None


def _write(notice: Notice, state: dict[str, Any], now: datetime) -> bool:
    """Keep the state under the next version; False when it is the same: a frozen board does not tell by its pushes
    that marks came in."""
    if notice.version and state == notice.state:
        return False
    notice.state, notice.version, notice.changed_at = state, notice.version + 1, now
    notice.save(update_fields=["state", "version", "changed_at"])
    return True


def _renew(notice: Notice, shown_in: Iterable[str]) -> None:
    """Keep when a source was renewed, and touch the topics that show it."""
    notice.changed_at = clock.now()
    notice.save(update_fields=["changed_at"])
    topics = list(shown_in)
    Touch.objects.bulk_create([Touch(topic=topic) for topic in topics])
    for topic in topics:
        wake_after_commit(topic)


def _weigh(topic: str, text: str) -> None:
    size = len(text.encode())
    if size > LARGEST_STATE:
        log.warning("state of %s is too large: %d bytes", topic, size)


def sweep(*, grace: timedelta = timedelta(seconds=2)) -> int:
    """Project what a dead process touched and did not project. Returns how many topics were left behind."""
    old = Touch.objects.filter(at__lt=clock.now() - grace)
    topics = [t for t in old.order_by("topic").values_list("topic", flat=True).distinct()[:1000] if is_known(t)]
    for topic in topics:
        if settings.TASKS_EAGER:
            project(topic)
        else:
            thread().wake(topic)
    return len(topics)


class Projector(threading.Thread):
    """Looks at woken topics, each at most once per PAUSE; where a builder raises, the other topics go on."""

    def __init__(self) -> None:
        super().__init__(name="projector", daemon=True)
        self.pid = os.getpid()
        self._due: list[tuple[float, str]] = []
        self._planned: dict[str, float] = {}
        self._failures: dict[str, int] = {}
        self._changed = threading.Condition()
        self._stopping = False
        self._hand = ThreadPoolExecutor(1, thread_name_prefix="projector-hand")

    def wake(self, topic: str, wait: float = 0) -> None:
        """Plan a topic; an earlier plan of the same topic stands."""
        at = time.monotonic() + wait
        with self._changed:
            if self._planned.get(topic, at + 1) <= at:
                return
            self._planned[topic] = at
            heapq.heappush(self._due, (at, topic))
            self._changed.notify()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify()

    def run(self) -> None:
        while (topic := self._next()) is not None:
            try:
                error = self._hand.submit(_project_in_thread, topic).exception()
            except RuntimeError:  # the interpreter is ending: the next sweep finds what is left
                return
            if error is None:
                self._failures.pop(topic, None)
            elif isinstance(error, TooSoon):
                self.wake(topic, error.wait)
            else:  # whatever a builder raises: its touches stay, and other topics go on
                self._failed(topic, error)
        self._hand.shutdown()

    def _next(self) -> str | None:
        with self._changed:
            while not self._stopping:
                if not self._due:
                    self._changed.wait()
                elif (wait := self._due[0][0] - time.monotonic()) > 0:
                    self._changed.wait(wait)
                else:
                    at, topic = heapq.heappop(self._due)
                    if self._planned.get(topic) == at:  # otherwise it was planned earlier, and done
                        del self._planned[topic]
                        return topic
            return None

    def _failed(self, topic: str, error: BaseException) -> None:
        count = self._failures[topic] = self._failures.get(topic, 0) + 1
        log.error("cannot build %s", topic, exc_info=error)
        self.wake(topic, min(LONGEST_RETRY, 0.5 * 2**count))


def _project_in_thread(topic: str) -> None:
    close_old_connections()
    try:
        project(topic, pause=_pauses.get(topic.partition(":")[0], PAUSE))
    finally:
        close_old_connections()


_thread: Projector | None = None
_starting = threading.Lock()


def thread() -> Projector:
    """The process's projector, started when it is first needed (also in a forked child)."""
    global _thread
    with _starting:
        if _thread is None or _thread.pid != os.getpid() or not _thread.is_alive():
            _thread = Projector()
            _thread.start()
        return _thread


def stop() -> None:
    """End the process's projector after the topic it is at; what is left is found by the next sweep."""
    if _thread is not None and _thread.pid == os.getpid():
        _thread.stop()
        _thread.join(timeout=5)
