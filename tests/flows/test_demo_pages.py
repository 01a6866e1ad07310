"""The demo season stands, and every page of it opens for whom it is meant."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from backend.config.demo import season
from certificates.credentials.models import Credential
from competitions.draw.models import Work
from competitions.results.models import Publication

pytestmark = pytest.mark.django_db

OPEN, LIVE, DONE = "GZ-2026-046", "GZ-2026-047", "GZ-2026-012"
PREPARING = ["workbench", "entries", "import", "venues", "judges", "draw", "scheme", "scoring", "sign-off"]


@pytest.fixture
def loaded() -> None:
    cache.clear()
    season.load()


def entered(client: Client, name: str) -> Client:
    answer = client.post("/sign-in/", {"name": name, "password": season.PASSWORD})
    assert answer.status_code == 302
    return client


def test_the_season_opens_for_everybody_it_is_meant_for(loaded: None, client: Client) -> None:
    public = [f"/events/{c}/{page}/" for c in (OPEN, LIVE, DONE) for page in ("board", "board/screen", "results")]
    seen = {p: client.get(p).status_code for p in ["/", "/events/", "/verify/", f"/events/{DONE}/", *public]}
    hidden = {p: client.get(f"/events/{LIVE}/{p}/").status_code for p in PREPARING}
    organiser = entered(client, "organiser")
    opened = {(c, p): organiser.get(f"/events/{c}/{p}/").status_code for c in (OPEN, LIVE, DONE) for p in PREPARING}

    assert {p: s for p, s in seen.items() if s != 200} == {}
    assert {p: s for p, s in hidden.items() if s == 200} == {}
    assert {p: s for p, s in opened.items() if s != 200} == {}


def test_the_published_event_has_certificates_and_no_open_code(loaded: None, client: Client) -> None:
    page = client.get(f"/events/{DONE}/results/").content.decode()
    board = client.get(f"/events/{LIVE}/board/").content.decode()
    codes = Work.objects.filter(round__event__code=LIVE).values_list("code", flat=True)

    rows = Publication.objects.get(round__event__code=DONE).snapshot["rows"]

    assert [row["school"] for row in rows if row["award"] and row["school"] not in page] == []
    assert (
        Credential.objects.filter(event_code=DONE).count() == 12
    )  # two firsts with equal totals, a second, a third; three each
    assert any(code in board for code in codes)
    assert "黄河水利职业技术学院" not in board


def test_a_winner_downloads_their_certificate(loaded: None, client: Client) -> None:
    listed = entered(client, "contestant").get("/certificates/")
    own = Credential.objects.get(holder__user__account_name="contestant")
    other = Credential.objects.exclude(pk=own.pk).first()
    assert other is not None

    assert own.number in listed.content.decode()
    assert client.get(f"/certificates/{own.uid}.pdf").content[:5] == b"%PDF-"
    assert client.get(f"/certificates/{other.uid}.pdf").status_code == 404


def test_a_judge_sees_codes_only(loaded: None, client: Client) -> None:
    desk = entered(client, "judge1").get("/api/v1/judge/desk")

    assert len(desk.json()["works"]) == 8
    assert "学院" not in desk.content.decode()
    assert client.get("/judge/").status_code == 200


def test_a_desk_opens_its_door_and_the_organiser_sees_who_is_missing(loaded: None, client: Client) -> None:
    desk = entered(client, "desk1").get("/events/GZ-2026-055/check-in/")
    board = entered(Client(), "organiser").get("/events/GZ-2026-055/arrivals/")

    assert desk.status_code == 200
    assert board.context["counts"] == {"expected": 21, "inside": 12, "late": 0, "refused": 1, "missing": 8}
    assert len(board.context["conflicts"]) == 1
