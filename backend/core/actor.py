"""Who acts: a user in one role, within one scope, on one device."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from backend.core.refs import Ref


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting side of every service and selector.

    user_id: integer key of the account, None for the public and for the system.
    user_uid: the account's uid as the audit and the logs show it.
    role: one value of `backend.people.enums.Role`, or `public` / `system`.
    scope: where that role holds (`group`, `organisation`, `event`, `seat`), None for the whole system.
    device: an enrolled device's or session's short name, empty when unknown.
    person_id: integer key of the Person behind the account, if any.
    """

    role: str = "public"
    user_id: int | None = None
    user_uid: UUID | None = None
    scope: Ref | None = None
    device: str = ""
    person_id: int | None = None
    label: str = field(default="", compare=False)

    @property
    def anonymous(self) -> bool:
        return self.user_id is None and self.role == "public"

    def holds(self, role: str, kind: str = "", key: str = "") -> bool:
        """Whether the acting role is `role` in exactly that scope (no kind: in any scope)."""
        if self.role != role:
            return False
        return not kind or (self.scope is not None and self.scope.kind == kind and self.scope.key == key)

    def scope_key(self, kind: str) -> str | None:
        """The key of the acting scope when it is of that kind."""
        return self.scope.key if self.scope is not None and self.scope.kind == kind else None


PUBLIC = Actor()
SYSTEM = Actor(role="system", label="system")
