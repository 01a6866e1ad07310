"""Every page and list costs the same number of queries at 1 row and at 30."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.house.addresses import address
from tests.house.growth import grow
from tests.house.routes import Route, all_routes
from tests.house.world import World, world

__all__ = ["world"]
pytestmark = pytest.mark.django_db
READERS = ("expert", "organiser", "secretary", "judge", "chief judge", "coordinator", "contestant", "system officer")
# Not lists: what they do depends on more than how many rows there are.
LEFT_OUT = {"^api/", "api:schema", "ui:language", "registration:marked", "credentials:download"}


def queries(client: Client, url: str) -> int | None:
    """How many queries a GET costs once everything is warm; None when there is no page."""
    cache.clear()
    if client.get(url).status_code != 200:
        return None
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


def more(one: int | None, many: int | None) -> bool:
    """Fewer is no fault: a to-do item may be gone by then."""
    return one is not None and many is not None and many > one


def test_no_page_asks_more_often_because_there_is_more(world: World) -> None:
    pages: list[tuple[str, Route]] = [
        (reader, route) for reader in READERS for route in all_routes() if route.name not in LEFT_OUT
    ]
    clients = {reader: world.client(world.insiders[reader]) for reader in READERS}
    reachable = [(reader, route) for reader, route in pages if route.name != "accounts:sign_out"]
    before = {(reader, r.name): queries(clients[reader], address(r, world)) for reader, r in reachable}
    grow(world)

    after = {(reader, r.name): queries(clients[reader], address(r, world)) for reader, r in reachable}

    grown = {key: (before[key], after[key]) for key in before if more(before[key], after[key])}
    assert not grown, "\n".join(f"{name} ({reader}): {one} -> {many}" for (reader, name), (one, many) in grown.items())
