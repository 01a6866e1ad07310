"""The environment of a test process; loaded by `-p` in pyproject.toml, before anything reads the settings."""

import atexit
import os
import shutil
import tempfile

from tests.processes import link_assets

if "STATE_DIR" not in os.environ:
    os.environ["STATE_DIR"] = tempfile.mkdtemp(prefix="saixunzheng-tests-")
    link_assets(os.environ["STATE_DIR"])
    atexit.register(shutil.rmtree, os.environ["STATE_DIR"], ignore_errors=True)
os.environ.setdefault("TASKS_EAGER", "1")
os.environ.setdefault("ARGON2_MEMORY_KIB", "1024")
os.environ.setdefault("LOG_LEVEL", "ERROR")
