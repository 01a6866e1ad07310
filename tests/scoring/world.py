"""A round that is being scored: works, one panel of three judges with its recorder, the real CIS scheme."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.people.models import Grant
from backend.people.selectors import actor_for
from competitions.contests.models import Event, Round
from competitions.draw.models import Work
from competitions.judges.models import Panel, Seat
from competitions.scoring import services
from competitions.scoring.models import Aspect, Sheet

SAMPLE = Path(__file__).parents[1] / "fixtures" / "worldskills-cis-scheme.xlsx"
RULES: dict[str, Any] = {
    "team": {
        "contestants": 3,
        "contestants_min": 3,
        "instructors_max": 2,
        "leaders_max": 1,
        "teams_per_school_max": 2,
    },
    "age": {"max": 25, "on": "2026-05-01"},
    "anonymisation": {"layers": 2},
    "judging": {"judges_per_panel": 3, "max_spread": 1, "round": {"digits": 2, "mode": "half_up"}},
    "scheme": {"total": "100"},
    "result": {
        "round": {"digits": 2, "mode": "half_up"},
        "ranking": {"by": [["total", "desc"], ["A", "desc"]], "style": "competition"},
        "awards": {"tiers": [{"code": "first", "name": "一等奖", "ratio": "0.50"}]},
    },
    "certificate": {"title": "获奖证书"},
}


@dataclass
class Hall:
    """Everything a scoring test needs at hand."""

    event: Event
    round: Round
    works: list[Work]
    judges: list[Actor]
    seats: list[Seat]
    chief: Actor
    aspects: dict[str, Aspect] = field(default_factory=dict)

    def sheet(self, judge: int, work: int = 0, sub: str = "A1") -> Sheet:
        return Sheet.objects.get(seat=self.seats[judge], work=self.works[work], sub_criterion__code=sub)

    def tap(self, judge: int, aspect: str, value: str | None, work: int = 0, **fields: Any) -> services.Verdict:
        """One tap of a judge on an aspect; its sheet is found by the aspect's sub-criterion."""
        found = self.aspects[aspect]
        sheet = self.sheet(judge, work, found.sub_criterion.code)
        item = services.MarkItem(
            client_id=fields.get("client_id", uuid4()),
            sheet=sheet.uid,
            aspect=found.uid,
            value=None if value is None else Decimal(value),
        )
        return services.record_marks(actor=fields.get("actor", self.judges[judge]), items=[item])[0]


def seated(panel: Panel, number: int, records: bool = False) -> tuple[Seat, Actor]:
    user = User.objects.create_user(f"judge-{panel.pk}-{number}")
    seat = Seat.objects.create(panel=panel, number=number, records=records, user=user)
    Grant.objects.create(user=user, role="judge", scope_kind="seat", scope_key=str(seat.uid))
    return seat, actor_for(user)


def chief_of(event: Event) -> Actor:
    user = User.objects.create_user(f"chief-{event.code}", "correct-horse-9")
    Grant.objects.create(user=user, role="chief_judge", scope_kind="event", scope_key=event.code)
    return actor_for(user)


def hall(event: Event, codes: tuple[str, ...] = ("B17", "C02"), judges: int = 3) -> Hall:
    """A drawn event becomes a scoring one."""
    round = event.rounds.get()
    panel = Panel.objects.create(round=round, name="A")
    pairs = [seated(panel, n, records=n == 1) for n in range(1, judges + 1)]
    works = [Work.objects.create(round=round, panel=panel, code=code) for code in sorted(codes)]
    chief = chief_of(event)
    scheme = services.import_scheme(actor=chief, round=round, content=SAMPLE.read_bytes(), file_name="s.xlsx")
    services.lock_scheme(actor=chief, scheme=scheme)
    services.open_scoring(actor=chief, round=round)
    aspects = {a.code: a for a in Aspect.objects.filter(sub_criterion__scheme=scheme).select_related("sub_criterion")}
    return Hall(event, round, works, [a for _, a in pairs], [s for s, _ in pairs], chief, aspects)
