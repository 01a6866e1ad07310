"""The issuing office: frozen facts, serial numbers and what became of them."""

from __future__ import annotations

from typing import Any

from django.db import models

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.states import Lifecycle
from backend.core.vault import SealedRow
from backend.people.models import Person, same_person

CREDENTIAL = Lifecycle("credential", {("valid", "revoke"): "revoked", ("valid", "replace"): "replaced"})


class CredentialQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> CredentialQuerySet:
        """The holder; the issuing group; system officers. Everybody else verifies by token."""
        if actor.role in ("sys_admin", "system"):
            return self
        if actor.role == "group_secretary":
            return self.filter(issuer_key=actor.scope_key("group"))
        if actor.role == "organiser" and actor.scope_key("event"):
            return self.filter(event_code=actor.scope_key("event"))
        if actor.role == "organiser":
            return self.filter(issuer_key=actor.scope_key("group"))
        return self.filter(same_person("holder", actor.person_id)) if actor.person_id else self.none()


class Serial(models.Model):
    """The next six-digit number of an issuer in a year; its row is locked while a number is taken."""

    issuer_key = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer_key", "year"], name="one_serial_per_year")]

    def __str__(self) -> str:
        return f"{self.issuer_key} {self.year}"


class Credential(Row, SealedRow):
    """One certificate: what was true when it was issued, frozen; it never asks where the facts came from."""

    token = models.CharField(max_length=40, unique=True)  # in /verify/<token>, random, never the serial
    kind = models.CharField(max_length=30, default="award")
    issuer_key = models.CharField(max_length=40)
    issuer_name = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=40)  # printed, such as 12-2026-000417
    holder = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="credentials")
    holder_name_sealed = models.TextField()
    facts_sealed = models.TextField()  # canonical JSON with the names of team mates and instructors
    public_facts = models.JSONField()  # title, award, event, contest, school, date: nothing personal
    facts_sha256 = models.CharField(max_length=64)
    rests_on_kind = models.CharField(max_length=40)
    rests_on_key = models.CharField(max_length=64)
    event_code = models.CharField(max_length=40, blank=True, db_index=True)
    claim_key = models.CharField(max_length=120)  # who gets what for what: the same claim is never issued twice
    state = models.CharField(max_length=10, default="valid")
    issued_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    replaced_by = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaces")

    objects = CredentialQuerySet.as_manager()

    class Meta:
        constraints = [
            CREDENTIAL.check(),
            models.UniqueConstraint(fields=["issuer_key", "year", "serial"], name="one_certificate_per_serial"),
            models.UniqueConstraint(
                fields=["claim_key"],
                condition=models.Q(state="valid"),
                name="one_valid_certificate_per_claim",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def ref(self) -> Ref:
        return Ref("credential", str(self.uid), self.number)
