"""The columns of the yearly report."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.core.refs import Ref
from backend.people.models import StatisticColumn
from backend.people.permissions import may_set_statistics
from backend.people.selectors.statistics import SOURCES, Heading


@transaction.atomic
def set_statistic_columns(*, actor: Actor, year: int, sheet: str, headings: Sequence[Heading]) -> None:
    """Give a year's list its columns in this order; they hold until a later year has its own.

    Raises Invalid for no column, an unknown source or one that stands twice.
    """
    require(may_set_statistics(actor))
    sources = [heading.source for heading in headings]
    if not headings or len(set(sources)) != len(sources) or set(sources) - set(SOURCES[sheet]):
        raise Invalid({sheet: _("Choose at least one column, each once.")})
    StatisticColumn.objects.filter(year=year, sheet=sheet).delete()
    StatisticColumn.objects.bulk_create(
        StatisticColumn(year=year, sheet=sheet, position=n, title=heading.title, source=heading.source)
        for n, heading in enumerate(headings, 1)
    )
    subject = Ref("statistics", str(year), str(year))
    audit.record(actor=actor, action="statistics.columns", subject=subject, sheet=sheet, columns=sources)
