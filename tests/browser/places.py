"""Where the browser's things are: Chromium, the front-end assets, the four sizes every page is looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.processes import ROOT

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]
SIZES = {"phone": (390, 844), "tablet": (1180, 820), "desktop": (1440, 900), "hall": (1920, 1080)}

# What browsers keep from a page that is not on https.
PLAIN_HTTP = """
for (const name of ["subtle", "randomUUID"]) Object.defineProperty(Crypto.prototype, name, { value: undefined });
"""


def vendor() -> Path:
    """The installed front-end assets with what only tests use; installs them when the lock changed."""
    env = {k: v for k, v in os.environ.items() if k != "STATE_DIR"}
    subprocess.run([sys.executable, "-m", "backend.ui.assets", "--dev"], cwd=ROOT, env=env, check=True)
    return ROOT / "var" / "vendor"
