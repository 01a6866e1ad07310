"""`python -m tests.browser.screens FOLDER URL…`: pictures at the four sizes; COOKIE=name=value signs in."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import services
from tests.browser.places import FLAGS, SIZES


def main(folder: Path, urls: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name, _, value = os.environ.get("COOKIE", "").partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=services.CHROMIUM, args=FLAGS)
        for size, (width, height) in SIZES.items():
            context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
            if name:
                context.add_cookies([{"name": name, "value": value, "url": urls[0]}])
            page = context.new_page()
            for url in urls:
                page.goto(url, wait_until="networkidle")
                words = re.sub(r"\W+", "-", url.split("//", 1)[1].partition("/")[2]).strip("-") or "first"
                page.screenshot(path=folder / f"{words}.{size}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
