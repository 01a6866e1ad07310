"""A registration workbook in processes of its own: `python -m tests.bench.register STEP ROWS SIZE`.

STEP: `stage` makes it; `check` prints seconds of its check, of one openpyxl pass, and what memory the check took above
what the process had held before; `confirm` the same of the confirmation. SIZE: members of a team.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

import openpyxl  # noqa: E402

from backend.core.actor import SYSTEM  # noqa: E402
from backend.people.models import Organisation  # noqa: E402
from backend.spreadsheets.writer import OutColumn, write_xlsx  # noqa: E402
from competitions.contests.models import Event, RuleSet  # noqa: E402
from competitions.registration import services  # noqa: E402
from competitions.registration.imports import COLUMNS  # noqa: E402
from competitions.registration.models import Entry, EntryImport, Member  # noqa: E402
from competitions.registration.services.files import content_of  # noqa: E402
from tests.bench.hall import event_of  # noqa: E402
from tests.registration.world import id_number  # noqa: E402

SCHOOLS = 100


def event_for(size: int) -> Event:
    """An event that is open, for teams of that size."""
    event = event_of("P5")
    rules = RuleSet.objects.create(code="rules-p5", title="规程", rules={"team": {"contestants": size}})
    Event.objects.filter(pk=event.pk).update(state="registering", rule_set=rules)
    Organisation.objects.bulk_create(Organisation(name=f"第{n}学院", name_key=f"第{n}学院") for n in range(SCHOOLS))
    return Event.objects.select_related("rule_set").get(pk=event.pk)


def workbook(event: Event, rows: int, size: int) -> bytes:
    """As schools fill it in: every column, synthetic people."""
    columns = [OutColumn(column.headers[0]) for column in COLUMNS]
    return write_xlsx(columns, (line(event, n, size) for n in range(rows)), title="报名表")


def line(event: Event, n: int, size: int) -> list[Any]:
    team = n // size
    born = f"{2004 + n % 3}{1 + n // 900 % 12:02d}{1 + n // 30 % 28:02d}"
    number = id_number(n % 1000, born)
    values = {
        "serial": str(n + 1),
        "event_code": event.code,
        "event_name": event.name,
        "school": f"第{team % SCHOOLS}学院",
        "team_number": str(team // SCHOOLS + 1),
        "role": "选手",
        "name": "陈小明",
        "sex": "男" if int(number[16]) % 2 else "女",
        "id_type": "居民身份证",
        "id_number": number,
        "study_number": f"2024{n:06d}",
        "major_code": "510205",
        "major_name": "大数据技术",
        "grade": "2024级",
        "phone": f"138{n:08d}",
        "tech_platform": "",
    }
    return [values.get(column.key) for column in COLUMNS]


def one_pass(content: bytes) -> int:
    """What is compared with: openpyxl reads every cell once, and nothing else is done."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return sum(1 for row in book.worksheets[0].iter_rows(values_only=True) if row[0] is not None)


def timed(call: Callable[..., Any], *arguments: Any, **named: Any) -> tuple[float, Any]:
    started = time.perf_counter()
    found = call(*arguments, **named)
    return time.perf_counter() - started, found


def peak() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def stage(rows: int, size: int) -> dict[str, float]:
    event = event_for(size)
    services.stage_import(actor=SYSTEM, event=event, content=workbook(event, rows, size), file_name="p5.xlsx")
    return {}


def check(rows: int, size: int) -> dict[str, float]:
    staged, before = EntryImport.objects.get(), peak()
    seconds, _done = timed(services.check_import, entry_import=staged.uid)
    took = peak() - before
    staged.refresh_from_db()
    assert (staged.rows_read, staged.rows_refused) == (rows, 0), (staged.rows_read, staged.rows_refused)
    content = content_of(staged)
    return {"check": seconds, "pass": min(timed(one_pass, content)[0] for _ in range(3)), "check_mb": took}


def confirm(rows: int, size: int) -> dict[str, float]:
    staged, before = EntryImport.objects.get(), peak()
    seconds, _done = timed(services.confirm_import, actor=SYSTEM, entry_import=staged)
    assert (Member.objects.count(), Entry.objects.count()) == (rows, rows // size)
    return {"confirm": seconds, "entries": rows // size, "confirm_mb": peak() - before}


if __name__ == "__main__":
    print(
        json.dumps(
            {"stage": stage, "check": check, "confirm": confirm}[sys.argv[1]](int(sys.argv[2]), int(sys.argv[3]))
        )
    )
