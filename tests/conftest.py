"""Shared ground of the tests: small factories (the environment is set by tests/environment.py)."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import translation

from backend.core import triggers
from tests.factories import *  # noqa: F403


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Races need two writers: on SQLite they are not chosen (`make test` runs them on PostgreSQL)."""
    if connection.vendor == "postgresql":
        return
    races = [item for item in items if item.get_closest_marker("postgres_only")]
    if races:
        config.hook.pytest_deselected(items=races)
        items[:] = [item for item in items if item not in races]


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """Each test starts in Chinese: a request in English would leave its language in the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def _append_only_tables_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test with real commits the tables are flushed, which installs the triggers again."""
    marker = request.node.get_closest_marker("django_db")
    transactional = bool(marker and marker.kwargs.get("transaction"))
    if transactional:
        request.getfixturevalue("transactional_db")
    yield
    if transactional:
        triggers.drop()
