"""Official classifications as tables with an edition: majors of vocational education, industries of the economy."""

from __future__ import annotations

from typing import Any

from django.db import models

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.people.enums import CatalogueKind
from backend.people.models.known import known


class CatalogueQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> CatalogueQuerySet:
        """Catalogues are published documents."""
        return self


class Catalogue(Row):
    """One edition of a classification; a sample serves until a system officer imports the document itself."""

    kind = models.CharField(max_length=12)
    edition = models.CharField(max_length=20)  # as the document says: "2021", "GB/T 4754-2017"
    title = models.CharField(max_length=100)
    source = models.CharField(max_length=200, blank=True)
    sample = models.BooleanField(default=False)
    imported_at = models.DateTimeField()

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "sample", "-edition"]
        constraints = [
            known("kind", CatalogueKind, "catalogue_kind_known"),
            models.UniqueConstraint(fields=["kind", "edition", "sample"], name="one_catalogue_per_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.edition}"

    @property
    def ref(self) -> Ref:
        return Ref("catalogue", str(self.uid), f"{self.title} {self.edition}"[:120])


class CatalogueItem(models.Model):
    """One line of a catalogue. level: 1 is the widest; parent_code: of the line it belongs to, "" at level 1."""

    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    level = models.PositiveSmallIntegerField()
    parent_code = models.CharField(max_length=10, blank=True)
    position = models.PositiveIntegerField()  # as the document orders them

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["catalogue", "code"], name="one_catalogue_item_per_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
