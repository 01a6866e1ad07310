"""Shared ground of the tests: small factories (the environment is set by tests/environment.py)."""

from tests.factories import *  # noqa: F403
