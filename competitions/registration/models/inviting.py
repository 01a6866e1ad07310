"""Links by which a contestant completes their own data once, and what guardians agreed to."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.core.vault import SealedRow
from competitions.registration.enums import Relation
from competitions.registration.models.entries import Entry, Member


class _OfMemberQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> _OfMemberQuerySet:
        """Seen by whoever sees the entry."""
        return self.filter(member__entry__in=Entry.objects.visible_to(actor))


class Invitation(Row):
    """A link for one member; only a digest of its secret is kept. It works once, until it expires or is replaced."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitations")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by_uid = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = _OfMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(used_at=None, ended_at=None), name="one_live_invitation_per_member"
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.uid}"

    @property
    def ref(self) -> Ref:
        return Ref("invitation", str(self.uid))


class GuardianConsent(Row, SealedRow):
    """That a minor's guardian agreed: who, as what, when, and to exactly which text. Given again, the older one ends.

    text_sha256: of the text as it was shown, in text_language.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="consents")
    guardian_sealed = models.TextField()
    phone_sealed = models.TextField()
    relation = models.CharField(max_length=20)
    text_version = models.CharField(max_length=20)
    text_language = models.CharField(max_length=10)
    text_sha256 = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = _OfMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=[str(r) for r in Relation]), name="guardian_relation_known"
            ),
            models.UniqueConstraint(fields=["member"], condition=Q(ended_at=None), name="one_consent_per_member"),
        ]

    def __str__(self) -> str:
        return f"consent {self.uid}"
