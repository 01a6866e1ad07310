"""The database or Redis does not answer for a while: a page says "try again", limits go on, nothing is broken."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from backend.config.caches import ForgivingRedisCache
from backend.ui.web import server_error
from tests.processes import free_port


def met(error: Exception, path: str) -> HttpResponse:
    """What a request is answered that ended with this error."""
    try:
        raise error
    except DatabaseError:
        return server_error(RequestFactory().get(path))


@pytest.mark.parametrize("path", ["/school/", "/api/v1/events/"])
def test_a_database_that_does_not_answer_is_no_error_of_ours(path: str) -> None:
    away, broken = met(OperationalError("gone"), path), met(DatabaseError("wrong"), path)

    assert (away.status_code, away["Retry-After"], broken.status_code) == (503, "10", 500)
    assert "Retry-After" not in broken


def test_a_machine_reads_it_as_a_problem_and_a_person_as_a_page() -> None:
    assert json.loads(met(OperationalError(), "/api/v1/events/").content)["code"] == "unavailable"
    assert "请稍后再试" in met(OperationalError(), "/school/").content.decode()


def test_limits_are_counted_in_memory_while_redis_is_away() -> None:
    cache = ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})

    assert cache.add("tries", 0, 60)
    assert [cache.incr("tries") for _ in range(3)] == [1, 2, 3]
    assert cache.decr("tries") == 2
    cache.set("page", {"n": 1}, 60)
    assert (cache.get("page"), cache.get("other", "none"), cache.get_many(["page"])) == (
        {"n": 1},
        "none",
        {"page": {"n": 1}},
    )
    assert cache.delete("page")
