"""Servers of the real application: one embedded, and two production processes over one database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests import services
from tests.processes import embedded_state, production_state, serving

APPLICATION = "tests.realtime.served:application"


@dataclass(frozen=True)
class Installation:
    """env: what its processes run with; hosts: `127.0.0.1:port` of each of them."""

    env: dict[str, str]
    hosts: list[str]


@pytest.fixture(scope="session")
def embedded() -> Iterator[Installation]:
    with embedded_state() as env, serving(env, APPLICATION) as host:
        yield Installation(env, [host])


@pytest.fixture(scope="session")
def two_processes() -> Iterator[Installation]:
    if {"PostgreSQL", "Redis"} & set(services.missing()):
        pytest.skip("needs PostgreSQL and Redis")
    with production_state() as env, serving(env, APPLICATION) as one, serving(env, APPLICATION) as two:
        yield Installation(env, [one, two])
