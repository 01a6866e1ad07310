"""What every page's template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from backend.core.actor import PUBLIC, Actor
from backend.ui import registry
from backend.ui.words import role_name


def page(request: HttpRequest) -> dict[str, Any]:
    """The acting person, their menu and the request id; fragments that show no menu pay nothing for it."""
    actor = getattr(request, "actor", PUBLIC)
    return {
        "actor": actor,
        "acting": SimpleLazyObject(lambda: acting(actor)),
        "menu": SimpleLazyObject(lambda: entries(actor, request.path)),
        "request_id": getattr(request, "request_id", ""),
    }


def acting(actor: Actor) -> str:
    """In which role somebody acts, and where."""
    where = actor.scope.label if actor.scope else ""
    return f"{role_name(actor.role)} · {where}" if where else role_name(actor.role)


def entries(actor: Actor, path: str) -> list[dict[str, Any]]:
    """The actor's menu; the entry with the longest address that begins this page's is the current one."""
    found = [
        {"key": i.key, "label": i.label, "icon": i.icon, "url": i.url(actor), "count": i.count(actor)}
        for i in registry.menu_of(actor)
    ]
    inside = [e for e in found if path == e["url"] or (e["url"] != "/" and path.startswith(str(e["url"])))]
    current = max(inside, key=lambda e: len(str(e["url"])), default=None)
    return [{**e, "current": e is current} for e in found]
