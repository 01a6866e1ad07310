"""The embedded sealer gathers a burst and seals it at once, also what an earlier process left."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connections

from backend.audit import services
from backend.audit.models import AuditEntry, AuditSeal
from backend.core.actor import SYSTEM
from backend.core.refs import Ref

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def start() -> Iterator[Callable[[], None]]:
    """Start a sealer's thread; it is ended with the test."""
    stopping = threading.Event()
    threads: list[threading.Thread] = []

    def begin() -> None:
        thread = threading.Thread(target=services.seal_when_wanted, args=[stopping])
        threads.append(thread)
        thread.start()

    yield begin
    stopping.set()
    for thread in threads:
        thread.join(timeout=10)
    connections.close_all()


def record(count: int) -> None:
    for number in range(count):
        services.record(actor=SYSTEM, action="test.act", subject=Ref("thing", str(number)))


def until(reached: Callable[[], bool], patience: float = 10) -> bool:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if reached():
            return True
        time.sleep(0.02)
    return reached()


def test_what_another_process_left_is_sealed_at_the_start(start: Callable[[], None]) -> None:
    record(2)

    start()

    assert until(lambda: AuditSeal.objects.count() == 2)


def test_a_burst_is_sealed_in_one_go_after_a_moment(start: Callable[[], None]) -> None:
    record(1)
    start()
    assert until(lambda: AuditSeal.objects.count() == 1)

    record(20)
    services._wanted.set()

    assert until(lambda: AuditSeal.objects.count() == AuditEntry.objects.count() == 21)
    assert AuditSeal.objects.filter(sequence__gt=1).values("sealed_at").distinct().count() == 1
    assert list(AuditSeal.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 22))
