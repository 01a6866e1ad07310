"""`{% timeline ref %}`: who did what to a thing, in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth import get_user_model
from django.template import Context

from backend.audit.models import AuditEntry
from backend.audit.selectors import timeline_of
from backend.core.refs import Ref
from backend.ui import registry
from backend.ui.words import role_name

register = template.Library()


@register.inclusion_tag("audit/_timeline.html", takes_context=True)
def timeline(context: Context, subject: Ref, limit: int = 50) -> dict[str, Any]:
    """The acts on a thing, the newest first; the view has decided that the reader may see the thing."""
    entries = list(timeline_of(context["actor"], subject, limit))
    return {"rows": rows_of(entries)}


def rows_of(entries: list[AuditEntry]) -> list[dict[str, Any]]:
    """Entries with the words a person reads; names cost one query."""
    users = get_user_model().objects.filter(uid__in={e.user_uid for e in entries if e.user_uid})
    names: dict[Any, str] = {user.uid: user.display_name or user.account_name for user in users}
    return [
        {"at": e.at, "act": registry.act_name(e.action), "who": names.get(e.user_uid, ""), "role": role_name(e.role)}
        for e in entries
    ]
