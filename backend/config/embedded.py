"""Embedded mode: what Redis, a worker and its beat do in production, done by threads of the serving process."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

from backend.audit.services import seal_when_wanted
from backend.config.celery import app
from backend.core import later
from backend.notify.services import deliver_due
from competitions.boards.services import keep_due_standings
from competitions.registration.services import flag_short_events
from realtime import projector

log = logging.getLogger("embedded")

# What beat does in production: seconds between two runs, and what runs.
TIMETABLE: list[tuple[float, Callable[[], int]]] = [
    (30, later.sweep),
    (5, projector.sweep),
    (30, deliver_due),
    (1, keep_due_standings),
    (60, flag_short_events),
]


class Embedded:
    """The worker, the timetable and the audit's sealer of one process."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.worker = app.WorkController(
            pool="threads",
            concurrency=2,
            hostname="embedded",
            quiet=True,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        runs = [self._work, self._keep_timetable, self._seal]
        self.threads = [threading.Thread(target=run, name=run.__name__.strip("_"), daemon=True) for run in runs]

    def start(self) -> Embedded:
        for thread in self.threads:
            thread.start()
        return self

    def stop(self) -> None:
        """Finish what is at hand; a job that did not end is found by the next start's sweep."""
        self.stopping.set()
        self.worker.stop()
        for thread in self.threads:
            thread.join(timeout=5)

    def _work(self) -> None:
        self.worker.start()

    def _keep_timetable(self) -> None:
        next_run = [time.monotonic()] * len(TIMETABLE)  # at once: the last process may have left something
        while not self.stopping.wait(0.5):
            for place, (pause, run) in enumerate(TIMETABLE):
                if time.monotonic() >= next_run[place]:
                    next_run[place] = time.monotonic() + pause
                    self._run(run)

    def _run(self, run: Callable[[], int]) -> None:
        try:
            run()
        except DatabaseError:
            log.exception("%s failed; it runs again with the next round", run.__name__)
        finally:
            close_old_connections()

    def _seal(self) -> None:
        seal_when_wanted(self.stopping)


def start() -> Embedded:
    """Start the threads of this process."""
    return Embedded().start()
