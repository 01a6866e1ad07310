"""The sample workbook through the command: every bad row is explained, every good one gets in, nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from competitions.contests.models import Event
from competitions.registration.models import Entry, EntryImport
from tests.registration.world import RULES, SAMPLE, sample_schools

REFUSED = {
    11: [("K11", "ID_CHECK_DIGIT")],
    18: [("I18", "SEX_OTHER_THAN_ID")],
    25: [("P25", "PHONE_SHAPE")],
    31: [("B31", "OTHER_EVENT")],
    35: [("K35", "ID_NUMBER_STORED_AS_NUMBER")],
    36: [("K36", "ID_CHECK_DIGIT")],
    49: [("K49", "ID_CHECK_DIGIT"), ("K49", "ID_BIRTH_DATE")],
    61: [("K61", "DUPLICATE_PERSON")],
    72: [("H72", "BLANK")],
    107: [("K107", "AGE_ABOVE")],
    126: [("E126", "SCHOOL_UNKNOWN")],
    137: [("G137", "TOO_MANY_CONTESTANTS")],
}
FIXED = [5, 13, 16, 30, 43, 48, 52, 71, 97, 101, 109, 113, 131, 133]


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    sample_schools()
    return make_event(rules=RULES)


def checked(capsys: pytest.CaptureFixture[str], code: str = "GZ-2026-046", file: Path = SAMPLE) -> list[dict[str, Any]]:
    call_command("check_entries", code, str(file), "--json")
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["rows"]
    return rows


def test_sample_refuses_exactly_the_bad_cells(event: Event, capsys: pytest.CaptureFixture[str]) -> None:
    rows = checked(capsys)

    refused = {r["row"]: [(p["cell"], p["code"]) for p in r["problems"]] for r in rows if r["verdict"] == "refused"}
    assert [r["row"] for r in rows] == list(range(5, 138))
    assert {n: sorted(p) for n, p in refused.items()} == {n: sorted(p) for n, p in REFUSED.items()}
    assert [r["row"] for r in rows if r["fixed"]] == FIXED


def test_output_holds_no_personal_value(event: Event, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_entries", event.code, str(SAMPLE), "--json")
    out = capsys.readouterr().out

    sheet = load_workbook(SAMPLE)["报名表"]
    personal = [sheet.cell(r, c).value for r in range(5, 138) for c in (8, 11, 12, 16)]
    assert [v for v in personal if v and len(str(v)) > 1 and str(v) in out] == []


def test_check_writes_nothing_and_needs_no_open_registration(event: Event, capsys: pytest.CaptureFixture[str]) -> None:
    Event.objects.update(state="published")

    rows = checked(capsys)

    assert sum(r["verdict"] == "ok" for r in rows) == 121
    assert (Entry.objects.count(), EntryImport.objects.count()) == (0, 0)


def test_file_that_is_no_workbook_is_refused_in_one_line(
    event: Event, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"no workbook at all")

    with pytest.raises(SystemExit) as stop:
        call_command("check_entries", event.code, str(file), "--json")

    out, err = capsys.readouterr()
    assert (stop.value.code, out, err.count("\n")) == (2, "", 1)


def test_unknown_event_is_refused(event: Event, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        call_command("check_entries", "GZ-0000-000", str(SAMPLE))

    assert (stop.value.code, capsys.readouterr().out) == (2, "")
