"""A registration under way, written into a running installation's database by `tests.browser.seed`."""

from __future__ import annotations

from typing import Any

from tests.browser.seed import account


def night(*, schools: int, rows: int = 0, desks: int = 0) -> dict[str, Any]:
    """An open event and so many schools with a coordinator's session each; with desks a second event on its day.

    rows: people of a workbook that the organiser has uploaded and that is checked.
    """
    from backend.core.actor import SYSTEM
    from backend.people.models import Organisation
    from competitions.registration import services
    from tests.bench.register import event_for
    from tests.browser.doors import day

    event = event_for(1)
    services.set_review_plan(actor=SYSTEM, event=event, steps=["organiser"], reviewed_fields=["name"])
    made = Organisation.objects.filter(name__startswith="第").order_by("pk")[:schools]
    offices = [
        account(name=f"school{n}", role="school_coordinator", kind="organisation", key=str(school.uid))
        for n, school in enumerate(made)
    ]
    found: dict[str, Any] = {"event": event.code, "offices": offices}
    if desks:
        found["doors"] = day(code="T1-DOORS", teams=desks)
        found["doors"] |= _expected("T1-DOORS")
    if rows:
        found |= _staged(event, rows)
    return found


def _expected(code: str) -> dict[str, Any]:
    from competitions.registration.models import Member

    return {"code": code, "members": [str(m.uid) for m in Member.objects.filter(event__code=code).order_by("pk")]}


def _staged(event: Any, rows: int) -> dict[str, Any]:
    from backend.core.actor import SYSTEM
    from competitions.registration import services
    from tests.bench.register import workbook

    content = workbook(event, rows, 1)
    staged = services.stage_import(actor=SYSTEM, event=event, content=content, file_name="名单.xlsx")
    organiser = account(name="organiser", role="organiser", kind="event", key=event.code)
    return {"import": str(staged.uid), "organiser": organiser}
