"""Work after commit: `later("room.verb", **uids)` inserts a job and wakes the queue once the transaction stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from backend.core import clock
from backend.core.models import JOB, Job

Task = Callable[..., None]
_tasks: dict[str, Task] = {}
MAX_ATTEMPTS = 5


def task(name: str) -> Callable[[Task], Task]:
    """Register a function of a room's tasks.py under that name; it takes uids, calls one service, may run twice."""

    def register(function: Task) -> Task:
        _tasks[name] = function
        return function

    return register


def later(name: str, **arguments: Any) -> Job:
    """Run a registered task after the present transaction has committed.

    arguments: JSON values, uids as strings; never a personal value.
    """
    if name not in _tasks:
        raise LookupError(f"no task is registered as {name}")
    job = Job.objects.create(name=name, arguments={k: _plain(v) for k, v in arguments.items()})
    transaction.on_commit(lambda: wake(job.uid), robust=True)
    return job


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def wake(uid: UUID) -> None:
    """Hand a job to the queue: Celery, or at once where tasks are eager (unit tests)."""
    if settings.TASKS_EAGER:
        run(uid)
        return
    from celery import current_app

    current_app.send_task("core.run_job", args=[str(uid)], ignore_result=True)


def run(uid: UUID | str) -> bool:
    """Run one waiting job to its end; False when somebody else already has it."""
    taken = Job.objects.filter(uid=uid, state="waiting").update(
        state="running", started_at=clock.now(), attempts=F("attempts") + 1
    )  # counted before it begins: a job that kills its runner is not run for ever
    if not taken:
        return False
    job = Job.objects.get(uid=uid)
    try:
        _tasks[job.name](**job.arguments)
    except BaseException as error:
        again = job.attempts < MAX_ATTEMPTS
        job.state = JOB.after("running", "requeue" if again else "fail")
        job.failure = type(error).__name__
        job.save(update_fields=["state", "failure"])
        raise
    job.state, job.ended_at = JOB.after("running", "finish"), clock.now()
    job.save(update_fields=["state", "ended_at"])
    return True


def sweep(*, stuck_after: timedelta = timedelta(minutes=5), grace: timedelta = timedelta(seconds=20)) -> int:
    """Re-queue what was lost: jobs nobody woke and jobs whose runner died, too often at last. Returns how many."""
    now = clock.now()
    stuck = Job.objects.filter(state="running", started_at__lt=now - stuck_after)
    stuck.filter(attempts__gte=MAX_ATTEMPTS).update(state="failed", failure="RunnerDied")
    stuck.update(state="waiting")
    lost = list(Job.objects.filter(state="waiting", created_at__lt=now - grace).values_list("uid", flat=True)[:500])
    for uid in lost:
        wake(uid)
    return len(lost)
