"""The scheme gives what the rules say; the chief judge's pages show codes, reasons and levels, and export them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from backend.core.actor import Actor
from backend.core.errors import Invalid, NotAllowed
from competitions.contests.models import Event
from competitions.draw.models import Work
from competitions.scoring import services
from competitions.scoring.errors import SchemeDoesNotAddUp
from competitions.scoring.models import Scheme
from tests.scoring.world import RULES, SAMPLE, Hall, hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoring(make_event: Callable[..., Event]) -> Hall:
    return hall(make_event(state="drawn", rules=RULES))


def chief_client(client: Client, scoring: Hall) -> Client:
    client.post("/sign-in/", {"name": f"chief-{scoring.event.code}", "password": "correct-horse-9"})
    return client


def test_a_scheme_that_gives_other_marks_than_the_rules_is_refused(
    make_event: Callable[..., Event], organiser: Actor
) -> None:
    round = make_event(state="drawn", rules={**RULES, "scheme": {"total": "90"}}).rounds.get()

    with pytest.raises(SchemeDoesNotAddUp) as refused:
        services.import_scheme(actor=organiser, round=round, content=SAMPLE.read_bytes(), file_name="s.xlsx")

    assert list(refused.value.problems.values()) == ["评分标准合计 100.00 分，而规程规定为 90 分。"]
    assert Scheme.objects.count() == 0


def test_a_new_import_replaces_the_draft(make_event: Callable[..., Event], organiser: Actor) -> None:
    round = make_event(state="drawn", rules=RULES).rounds.get()
    for _ in range(2):
        services.import_scheme(actor=organiser, round=round, content=SAMPLE.read_bytes(), file_name="s.xlsx")

    assert list(round.schemes.order_by("version").values_list("version", "state")) == [(1, "replaced"), (2, "draft")]


def test_strangers_neither_import_nor_lock(
    make_event: Callable[..., Event], organiser: Actor, other_organiser: Actor
) -> None:
    round = make_event(state="drawn", rules=RULES).rounds.get()
    content = SAMPLE.read_bytes()
    draft = services.import_scheme(actor=organiser, round=round, content=content, file_name="s.xlsx")

    with pytest.raises(NotAllowed):
        services.import_scheme(actor=other_organiser, round=round, content=content, file_name="s.xlsx")
    with pytest.raises(NotAllowed):
        services.lock_scheme(actor=other_organiser, scheme=draft)


def test_a_status_needs_the_chief_judge_and_a_reason(scoring: Hall, organiser: Actor) -> None:
    work = scoring.works[0]

    with pytest.raises(NotAllowed):
        services.note_status(actor=organiser, work=work, status="absent", reason="not there")
    with pytest.raises(Invalid) as refused:
        services.note_status(actor=scoring.chief, work=work, status="late", reason=" ")
    services.note_status(actor=scoring.chief, work=work, status="absent", reason="not there")

    assert set(refused.value.problems) == {"status", "reason"}
    assert Work.objects.get(pk=work.pk).status == "absent"
    assert scoring.tap(0, "A1.2", "2").code == "work_not_scored"


def test_the_inbox_and_the_scheme_export_codes_only(scoring: Hall, client: Client) -> None:
    chief = chief_client(client, scoring)
    page = chief.get(f"/events/{scoring.event.code}/scoring/")
    progress = chief.get(f"/events/{scoring.event.code}/scoring/?format=xlsx")
    scheme = chief.get(f"/events/{scoring.event.code}/scheme/?format=xlsx")

    assert page.status_code == 200
    sheet = load_workbook(BytesIO(progress.content)).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(values_only=True)][-2:] == ["B17", "C02"]
    aspects = load_workbook(BytesIO(scheme.content)).active
    assert aspects is not None
    assert (
        len([row for row in aspects.iter_rows(values_only=True) if row[2] in ("测量", "评价", "测量分", "评价分")])
        == 149
    )
