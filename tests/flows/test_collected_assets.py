"""The assets as a web server in front would serve them: collected, named by their content, every reference whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.core.management import call_command
from django.test import Client

from backend.accounts.models import User
from competitions.contests.models import Event
from tests.browser.routes import pages
from tests.factories import signed_in

pytestmark = pytest.mark.django_db
IN_PAGE = re.compile(r"""(?:src|href|data-[a-z-]+)=["'](/static/[^"'#]+)""")
IN_STYLE = re.compile(r"""url\(["']?([^"')#?]+)""")
IN_MODULE = re.compile(
    r"""(?:^|[;}\n])\s*(?:import|export)\b[^;"']*?["'](\.{1,2}/[^"']+)["']"""
    r"""|import\(["'](\.{1,2}/[^"']+)["']\)"""
)
UNUSED = ["ext"]  # extensions of htmx that no page loads; they import by names that only a bundler resolves


class ByContent(ManifestStaticFilesStorage):
    """Names carry the hash of the content; ES modules import each other by these names."""

    support_js_module_import_aggregation = True


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collected once; a style sheet or module that names a missing file stops it."""
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("collected")
    with override_settings(STATIC_ROOT=folder, STORAGES=_storages()):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    return folder


def _storages() -> dict[str, Any]:
    from django.conf import settings

    own = {"BACKEND": "tests.flows.test_collected_assets.ByContent"}
    return {**settings.STORAGES, "staticfiles": own}


@pytest.fixture
def served(collected: Path, settings: Any) -> Iterator[Path]:
    """Pages are written with the collected names."""
    settings.STATIC_ROOT, settings.STORAGES = collected, _storages()
    yield collected


def references(file: Path, folder: Path) -> list[str]:
    """Paths below the folder that a style sheet or a module asks for."""
    pattern = {".css": IN_STYLE, ".js": IN_MODULE}.get(file.suffix)
    if pattern is None:
        return []
    here = f"/static/{file.relative_to(folder).as_posix()}"
    named = ["".join(found) if isinstance(found, tuple) else found for found in pattern.findall(file.read_text())]
    return [urljoin(here, name) for name in named if not name.startswith(("data:", "http:", "https:", "%23"))]


def gone(addresses: set[str], folder: Path) -> set[str]:
    """Addresses that no collected file answers, and what those files ask for in their turn."""
    missing, seen, waiting = set(), set(), set(addresses)
    while waiting:
        address = waiting.pop()
        seen.add(address)
        file = folder / unquote(urlsplit(address).path.removeprefix("/static/"))
        if not file.is_file():
            missing.add(address)
            continue
        waiting |= set(references(file, folder)) - seen
    return missing


def test_every_page_finds_its_collected_assets(served: Path, make_event: Any, client: Client) -> None:
    event: Event = make_event(state="scoring")
    organiser = signed_in("asset-organiser", "organiser", "group", event.leading_group.code)
    chief = signed_in("asset-chief", "chief_judge", "event", event.code)
    asked: dict[str, str] = {}

    for actor in (None, organiser, chief):
        if actor is not None:
            client.force_login(User.objects.get(pk=actor.user_id))
        for path in pages(event.code):
            answer = client.get(path)
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                asked |= dict.fromkeys(IN_PAGE.findall(answer.content.decode()), path)

    assert len(asked) > 10
    assert {address: asked.get(address) for address in gone(set(asked), served)} == {}
    assert [a for a in asked if not re.search(r"\.[0-9a-f]{12}\.", a)] == []


def test_modules_import_each_other_by_their_collected_names(served: Path) -> None:
    start = staticfiles_storage.url("scoring/judge-desk.js")

    modules, waiting = set(), {start}
    while waiting:
        address = waiting.pop()
        modules.add(address)
        waiting |= set(references(served / address.removeprefix("/static/"), served)) - modules

    assert len(modules) > 15
    assert [m for m in modules if not re.search(r"\.[0-9a-f]{12}\.js$", m)] == []
    assert gone(modules, served) == set()


def test_a_missing_reference_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\n')
    (tmp_path / "b.js").write_text('export { c } from "../c.js"; const d = await import("./d.js");\n')
    (tmp_path / "e.css").write_text('body { background: url("f.png") }')

    assert gone({"/static/a.js", "/static/e.css"}, tmp_path) == {"/c.js", "/static/d.js", "/static/f.png"}
