"""Roles given to accounts within a scope."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.people.enums import Role, ScopeKind
from backend.people.models.known import known


class GrantQuerySet(VisibleQuerySet):
    def live(self) -> GrantQuerySet:
        return self.filter(ended_at=None)

    def visible_to(self, actor: Any) -> GrantQuerySet:
        """One's own; officers also those of their own scope and those that were given from it."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        seen = models.Q(user_id=actor.user_id) if actor.user_id else models.Q(pk=None)
        if actor.role in (Role.GROUP_SECRETARY, Role.ORGANISER) and actor.scope is not None:
            seen |= models.Q(scope_kind=actor.scope.kind, scope_key=actor.scope.key)
            seen |= models.Q(granted_in=str(actor.scope))
        return self.filter(seen)


class Grant(Row):
    """A role given to an account within a scope; ended, never deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30)
    scope_kind = models.CharField(max_length=20, default=ScopeKind.SYSTEM)
    scope_key = models.CharField(max_length=64, blank=True)
    scope_label = models.CharField(max_length=120, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    granted_in = models.CharField(max_length=90, blank=True)  # the granter's scope, "group:12"
    granted_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            known("role", Role, "grant_role_known"),
            known("scope_kind", ScopeKind, "grant_scope_kind_known"),
            models.UniqueConstraint(
                fields=["user", "role", "scope_kind", "scope_key"],
                condition=models.Q(ended_at=None),
                name="one_live_grant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.scope_kind}:{self.scope_key}"

    @property
    def scope(self) -> Ref:
        return Ref(self.scope_kind, self.scope_key, self.scope_label)
