"""Shared ground of the tests: an own state folder, eager tasks, small factories."""

import os
import tempfile

os.environ.setdefault("STATE_DIR", tempfile.mkdtemp(prefix="saixunzheng-tests-"))
os.environ.setdefault("TASKS_EAGER", "1")
os.environ.setdefault("ARGON2_MEMORY_KIB", "1024")
os.environ.setdefault("LOG_LEVEL", "ERROR")

from tests.factories import *  # noqa: F403
