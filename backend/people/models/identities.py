"""Organisations with their names, and persons."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.vault import SealedRow
from backend.people.enums import IdType, OrganisationKind, Role, ScopeKind
from backend.people.models.known import known


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
            known("kind", OrganisationKind, "organisation_kind_known"),
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


def same_person(field: str, person_id: int | None) -> models.Q:
    """Rows whose person is that one, or was recorded twice and merged into that one. field: the foreign key's path."""
    if person_id is None:
        return models.Q(pk=None)
    return models.Q(**{field: person_id}) | models.Q(**{f"{field}__merged_into": person_id})


class PersonQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> PersonQuerySet:
        """A person is seen through what they take part in; directly only by themselves and system officers."""
        if actor.role in (Role.SYS_ADMIN, "system"):
            return self
        return self.same_as(actor.person_id)

    def same_as(self, person_id: int | None) -> PersonQuerySet:
        """That person and the duplicates merged into it."""
        if person_id is None:
            return self.none()
        return self.filter(models.Q(pk=person_id) | models.Q(merged_into=person_id))


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
            known("id_type", IdType, "person_id_type_known"),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")), name="person_is_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("person", str(self.uid))

    @property
    def canonical(self) -> Person:
        """The person that counts: itself, or the one into which it was merged (never a chain)."""
        return self.merged_into or self


class OwnAccount(models.Model):
    """That a person opened an account for themselves: once, whatever becomes of it later."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="own_account")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_account")
    opened_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"own account {self.user_id}"
