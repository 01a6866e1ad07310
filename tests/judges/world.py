"""A pool of people who have agreed, sessions of a round, and rules for panels."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from backend.core import clock
from backend.core.actor import SYSTEM
from backend.people.services import PersonDraft
from competitions.contests.models import Event
from competitions.judges import services
from competitions.judges.models import Judge
from competitions.judges.services import JudgeDraft
from competitions.venues.models import Session, Venue
from tests.registration.world import id_number

RULES: dict[str, Any] = {
    "team": {"contestants": 3, "contestants_min": 1, "instructors_max": 2, "leaders_max": 1},
    "judging": {"judges_per_panel": 5},
    "panel": {
        "duties": {"chief": 1, "encrypt": 0, "supervisor": 0},
        "nominations_max": 2,
        "enterprise_share": "1/3",
        "firm_max": 1,
        "age_max": 65,
        "skills": ["51"],
    },
}
DAY = datetime(2026, 5, 10, 1, tzinfo=UTC)


def draft(serial: int, unit: str = "深圳甲科技有限公司", *, birth: str = "19800601", **fields: Any) -> JudgeDraft:
    """Somebody of another province; `fields` as of a JudgeDraft."""
    number = id_number(serial, birth)
    born = datetime.strptime(birth, "%Y%m%d").date()  # noqa: DTZ007
    person = PersonDraft("resident", number, f"裁判{serial}", born)
    kept = {"unit_kind": "enterprise", "province": "广东", "skills": ["5102"], "duties": ["judge"], **fields}
    return JudgeDraft(person=person, unit_name=unit, **kept)


def judge(serial: int, unit: str = "深圳甲科技有限公司", **fields: Any) -> Judge:
    """The same in the pool, having agreed."""
    made = services.record_judge(actor=SYSTEM, draft=draft(serial, unit, **fields))
    Judge.objects.filter(pk=made.pk).update(state="available", consented_at=clock.now())
    made.refresh_from_db()
    return made


def sessions(event: Event, parallel: int = 3) -> list[Session]:
    """Sessions at the same time in halls of their own."""
    found = []
    for n in range(1, parallel + 1):
        venue = Venue.objects.create(event=event, name=f"{n}号厅")
        found.append(
            Session.objects.create(
                round=event.rounds.get(), venue=venue, name=f"第{n}场", starts_at=DAY, ends_at=DAY + timedelta(hours=4)
            )
        )
    return found


def pool(size: int, first: int = 500, **fields: Any) -> list[Judge]:
    """Judges each of a firm of their own in even places, of a school of their own in odd ones."""
    return [
        judge(
            first + n,
            f"第{n}公司" if n % 2 == 0 else f"外省第{n}学院",
            unit_kind=("enterprise", "school")[n % 2],
            **fields,
        )
        for n in range(size)
    ]
