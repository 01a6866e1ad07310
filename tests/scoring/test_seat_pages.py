"""The list of open sheets, one sheet to look at, and the page that closes a seat while scoring."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.ui import registry
from competitions.contests.models import Event
from competitions.judges.models import Seat
from competitions.scoring import services
from competitions.scoring.models import Sheet
from tests.scoring.test_marking import finish
from tests.scoring.world import RULES, Hall, hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoring(make_event: Callable[..., Event]) -> Hall:
    return hall(make_event(state="drawn", rules=RULES))


def page_of(client: Client, actor: Actor) -> Client:
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


@pytest.mark.postgres
def test_the_chief_judge_sees_who_has_not_submitted_what(scoring: Hall, client: Client) -> None:
    finish(scoring, ("2", "2", "2"))
    chief = page_of(client, scoring.chief)

    page = chief.get(f"/events/{scoring.event.code}/scoring/open/?seat=2")

    assert page.context["page"].paginator.count == 71
    assert f"/scoring/sheets/{scoring.sheet(1, sub='A2').uid}/" in page.content.decode()
    assert f"/scoring/seats/{scoring.seats[1].uid}/" not in page.content.decode()  # only the organisers close a seat


def test_the_list_goes_out_as_a_workbook_as_it_is_filtered(scoring: Hall, client: Client) -> None:
    chief = page_of(client, scoring.chief)

    file = chief.get(f"/events/{scoring.event.code}/scoring/open/?seat=2&work=b17&format=xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    assert sheet is not None
    assert [(r[0], r[2]) for r in list(sheet.values)[1:]] == [(2, "B17")] * 36


@pytest.mark.parametrize("seat", ["x", "99999999999999999999", "²", "7"])
def test_a_seat_that_does_not_exist_finds_nothing(scoring: Hall, client: Client, seat: str) -> None:
    page = page_of(client, scoring.chief).get(f"/events/{scoring.event.code}/scoring/open/", {"seat": seat})

    assert (page.status_code, page.context["page"].paginator.count) == (200, 0)


def test_levels_stay_hidden_until_the_panel_has_submitted(scoring: Hall, client: Client) -> None:
    scoring.tap(1, "A1.2", "3")
    chief = page_of(client, scoring.chief)
    address = f"/events/{scoring.event.code}/scoring/sheets/{scoring.sheet(1).uid}/"

    before = {r["aspect"].code: (r["scored"], r["value"]) for r in chief.get(address).context["rows"]}
    finish(scoring, ("2", "2", "2"))
    after = {r["aspect"].code: r["value"] for r in chief.get(address).context["rows"]}

    assert before == {"A1.1": (False, None), "A1.2": (True, None), "A1.3": (False, None)}
    assert (str(after["A1.1"]), after["A1.2"]) == ("0.50", 2)


def test_the_organiser_hands_a_seat_over_and_prints_its_card(scoring: Hall, client: Client, organiser: Actor) -> None:
    page = page_of(client, organiser)
    address = f"/events/{scoring.event.code}/scoring/seats/{scoring.seats[1].uid}/"

    shown = page.get(address).content.decode()
    done = page.post(address, {"follows": "successor", "successor": "接任者", "reason": "突发疾病"})

    assert "72" in shown
    assert (done.status_code, len(done.context["cards"])) == (200, 1)
    assert Sheet.objects.filter(seat__number=4, state="open").count() == 72


def test_the_page_counts_the_sheets_of_absent_works_that_closing_takes_too(
    scoring: Hall, client: Client, organiser: Actor
) -> None:
    services.note_status(actor=scoring.chief, work=scoring.works[1], status="absent", reason="未到")
    page = page_of(client, organiser)
    address = f"/events/{scoring.event.code}/scoring/seats/{scoring.seats[1].uid}/"

    seat = page.get(address).context["seat"]
    shown = page.get(address).content.decode()
    done = services.replace_seat(actor=organiser, seat_uid=scoring.seats[1].uid, successor="接任者", reason="突发疾病")

    assert (seat.waiting, seat.idle, done.sheets) == (36, 36, 72)
    assert "另有不计评作品的 36 张评分表" in shown
    assert page.get(address).context["seat"].idle == 0


def test_the_successors_address_is_kept_with_the_new_seat(scoring: Hall, client: Client, organiser: Actor) -> None:
    page = page_of(client, organiser)
    address = f"/events/{scoring.event.code}/scoring/seats/{scoring.seats[1].uid}/"
    said = {"follows": "successor", "successor": "接任者", "reason": "突发疾病"}

    wrong = page.post(address, {**said, "email": "next@"})
    page.post(address, {**said, "email": "next@example.cn"})

    user = Seat.objects.get(number=4).user
    assert user is not None
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["email"])
    assert user.preference.reveal("email") == "next@example.cn"


def test_sheets_are_voided_where_nobody_follows(scoring: Hall, client: Client, organiser: Actor) -> None:
    page = page_of(client, organiser)
    address = f"/events/{scoring.event.code}/scoring/seats/{scoring.seats[2].uid}/"

    done = page.post(address, {"follows": "nobody", "successor": "无", "reason": "突发疾病"})

    assert done.status_code == 302
    assert Sheet.objects.filter(state="voided").count() == 72


def test_what_is_missing_is_named_on_the_page(scoring: Hall, client: Client, organiser: Actor) -> None:
    page = page_of(client, organiser)
    address = f"/events/{scoring.event.code}/scoring/seats/{scoring.seats[0].uid}/"

    refused = page.post(address, {"follows": "successor", "successor": "", "reason": ""})
    recorder = page.post(address, {"follows": "nobody", "reason": "突发疾病"})

    assert (refused.status_code, sorted(refused.context["form"].errors)) == (422, ["reason", "successor"])
    assert (recorder.status_code, sorted(recorder.context["form"].errors)) == (422, ["follows"])
    assert Seat.objects.filter(ended_at=None).count() == 3


@pytest.mark.postgres
def test_what_disagrees_waits_in_the_chief_judges_list(scoring: Hall) -> None:
    finish(scoring, ("0", "2", "2"))

    mine = registry.todos_of(scoring.chief)
    others = [t for judge in scoring.judges for t in registry.todos_of(judge) if t.tone == "danger"]

    assert [(t.count, t.link) for t in mine] == [(2, f"/events/{scoring.event.code}/scoring/")]
    assert others == []
