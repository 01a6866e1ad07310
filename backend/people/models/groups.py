"""The 20 groups: what they are and who belongs to them."""

from __future__ import annotations

from typing import Any

from django.db import models

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from backend.people.enums import LegalForm
from backend.people.models.identities import Organisation
from backend.people.models.known import known


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
    founded_on = models.DateField(null=True)
    legal_form = models.CharField(max_length=30, default=LegalForm.NONE)
    charter_title = models.CharField(max_length=120, blank=True)  # 章程; the document itself hangs on the group's Ref
    charter_number = models.CharField(max_length=60, blank=True)
    charter_adopted_on = models.DateField(null=True)
    contact = models.CharField(max_length=200, blank=True)  # of the secretariat as an office, public

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [known("legal_form", LegalForm, "group_legal_form_known")]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        return Ref("group", self.code, self.name)
