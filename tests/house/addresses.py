"""The address of a route in the world of the house's tests: which row stands behind its `uid` and its words."""

from __future__ import annotations

from tests.house.routes import Route
from tests.house.rows import PAPER
from tests.house.world import World

# The row behind `uid`, by how the address begins; `uid` of anything else fails, so that it is added here.
UID_KINDS = {
    "account/sessions/": "sign_in",
    "people/": "grant",
    "organisations/": "organisation",
    "offices/": "office",
    "catalogues/": "catalogue",
    "persons/merges/": "merge",
    "committees/": "committee",
    "members/": "member",
    "memberships/": "application",
    "inbox/": "note",
    "documents/": "document",
    "notices/templates/": "template",
    "notices/": "notice",
    "certificates/": "credential",
    "editions/": "edition",
    "calls/": "call",
    "applications/": "submission",
    "experts/": "expert",
    "objections/": "objection",
    "decisions/": "decision",
    "quotas/": "adjustment",
    "entries/": "entry",
    "replacements/": "substitution",
    "withdrawals/": "withdrawal",
    "cards/": "card",
    "entry-objections/": "entry_objection",
    "imports/": "import",
    "schemes/": "scheme",
    "works/": "work",
    "panels/": "panel",
    "judges/": "judge",
    "places/": "place",
    "seats/": "seat",
    "tallies/": "tally",
    "publications/": "publication",
    "api/v1/judge/sheets/": "sheet",
    "events/<str:event_code>/sessions/": "session",
    "events/<str:event_code>/scoring/sheets/": "sheet",
    "events/<str:event_code>/scoring/seats/": "seat",
}
VERBS = {
    "registration:decide_replacement": "refuse",
    "registration:decide_withdrawal": "refuse",
    "contests:step": "open",
    "people:move_application": "withdraw",
    "people:decide_merge": "refuse",
    "selection:step": "cancel",
    "selection:application_step": "withdraw",
}


def address(route: Route, world: World) -> str:
    kinds = [kind for start, kind in UID_KINDS.items() if route.pattern.lstrip("^").startswith(start)]
    values = {
        "event_code": world.event.code,
        "code": world.event.leading_group.code,
        "topic": f"board:{world.event.code}",
        "token": world.uids["token"],
        "kept": world.uids["marked"],
        "purpose": "join",
        "year": "2026",
        "sheet": "members",
        "verb": VERBS.get(route.name, ""),
        "position": "1",
        "number": "1",
        "duty": "chief",
        "word": world.uids["judge_word"],
        "calendar_word": world.uids["calendar_word"],
        "holder_kind": "person",
        "kind": PAPER,
        "audience": "event.coordinators",
    } | ({"uid": world.uids[kinds[0]]} if kinds else {})
    values |= {f"{kind}_uid": uid for kind, uid in world.uids.items()}
    return route.address(values)
