"""Shared ground of the tests: small factories (the environment is set by tests/environment.py)."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.factories import *  # noqa: F403


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """Each test starts in Chinese: a request in English would leave its language in the thread."""
    with translation.override("zh-hans"):
        yield
