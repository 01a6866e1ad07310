"""What becomes a note by itself."""

from __future__ import annotations

from typing import Any

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.refs import Ref
from backend.notify import services
from backend.people.models import MembershipApplication


def tell_of_a_role(*, user: User, role: str, scope: Ref, actor: Actor, **_: Any) -> None:
    """Somebody got a role from somebody else."""
    if actor.user_id != user.pk:
        services.send_note(
            recipients=[user], kind="role.given", params={"role": role, "where": scope.label}, link="/role/"
        )


def tell_of_a_decision(*, application: MembershipApplication, verb: str, **_: Any) -> None:
    """The secretariat answered an application: whoever submitted it hears of it."""
    if verb in ("accept", "return", "refuse") and application.submitted_by is not None:
        services.send_note(
            recipients=[application.submitted_by],
            kind=f"membership.{verb}",
            params={"group": application.group.name},
            link=f"/memberships/{application.uid}/",
        )
