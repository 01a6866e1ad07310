"""The environment of a test process; loaded by `-p` in pyproject.toml, before anything reads the settings."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "STATE_DIR" not in os.environ:
    os.environ["STATE_DIR"] = tempfile.mkdtemp(prefix="saixunzheng-tests-")
    vendor = Path(__file__).parents[1] / "var" / "vendor"
    if vendor.exists():  # assets and fonts are installed once, by `make install-dev`
        (Path(os.environ["STATE_DIR"]) / "vendor").symlink_to(vendor)
    atexit.register(shutil.rmtree, os.environ["STATE_DIR"], ignore_errors=True)
os.environ.setdefault("TASKS_EAGER", "1")
os.environ.setdefault("ARGON2_MEMORY_KIB", "1024")
os.environ.setdefault("LOG_LEVEL", "ERROR")
