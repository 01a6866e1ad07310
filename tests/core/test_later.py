"""Jobs: what was lost is run again, but what kills its runner is given up at last."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from backend.core import clock, later
from backend.core.models import Job

pytestmark = pytest.mark.django_db


def stuck(attempts: int) -> Job:
    """A job that somebody took ten minutes ago and never ended."""
    return Job.objects.create(
        name="registration.check_import",
        arguments={"entry_import": str(uuid4())},
        state="running",
        attempts=attempts,
        started_at=clock.now() - timedelta(minutes=10),
    )


def test_a_job_whose_runner_died_is_run_again_until_it_was_begun_too_often() -> None:
    lost, deadly = stuck(1), stuck(later.MAX_ATTEMPTS)
    Job.objects.update(created_at=clock.now() - timedelta(minutes=10))

    assert later.sweep() == 1

    for job in (lost, deadly):
        job.refresh_from_db()
    assert (lost.state, lost.attempts) == ("done", 2)
    assert (deadly.state, deadly.attempts, deadly.failure) == ("failed", later.MAX_ATTEMPTS, "RunnerDied")


def test_a_job_counts_as_begun_before_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setitem(later._tasks, "core.look", lambda: seen.extend(Job.objects.values_list("attempts", flat=True)))
    job = Job.objects.create(name="core.look", arguments={})

    assert later.run(job.uid)
    assert not later.run(job.uid)

    assert seen == [1]
