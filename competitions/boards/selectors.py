"""Questions that boards ask about a round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.db.models.fields.json import KeyTextTransform

from backend.core.actor import SYSTEM, Actor
from backend.core.errors import NotFound
from competitions.boards.models import BoardSettings
from competitions.contests.models import Event, Round
from competitions.draw.models import Work
from competitions.results.models import Publication
from competitions.scoring.models import Scheme, Sheet


@dataclass(frozen=True, slots=True)
class Line:
    """A work with its stored totals. total: as results/1 writes it, None while incomplete.

    partial: points so far. keys: what the asked ranking keys are so far, as text.
    """

    code: str
    status: str
    total: str | None
    partial: Decimal
    done: int
    all: int
    keys: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Of a round's sheets and works: how many are done, how many there are."""

    sheets_done: int
    sheets_all: int
    works_done: int
    works_all: int

    @property
    def permille(self) -> int:
        return self.sheets_done * 1000 // self.sheets_all if self.sheets_all else 0


def board_round(code: str) -> Round:
    """The round of a topic's event with all that boards ask of it, in one query.

    The topic's builder sees everything and shows what the mode allows.
    """
    known = Event.objects.visible_to(SYSTEM).filter(code=code)
    related = ("event__edition", "event__leading_group", "event__rule_set", "board")
    found = Round.objects.filter(event__in=known).select_related(*related).order_by("number").first()
    if found is None:
        raise NotFound
    return found


def round_of(event: Event) -> Round:
    """The round that the event's boards are about: its first."""
    found = event.rounds.order_by("number").first()
    if found is None:
        raise NotFound
    return found


def settings_of(actor: Actor, shown: Round) -> BoardSettings:
    """What the organiser decided, or the default (not saved)."""
    return BoardSettings.objects.visible_to(actor).filter(round=shown).first() or BoardSettings(round=shown)


def board_settings(shown: Round) -> BoardSettings:
    """The same for the board itself, as `board_round` brought it along."""
    found: BoardSettings | None = getattr(shown, "board", None)
    return found or BoardSettings(round=shown)


def lines_of(shown: Round, keys: Sequence[str] = ()) -> list[Line]:
    """Every work of the round in code order: one query over stored totals, never over marks.

    keys: criteria that the ranking asks for besides the total; nothing else is unpacked, works may be thousands.
    """
    rows = Work.objects.filter(round=shown).values_list(
        "code",
        "status",
        "totals__total",
        "totals__partial",
        "totals__sheets_done",
        "totals__sheets_all",
        *(KeyTextTransform(key, "totals__by_criterion") for key in keys),
    )
    return [
        Line(code, status, total, partial or Decimal(0), done or 0, every or 0, tuple(values))
        for code, status, total, partial, done, every, *values in rows
    ]


def criteria_so_far(shown: Round, codes: Sequence[str]) -> dict[str, dict[str, str]]:
    """Work -> criterion -> points so far, for those works only."""
    rows = Work.objects.filter(round=shown, code__in=codes).values_list("code", "totals__by_criterion")
    return {code: by or {} for code, by in rows}


def unresolved_of(shown: Round) -> dict[str, list[str]]:
    """Work -> aspects that its panel must settle, for the works that have any."""
    rows = Work.objects.filter(round=shown, totals__isnull=False).exclude(totals__unresolved=[])
    return dict(rows.values_list("code", "totals__unresolved"))


def first_codes(shown: Round, limit: int) -> list[str]:
    """The first works in code order."""
    return list(Work.objects.filter(round=shown).values_list("code", flat=True)[:limit])


def counts_of(shown: Round) -> Counts:
    """Sheets and works of the round, from the stored totals."""
    found = Work.objects.filter(round=shown).aggregate(
        done=Sum("totals__sheets_done"),
        every=Sum("totals__sheets_all"),
        works=Count("pk"),
        ended=Count("pk", filter=~Q(totals__total=None)),
    )
    return Counts(found["done"] or 0, found["every"] or 0, found["ended"], found["works"])


def due_boards(at: datetime) -> list[BoardSettings]:
    """Boards whose freeze has come and whose standing is not kept yet, locked."""
    due = BoardSettings.objects.select_for_update(of=("self",)).filter(freeze_from__lte=at, frozen__isnull=True)
    return list(due.select_related("round__event").order_by("pk"))


def end_of(shown: Round) -> datetime | None:
    """When the round's last session ends."""
    ends: datetime | None = shown.sessions.aggregate(last=Max("ends_at"))["last"]
    return ends


def scheme_of(shown: Round) -> Scheme | None:
    """The scheme that judges score with; boards need its criteria, not its thousand nodes."""
    return shown.schemes.filter(state="locked").only("round_id", "criteria").first()


def publication_of(shown: Round) -> Publication | None:
    """The newest publication."""
    return shown.publications.order_by("-number").first()


def cells_of(shown: Round, codes: list[str]) -> dict[tuple[str, str], tuple[int, int]]:
    """(work, criterion) -> (sheets submitted, sheets in all), for those works only."""
    rows: Any = (
        Sheet.objects.live()
        .filter(work__round=shown, work__code__in=codes)
        .order_by()
        .values_list("work__code", "sub_criterion__criterion")
        .annotate(done=Count("pk", filter=Q(state="submitted")), every=Count("pk"))
    )
    return {(code, criterion): (done, every) for code, criterion, done, every in rows}
