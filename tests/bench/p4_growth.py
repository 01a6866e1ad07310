"""P4: the cost of one mark in an event of 5,000 works beside one of 50, and one projection of the large one."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.bench.table import row
from tests.processes import ROOT, production_state

SMALL, LARGE = 50, 5000
INSIDE = """
import json, statistics, sys, time, uuid
from decimal import Decimal
from tests.bench import hall
from backend.people.selectors import actor_for
from competitions.scoring import services
from competitions.scoring.models import WorkTotal
from realtime import projector

def one_mark(actor, sheet, value):
    aspect = sheet["aspects"][0]
    item = services.MarkItem(uuid.uuid4(), uuid.UUID(sheet["uid"]), uuid.UUID(aspect["uid"]), Decimal(value))
    started = time.perf_counter()
    verdict = services.record_marks(actor=actor, items=[item])[0]
    assert verdict.verdict == "taken", verdict
    return (time.perf_counter() - started) * 1000

def one_projection(event, kind):
    started = time.process_time()
    projector._builders[kind](event.code, set())
    return (time.process_time() - started) * 1000

small, _, seats = hall.build("SMALL", %(small)d, 10)
few = [(actor_for(user), hall.sheets_of(seat, 1)[0]) for seat, user in seats[:10]]
large, _, seats = hall.build("LARGE", %(large)d, 10)
many = [(actor_for(user), hall.sheets_of(seat, 1)[0]) for seat, user in seats[:10]]
times = {"small": [], "large": []}
for turn in range(120):
    for name, judges in (("small", few), ("large", many)):
        actor, sheet = judges[turn %% 10]
        times[name].append(one_mark(actor, sheet, turn %% 2))
        time.sleep(0.03)
time.sleep(1)
kinds = [k for k in ("board", "jury", "bench") if k in projector._builders]
WorkTotal.objects.filter(work__round__event=large).update(partial=25, total="50.00")
projected = {k: statistics.median(one_projection(large, k) for _ in range(7)) for k in kinds}
print(json.dumps({name: statistics.median(found[20:]) for name, found in times.items()} | {"projected": projected}))
projector.stop()
"""


def run() -> list[dict[str, Any]]:
    """Medians of 100 single marks each, taken in turn over the same connection; PostgreSQL."""
    with production_state() as env:
        script = INSIDE % {"small": SMALL, "large": LARGE}
        given = {**env, "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True, check=True
        )
    found = json.loads(done.stdout.splitlines()[-1])
    rows = [
        row("P4", f"one mark (service) with {LARGE} works, ms", found["large"], found["small"], f"<= 1.5x with {SMALL}")
    ]
    for kind, cost in found["projected"].items():
        rows.append(row("P4", f"one {kind} projection of {LARGE} works, CPU ms", cost, target="<= 50"))
    return rows


if __name__ == "__main__":
    print(*run(), sep="\n")
