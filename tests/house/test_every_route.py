"""Every route, tried with somebody else's things by every kind of stranger.

A route that is declared nowhere counts as private: strangers must be refused. So a new page is either refused to them,
or its author declares here that it is public, or that it shows each reader only what is theirs.
"""

from __future__ import annotations

import pytest
from django.test import Client

from tests.house.addresses import address
from tests.house.routes import Route, all_routes
from tests.house.world import SECRET_NAMES, World, world

__all__ = ["world"]
pytestmark = pytest.mark.django_db
ROUTES = all_routes()

PUBLIC = {
    "healthz",
    "readyz",
    "ui:home",
    "realtime:worker",  # a script, the same for everybody
    "ui:language",
    "accounts:sign_in",
    "accounts:sign_out",
    "accounts:card",
    "people:groups",
    "people:group",
    "people:members",
    "people:committee",
    "contests:events",
    "selection:calls",
    "selection:call",
    "selection:object",  # anybody objects during the public notice
    "selection:objection",  # whoever has the link reads the answer, not who objected
    "selection:decision",  # on public notice
    "contests:contests",
    "contests:edition",
    "registration:template",  # an empty workbook
    "contests:event",
    "judges:answer",  # whoever has the judge's own link
    "venues:calendar_by_link",  # whoever has somebody's secret calendar link
    "venues:programme",
    "venues:programme_ics",
    "venues:programme_pdf",
    "boards:board",
    "boards:screen",
    "results:results",
    "credentials:about",
    "credentials:verify",
    "api:schema",
    "api:docs",
    "api:notice",
    "api:verify",
    "api:events",
    "api:event",
    "api:event_board",
    "api:results",
}
# Public addresses that have nothing to show to whoever comes without more: they may send on or answer 404.
PUBLIC_IN_PARTS = {
    "^api/",
    "accounts:code",
    "notify:leave",
    "notify:confirm",
    "registration:own_data",
    "registration:own_account",
}
# For whoever has signed in (or holds a role): each reader meets only what is theirs.
OWN = {
    "accounts:account",
    "accounts:password",
    "accounts:second_factor",
    "accounts:sign_in_again",
    "people:role",
    "selection:new_call",
    "people:catalogues",
    "people:catalogue",
    "people:applications",
    "people:apply",  # any unit may ask any group to let it in
    "people:holders",
    "registration:own",
    "people:appoint",
    "people:organisations",
    "people:organisation",  # officers of every group know which organisations exist and keep their names right
    "people:former_name",
    "venues:calendar",
    "venues:calendar_ics",
    "venues:calendar_link",
    "judges:pool",  # the province's pool, for the officers of every group
    "judges:new_judge",
    "judges:judge",
    "people:rename",
    "notify:inbox",
    "notify:read_all",
    "documents:mine",
    "documents:accept_many",
    "notify:preferences",
    "notify:address",
    "notify:new_notice",  # the page offers what the officer may write to
    "notify:notices",  # officers write for their own scope
    "notify:templates",
    "notify:new_template",
    "credentials:certificates",
    "credentials:end_many",
    "contests:new_event",
    "registration:reviews",
    "registration:requests",
    "registration:approve_many",
    "registration:return_many",
    "contests:new_edition",
    "contests:copy_edition",  # every organiser copies the events of the own group
    "scoring:judge",
    "scoring:tablet",
    "api:desk",
    "api:marks",
}
# Any school may take part in any event: its coordinator gets in, and meets only the own school's rows.
SCHOOLS = {
    "registration:entries",
    "selection:apply",
    "registration:new_entry",
    "registration:submit_all",
    "registration:confirm_signed",
    "registration:import",
    "judges:nominations",
    "venues:bookings",
    "judges:new_nomination",
    "registration:filled",
    "registration:papers_of_many",
    "registration:workspace",
    "registration:edit_teams",
}


def answers(client: Client, route: Route, url: str) -> list[tuple[str, int, str, bytes]]:
    """(method, status, where it sends to, body) of a GET and of an empty POST."""
    kind = {"content_type": "application/json"} if route.in_api else {}
    got, posted = client.get(url), client.post(url, "{}" if route.in_api else {}, **kind)  # type: ignore[arg-type]
    return [
        (method, found.status_code, found.headers.get("Location", ""), b"" if found.streaming else found.content)
        for method, found in (("GET", got), ("POST", posted))
    ]


def is_open(route: Route, who: str) -> bool:
    """Whether this stranger may get in, to what is everybody's or their own."""
    if who.startswith("coordinator") and route.name in SCHOOLS:
        return True
    return route.name in PUBLIC | PUBLIC_IN_PARTS or (route.name in OWN and who != "anonymous")


def refused(status: int, location: str, *, anonymous: bool) -> bool:
    """404 and 403; 405 and 400 have done nothing: the empty POST was not understood; nobody is sent to sign in."""
    return status in (400, 401, 403, 404, 405) or (
        anonymous and status == 302 and location.startswith(("/sign-in/", "/card/"))
    )


def test_a_stranger_meets_nothing_of_others(world: World) -> None:
    wrong, before = [], world.states()

    for route in ROUTES:
        url = address(route, world)
        for who, actor in world.strangers.items():
            open_ = is_open(route, who)
            for method, status, location, body in answers(world.client(actor), route, url):
                read = any(name.encode() in body for name in SECRET_NAMES)
                if status >= 500 or read or not (open_ or refused(status, location, anonymous=actor is None)):
                    wrong.append(f"{who}: {method} {route.name} -> {status}{' with a name' if read else ''}")

    assert not wrong, "\n".join(wrong)
    assert world.states() == before


def test_a_public_route_answers_everybody(world: World) -> None:
    found = {
        (route.name, who): world.client(actor).get(address(route, world)).status_code
        for route in ROUTES
        if route.name in PUBLIC
        for who, actor in world.strangers.items()
    }

    assert {key: status for key, status in found.items() if status not in (200, 302, 405)} == {}


def test_a_route_is_there_for_somebody(world: World) -> None:
    dead, broken = [], []

    for route in ROUTES:
        url = address(route, world)
        found = {who: world.client(actor).get(url).status_code for who, actor in world.insiders.items()}
        broken += [f"{who}: {route.name} -> {status}" for who, status in found.items() if status >= 500]
        if route.name not in PUBLIC_IN_PARTS and not set(found.values()) & {200, 302, 405, 409}:
            dead.append(f"{route.name}: {found}")

    assert not dead + broken, "\n".join(dead + broken)


def test_the_declared_lists_do_not_contradict_each_other() -> None:
    assert set() == PUBLIC & OWN
    assert set() == PUBLIC_IN_PARTS & (PUBLIC | OWN)


def test_the_schema_names_every_route_of_the_api(client: Client) -> None:
    documented = client.get("/api/v1/schema/?format=json").json()["paths"]
    served = {r.pattern for r in ROUTES if r.in_api and r.name not in ("^api/", "api:schema", "api:docs")}

    assert len(documented) == len(served)


def test_every_link_of_the_workbench_leads_somewhere(world: World) -> None:
    client = world.client(world.insiders["organiser"])
    pages = client.get(f"/events/{world.event.code}/workbench/").context["pages"]

    found = {url: client.get(url).status_code for url, _label in pages}

    assert {url: status for url, status in found.items() if status not in (200, 302)} == {}


def test_no_two_pages_share_an_address() -> None:
    patterns = [route.pattern for route in ROUTES]

    assert sorted({p for p in patterns if patterns.count(p) > 1}) == []
