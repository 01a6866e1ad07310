"""What every page's template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from backend.core.actor import PUBLIC
from backend.ui import registry


def page(request: HttpRequest) -> dict[str, Any]:
    """The acting person, their menu and the request id."""
    actor = getattr(request, "actor", PUBLIC)
    entries = [{"key": i.key, "label": i.label, "icon": i.icon, "url": i.url(actor)} for i in registry.menu_of(actor)]
    return {"actor": actor, "menu": entries, "request_id": getattr(request, "request_id", "")}
