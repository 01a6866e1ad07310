"""A round with works, stored totals and a scheme, as scoring leaves them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache

from backend.core import clock
from competitions.contests.models import Event
from competitions.draw.models import Work
from competitions.results.models import Publication, Tally
from competitions.scoring.models import Scheme, WorkTotal

CRITERIA = [{"id": "A", "name": "网站设计", "mark": "40.00"}, {"id": "B", "name": "网站开发", "mark": "60.00"}]


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    return make_event(state="scoring")


@pytest.fixture
def scheme(event: Event) -> Scheme:
    return Scheme.objects.create(
        round=event.rounds.get(),
        title="评分标准",
        state="locked",
        total=Decimal(100),
        nodes={"total": "total", "nodes": []},
        criteria=CRITERIA,
    )


@pytest.fixture
def score(event: Event) -> Callable[..., WorkTotal]:
    """Store the totals of a work: `score("B17", A="31.50", B="20.00", done=5, all=9)`."""

    def store(code: str, *, total: str | None = None, done: int = 0, every: int = 9, **by: Any) -> WorkTotal:
        extra = {key: by.pop(key) for key in ("unresolved",) if key in by}
        status = by.pop("status", "competed")
        work, _ = Work.objects.get_or_create(round=event.rounds.get(), code=code, defaults={"status": status})
        partial = sum((Decimal(v) for v in by.values()), Decimal(0))
        values = {
            "total": total,
            "partial": partial,
            "by_criterion": by,
            "sheets_done": done,
            "sheets_all": every,
            **extra,
        }
        return WorkTotal.objects.update_or_create(work=work, defaults=values)[0]

    return store


@pytest.fixture
def published(event: Event) -> Publication:
    tally = Tally.objects.create(
        round=event.rounds.get(),
        number=1,
        document={},
        document_sha256="0" * 64,
        results={},
        results_sha256="0" * 64,
        complete=True,
        made_at=clock.now(),
    )
    rows = [
        {
            "rank": 1,
            "code": "B17",
            "school": "郑州铁路职业技术学院",
            "contestants": ["张三"],
            "total": "88.40",
            "award": "first",
            "award_name": "一等奖",
            "team": 1,
            "instructors": ["王五"],
        },
        {
            "rank": 2,
            "code": "A03",
            "school": "河南农业职业学院",
            "contestants": ["李四"],
            "total": "86.00",
            "award": "second",
            "award_name": "二等奖",
            "team": 1,
            "instructors": ["赵六"],
        },
        {
            "rank": 3,
            "code": "C09",
            "school": "平顶山工业职业技术学院",
            "contestants": ["孙七"],
            "total": "61.25",
            "award": None,
            "award_name": "",
            "team": 2,
            "instructors": ["周八"],
        },
    ]
    return Publication.objects.create(
        round=event.rounds.get(),
        number=1,
        tally=tally,
        snapshot={"rows": rows},
        snapshot_sha256="0" * 64,
        published_at=clock.now(),
        published_by_uid="00000000-0000-4000-8000-000000000000",
    )
