"""A workbook from upload to confirmation, against the real database."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, NotAllowed
from backend.core.models import Job
from backend.people.models import Organisation, Person
from backend.spreadsheets.errors import SheetRefused
from competitions.contests.models import Event
from competitions.registration import services
from competitions.registration.errors import FileKnown, ImportMoved, ImportPurged
from competitions.registration.models import Entry, EntryImport, ImportRow, Member
from competitions.registration.services import files
from tests.factories import signed_in
from tests.registration.world import RULES, SAMPLE, sample_schools, team


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    sample_schools()
    return make_event(rules=RULES)


@pytest.fixture
def other_organiser(event: Event) -> Actor:
    return signed_in("other-organiser", "organiser", "group", "01")


@pytest.fixture
def run_jobs(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Calls a service and lets its jobs run as after a commit."""

    def run(service: Callable[..., Any], **arguments: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return service(**arguments)

    return run


def mended(**cells: object) -> bytes:
    book = load_workbook(SAMPLE)
    for cell, value in cells.items():
        book["报名表"][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def coordinator_of(name: str) -> Actor:
    school = Organisation.objects.get(name=name)
    return signed_in(f"c-{school.pk}", "school_coordinator", "organisation", str(school.uid))


def test_sample_is_staged_checked_and_taken(event: Event, organiser: Actor, run_jobs: Callable[..., Any]) -> None:
    staged = run_jobs(services.stage_import, actor=organiser, event=event, content=SAMPLE.read_bytes())
    checked = EntryImport.objects.get(pk=staged.pk)
    services.confirm_import(actor=organiser, entry_import=checked)

    assert (checked.rows_read, checked.rows_ok, checked.rows_fixed, checked.rows_refused) == (133, 121, 14, 12)
    assert Member.objects.count() == 121
    assert Counter(Entry.objects.values_list("state", flat=True)) == {"draft": 12, "incomplete": 10}


def test_kept_file_and_rows_hold_nothing_readable(event: Event, organiser: Actor, run_jobs: Callable[..., Any]) -> None:
    staged = run_jobs(services.stage_import, actor=organiser, event=event, content=SAMPLE.read_bytes())

    kept = next(files._path(staged).parent.glob(f"*{staged.uid.hex}"))
    row = ImportRow.objects.filter(entry_import=staged, number=5).get()
    assert kept.read_bytes()[:40].find(b"PK") == -1
    assert "410105200601010360" not in row.payload_sealed + str(row.problems)


def test_staged_file_is_shown_again_and_a_confirmed_one_refused(
    event: Event, organiser: Actor, run_jobs: Callable[..., Any]
) -> None:
    content = SAMPLE.read_bytes()
    first = run_jobs(services.stage_import, actor=organiser, event=event, content=content)
    second = run_jobs(services.stage_import, actor=organiser, event=event, content=content)
    services.confirm_import(actor=organiser, entry_import=second)

    assert first.pk == second.pk
    with pytest.raises(FileKnown):
        services.stage_import(actor=organiser, event=event, content=content)


def test_mended_workbook_adds_what_was_missing_and_shows_changes(
    event: Event, organiser: Actor, run_jobs: Callable[..., Any]
) -> None:
    first = run_jobs(services.stage_import, actor=organiser, event=event, content=SAMPLE.read_bytes())
    services.confirm_import(actor=organiser, entry_import=first)
    content = mended(P25="18173967470", P6="13800000000")
    again = run_jobs(services.stage_import, actor=organiser, event=event, content=content)
    again.refresh_from_db()

    services.confirm_import(actor=organiser, entry_import=again)

    changed = again.rows.get(kind="change")
    assert [p["code"] for p in again.rows.get(number=61).problems] == ["DUPLICATE_PERSON"]
    assert (again.rows_ok, again.rows_known, again.rows_changed) == (122, 120, 1)
    assert (changed.number, changed.changes) == (6, ["phone"])
    assert Member.objects.count() == 122
    assert Entry.objects.get(school__name="郑州电力高等专科学校", team_number=2).state == "draft"
    assert "13800000000" in [
        m.reveal("phone") for m in Member.objects.filter(entry__school__name="黄河水利职业技术学院")
    ]


def test_row_missing_from_the_next_workbook_stays(event: Event, organiser: Actor, run_jobs: Callable[..., Any]) -> None:
    first = run_jobs(services.stage_import, actor=organiser, event=event, content=SAMPLE.read_bytes())
    services.confirm_import(actor=organiser, entry_import=first)
    shorter = mended(**{f"{column}5": None for column in "ABCDEFGHIJKLMNOPQR"})

    again = run_jobs(services.stage_import, actor=organiser, event=event, content=shorter)
    again.refresh_from_db()
    services.confirm_import(actor=organiser, entry_import=again)

    assert (again.rows_read, Member.objects.count()) == (132, 121)


def test_coordinator_is_refused_the_rows_of_other_schools(event: Event, run_jobs: Callable[..., Any]) -> None:
    actor = coordinator_of("黄河水利职业技术学院")

    staged = run_jobs(services.stage_import, actor=actor, event=event, content=SAMPLE.read_bytes())
    staged.refresh_from_db()

    codes = {row.number: [(p["cell"], p["code"]) for p in row.problems] for row in staged.rows.all()}
    assert staged.rows_ok == 6
    assert codes[14] == [("E14", "OTHER_SCHOOL")]


def test_proposed_school_is_taken_for_all_rows_that_name_it(
    event: Event, organiser: Actor, run_jobs: Callable[..., Any]
) -> None:
    staged = run_jobs(services.stage_import, actor=organiser, event=event, content=SAMPLE.read_bytes())
    row = staged.rows.get(number=126)

    run_jobs(services.take_name, actor=organiser, entry_import=staged, row=row.uid, name=row.problems[0]["proposal"])

    staged.refresh_from_db()
    assert row.problems[0]["proposal"] == "河南农业职业学院"
    assert (staged.rows_ok, staged.rows.get(number=126).ok) == (122, True)


def test_confirmation_that_no_longer_fits_leaves_nothing(
    event: Event, organiser: Actor, run_jobs: Callable[..., Any]
) -> None:
    staged = run_jobs(services.stage_import, actor=organiser, event=event, content=SAMPLE.read_bytes())
    school = Organisation.objects.get(name="河南工业贸易职业学院")
    services.enter_many(actor=organiser, event=event, drafts=[team(school, 500)])
    before = (Entry.objects.count(), Member.objects.count(), Person.objects.count())

    with pytest.raises(ImportMoved):
        services.confirm_import(actor=organiser, entry_import=staged)

    staged.refresh_from_db()
    assert (Entry.objects.count(), Member.objects.count(), Person.objects.count()) == before
    assert staged.state == "checked"


def test_check_that_broke_off_can_be_started_again(
    event: Event, organiser: Actor, run_jobs: Callable[..., Any]
) -> None:
    staged = services.stage_import(actor=organiser, event=event, content=SAMPLE.read_bytes())
    Job.objects.update(state="failed")

    run_jobs(services.recheck_import, actor=organiser, entry_import=staged)

    staged.refresh_from_db()
    assert (staged.state, staged.rows_ok) == ("checked", 121)


def test_confirming_twice_is_refused(event: Event, organiser: Actor, run_jobs: Callable[..., Any]) -> None:
    staged = run_jobs(services.stage_import, actor=organiser, event=event, content=SAMPLE.read_bytes())
    services.confirm_import(actor=organiser, entry_import=staged)

    with pytest.raises(IllegalMove):
        services.confirm_import(actor=organiser, entry_import=staged)


def test_strangers_neither_stage_nor_confirm(
    event: Event, organiser: Actor, other_organiser: Actor, run_jobs: Callable[..., Any]
) -> None:
    staged = run_jobs(services.stage_import, actor=organiser, event=event, content=SAMPLE.read_bytes())
    school = coordinator_of("黄河水利职业技术学院")

    for stranger in (other_organiser, school):
        with pytest.raises(NotAllowed):
            services.confirm_import(actor=stranger, entry_import=staged)
    with pytest.raises(NotAllowed):
        services.stage_import(actor=other_organiser, event=event, content=SAMPLE.read_bytes())
    assert EntryImport.objects.visible_to(other_organiser).count() == 0


def test_annotated_workbook_keeps_rows_and_marks_cells(
    event: Event, organiser: Actor, run_jobs: Callable[..., Any]
) -> None:
    staged = run_jobs(services.stage_import, actor=organiser, event=event, content=SAMPLE.read_bytes())
    staged.refresh_from_db()

    book = load_workbook(io.BytesIO(services.annotated_workbook(actor=organiser, entry_import=staged)))

    sheet = book["报名表"]
    commented = {c.coordinate for line in sheet.iter_rows() for c in line if c.comment}
    assert {"K11", "I18", "E126", "G137"} - commented == set()
    assert (sheet["K11"].fill.start_color.rgb, sheet["H139"].value) == ("FFFFB3B3", "=COUNTA(H5:H137)")
    assert book.sheetnames == ["报名表", "填写示例"]


def test_purge_deletes_file_and_rows_of_old_confirmed_imports(
    event: Event, organiser: Actor, run_jobs: Callable[..., Any]
) -> None:
    staged = run_jobs(services.stage_import, actor=organiser, event=event, content=SAMPLE.read_bytes())
    services.confirm_import(actor=organiser, entry_import=staged)
    assert services.purge_imports() == 0
    EntryImport.objects.update(confirmed_at=clock.now() - timedelta(days=8))

    assert services.purge_imports() == 1

    assert ImportRow.objects.count() == 0
    with pytest.raises(ImportPurged):
        files.content_of(staged)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "EMPTY_FILE"), (b"a,b\n1,2\n", "NOT_XLSX"), (b"PK\x03\x04 broken", "BROKEN_ZIP")],
)
def test_what_is_no_workbook_is_refused_and_nothing_kept(
    event: Event, organiser: Actor, content: bytes, code: str
) -> None:
    with pytest.raises(SheetRefused) as refused:
        services.stage_import(actor=organiser, event=event, content=content)

    assert EntryImport.objects.count() == 0
    assert refused.value.code in (code, "CSV")


def test_sixty_megabytes_are_refused(event: Event, organiser: Actor) -> None:
    with pytest.raises(SheetRefused) as refused:
        services.stage_import(actor=organiser, event=event, content=b"PK\x03\x04" + bytes(60 * 1024 * 1024))

    assert (refused.value.code, EntryImport.objects.count()) == ("TOO_BIG", 0)


def test_formula_in_a_data_cell_is_refused_at_its_cell(
    event: Event, organiser: Actor, run_jobs: Callable[..., Any]
) -> None:
    staged = run_jobs(services.stage_import, actor=organiser, event=event, content=mended(H6='="董"&"雨杰"'))

    problem = staged.rows.get(number=6).problems
    assert [(p["cell"], p["code"]) for p in problem] == [("H6", "FORMULA_CELL")]


def test_one_row_too_many_refuses_the_file(
    event: Event, organiser: Actor, run_jobs: Callable[..., Any], settings: Any
) -> None:
    settings.IMPORT_MAX_ROWS = 100

    staged = run_jobs(services.stage_import, actor=organiser, event=event, content=SAMPLE.read_bytes())

    staged.refresh_from_db()
    assert (staged.state, staged.refusal["code"], staged.rows.count()) == ("refused", "TOO_MANY_ROWS", 0)
    with pytest.raises(ImportPurged):
        files.content_of(staged)
