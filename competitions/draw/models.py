"""From identity to code: the code tables live apart from the entries."""

from __future__ import annotations

from django.db import models

from backend.core.models import Row
from backend.core.refs import Ref
from backend.core.vault import SealedRow
from competitions.contests.models import Round
from competitions.judges.models import Panel


class CodeLayer(Row):
    """One layer of anonymity of a round: 1 gives entries their entry code, the next gives that code a new one."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="code_layers")
    number = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by_uid = models.UUIDField(null=True)
    table_sha256 = models.CharField(max_length=64)  # over the canonical table, for comparison at decoding

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_layer_per_number")]

    def __str__(self) -> str:
        return f"layer {self.number} of {self.round_id}"


class CodeMapping(Row, SealedRow):
    """One line of a layer: both codes encrypted; only draw's own decoding service joins layers."""

    layer = models.ForeignKey(CodeLayer, on_delete=models.PROTECT, related_name="mappings")
    from_index = models.CharField(max_length=64)  # blind index of the code (or entry uid) it starts from
    from_sealed = models.TextField()
    to_index = models.CharField(max_length=64)
    to_sealed = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["layer", "from_index"], name="one_code_per_source"),
            models.UniqueConstraint(fields=["layer", "to_index"], name="one_source_per_code"),
        ]

    def __str__(self) -> str:
        return f"mapping {self.uid}"


class Work(Row):
    """What judges meet: a 作品码 of a round; created in code order, knows no entry.

    status: `competed`, `absent`, `withdrawn`, `disqualified`, `zeroed` as in formats.md.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="works")
    panel = models.ForeignKey(Panel, null=True, on_delete=models.PROTECT, related_name="works")
    code = models.CharField(max_length=10)
    status = models.CharField(max_length=14, default="competed")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="one_work_per_code"),
            models.CheckConstraint(
                condition=models.Q(status__in=["competed", "absent", "withdrawn", "disqualified", "zeroed"]),
                name="work_status_known",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> Ref:
        return Ref("work", str(self.uid), self.code)
