"""Who acts in a request: the one place where pages and interfaces ask."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from backend.core.actor import Actor
from backend.core.errors import NotAllowed


def acting(request: Any) -> Actor:
    """The actor that the middleware put there. request: Django's, or the interface's around it."""
    actor: Actor = request.actor
    return actor


def signed_in(request: Any) -> Actor:
    """The same for pages of the signed-in; NotAllowed shows visitors the way to sign in."""
    actor = acting(request)
    if actor.user_id is None:
        raise NotAllowed(_("Sign in first."), link=f"/sign-in/?next={request.path}")
    return actor
