"""What a round's public board shows."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.models import Row, VisibleQuerySet
from backend.core.refs import Ref
from competitions.boards.enums import BoardMode
from competitions.contests.models import Event, Round


class BoardSettingsQuerySet(VisibleQuerySet):
    def visible_to(self, actor: Any) -> BoardSettingsQuerySet:
        """What a board shows is known to whoever may know of its event."""
        return self.filter(round__event__in=Event.objects.visible_to(actor))


class BoardSettings(Row):
    """One row a round, made when its organiser first decides; without it the board shows progress only."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="board")
    mode = models.CharField(max_length=10, default=BoardMode.PROGRESS)
    page_size = models.PositiveSmallIntegerField(default=8)  # rows at once on the hall's screen

    freeze_from = models.DateTimeField(null=True)  # 封榜: from then on the public board keeps its standing
    frozen = models.JSONField(null=True)  # the kept standing by mode; nothing is kept before the moment comes

    objects = BoardSettingsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=[str(m) for m in BoardMode]), name="board_mode_known"),
            models.CheckConstraint(
                condition=Q(frozen__isnull=True) | Q(freeze_from__isnull=False), name="kept_standing_has_its_moment"
            ),
            models.CheckConstraint(condition=Q(page_size__gte=1, page_size__lte=12), name="board_page_fits_the_screen"),
        ]

    def __str__(self) -> str:
        return f"board of {self.round_id}: {self.mode}"

    @property
    def ref(self) -> Ref:
        return Ref("board", str(self.uid))
