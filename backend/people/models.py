"""Who there is: persons, organisations, the 20 groups, memberships and roles granted in a scope."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.vault import SealedRow
from backend.people.enums import IdType, OrganisationKind, Role, ScopeKind


def _choices(field: str, values: Any, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": [str(v) for v in values]}), name=name)


class OrganisationQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> OrganisationQuerySet:
        """Officers see which organisations exist; a school sees itself, others only through events."""
        if actor.role in (Role.SYS_ADMIN, "system", Role.GROUP_SECRETARY, Role.ORGANISER):
            return self
        return self.filter(uid=actor.scope_key(ScopeKind.ORGANISATION) or None)


class Organisation(Row):
    """A school, enterprise, bureau…: a shared identity that belongs to no single group."""

    kind = models.CharField(max_length=20, default=OrganisationKind.SCHOOL)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=100, unique=True)  # the name without spaces, for matching
    short_name = models.CharField(max_length=40, blank=True)
    uscc = models.CharField(max_length=18, blank=True)
    # the city bureau through which a school reports; none: it reports to the province directly
    overseen_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="oversees")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            _choices("kind", OrganisationKind, "organisation_kind_known"),
            models.CheckConstraint(condition=~models.Q(overseen_by=models.F("pk")), name="nobody_oversees_itself"),
            models.UniqueConstraint(fields=["uscc"], condition=~models.Q(uscc=""), name="one_organisation_per_uscc"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        return Ref("organisation", str(self.uid), self.name)


class OrganisationName(models.Model):
    """A former or other recorded name; sheets that still carry it are matched, nothing is guessed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=100)
    name_key = models.CharField(max_length=100, unique=True)
    ended_on = models.DateField(null=True)  # the day from which the organisation had its present name

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> PersonQuerySet:
        """A person is seen through what they take part in; directly only by themselves and system officers."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        return self.filter(pk=actor.person_id) if actor.person_id else self.none()


class Person(Row, SealedRow):
    """An identity, one per (id type, number): what a school says for an entry stays with that entry."""

    id_type = models.CharField(max_length=20, default=IdType.RESIDENT)
    id_number_sealed = models.TextField()
    id_number_index = models.CharField(max_length=64)
    name_sealed = models.TextField()
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="person")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id_type", "id_number_index"], name="one_person_per_id_number"),
            _choices("id_type", IdType, "person_id_type_known"),
        ]

    def __str__(self) -> str:
        return f"person {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("person", str(self.uid))


class GroupQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> GroupQuerySet:
        """The groups are public."""
        return self


class Group(Row):
    """One of the 20 provincial backbone vocational education groups."""

    code = models.CharField(max_length=20, unique=True)  # public code, "12"
    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True)
    lead_school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="leads")
    major_category = models.CharField(max_length=4)  # 专业大类 code

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        return Ref("group", self.code, self.name)


class Membership(Row):
    """An organisation's dated membership of a group."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    joined_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=models.Q(ended_on=None),
                name="one_live_membership",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.group_id}"


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
            _choices("role", Role, "grant_role_known"),
            _choices("scope_kind", ScopeKind, "grant_scope_kind_known"),
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
