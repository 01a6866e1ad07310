"""Tallies, signatures and numbered publications."""

from __future__ import annotations

from django.db import models

from backend.core.models import Row
from backend.core.refs import Ref
from competitions.contests.models import Round


class Tally(Row):
    """A round's tabulation/1 document and the results/1 computed from it, on codes; what is signed is its hash."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="tallies")
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()
    document_sha256 = models.CharField(max_length=64)
    results = models.JSONField()
    results_sha256 = models.CharField(max_length=64)
    complete = models.BooleanField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # superseded by a newer tally

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="one_tally_per_number"),
            models.UniqueConstraint(fields=["round"], condition=models.Q(ended_at=None), name="one_live_tally"),
        ]

    def __str__(self) -> str:
        return f"tally {self.number} of {self.round_id}"

    @property
    def ref(self) -> Ref:
        return Ref("tally", str(self.uid), f"#{self.number}")


class Signature(Row):
    """A person's signature under a tally's hash, given with the password entered again."""

    tally = models.ForeignKey(Tally, on_delete=models.PROTECT, related_name="signatures")
    duty = models.CharField(max_length=12)  # chief | supervisor
    user_uid = models.UUIDField()
    signed_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    device_index = models.CharField(max_length=64, blank=True)  # tells two devices apart, names neither; "": not asked

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tally", "duty"], name="one_signature_per_duty"),
            models.UniqueConstraint(fields=["tally", "user_uid"], name="two_signers_are_two_people"),
            models.UniqueConstraint(
                fields=["tally", "device_index"],
                condition=~models.Q(device_index=""),
                name="two_signers_use_two_devices",
            ),
            models.CheckConstraint(condition=models.Q(duty__in=["chief", "supervisor"]), name="signature_duty_known"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} under {self.tally_id}"


class Publication(Row):
    """A numbered immutable snapshot of decoded results; a correction is the next number."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField()
    tally = models.ForeignKey(Tally, on_delete=models.PROTECT, related_name="publications")
    snapshot = models.JSONField()  # rows: rank, code, school, names, total, award
    snapshot_sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by_uid = models.UUIDField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_publication_per_number")]

    def __str__(self) -> str:
        return f"publication {self.number}"

    @property
    def ref(self) -> Ref:
        return Ref("publication", str(self.uid), f"#{self.number}")
