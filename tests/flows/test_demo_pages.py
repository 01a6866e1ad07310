"""The demo season stands, and every page of it opens for whom it is meant."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from backend.config.demo import basics, season
from backend.selection.models import Call
from certificates.credentials.models import Credential
from competitions.contests.models import Edition, Event, Family
from competitions.draw.models import Work
from competitions.registration.models import Entry
from competitions.results.models import Publication

pytestmark = pytest.mark.django_db

OPEN, LIVE, DONE = "GZ-2026-046", "GZ-2026-047", "GZ-2026-012"
PREPARING = ["workbench", "entries", "import", "venues", "judges", "draw", "scheme", "scoring", "sign-off"]


@pytest.fixture
def loaded() -> None:
    cache.clear()
    season.load()


def entered(client: Client, name: str) -> Client:
    answer = client.post("/sign-in/", {"name": name, "password": basics.PASSWORD})
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


def test_families_stages_quotas_and_calls_are_on_the_organisers_pages(loaded: None, client: Client) -> None:
    edition, notice = Edition.objects.get(contest__code="PROV_TEACHING_HIGHER"), Call.objects.get(state="publicity")
    organiser = entered(client, "organiser")
    contests = organiser.get("/contests/").content.decode()
    quotas = organiser.get(f"/editions/{edition.uid}/quotas/").content.decode()
    line = organiser.get("/events/XB-2026-011/").context["steps"]
    chain, at = [], Event.objects.get(code="XS-2026-018")
    while at is not None:
        chain.append(at.level or at.edition.contest.level)
        at = at.promotes_to

    assert [e.name for e in Edition.objects.all() if e.name not in contests] == []
    assert Family.objects.filter(contests__editions__isnull=False).distinct().count() == 9
    assert chain == ["SCHOOL", "CITY", "PROVINCE", "NATIONAL"]
    assert [step.state for step in line] == ["done"] * len(line)  # a ranking only: nobody waits for certificates
    assert Entry.objects.filter(event__code="SJ-2026-011", promoted_from__event__code="XB-2026-011").count() == 2
    assert [word for word in ("JX-演示-017", "近三届报名汇总表") if word not in quotas] == []
    assert "ZZ-2026-021" in organiser.get("/").content.decode()  # too few teams: a decision waits
    assert "公示" in Client().get(f"/calls/{notice.uid}/").content.decode()
    assert Call.objects.exclude(pk=notice.pk).get().applications.count() == 2


def test_the_secondary_chain_has_teams_at_every_step(loaded: None, client: Client) -> None:
    entries = Entry.objects.filter(event__code="ZZ-2026-018").order_by("pk")
    school = entered(client, "school2")
    draft, returned = [school.get(f"/entries/{entry.uid}/").content.decode() for entry in entries[:2]]
    waiting = entered(Client(), "bureau").get("/entry-reviews/").content.decode()

    assert "学号与学籍系统不一致" in returned
    assert "缺监护人同意" in draft
    assert "缺监护人同意" not in returned
    assert "开封市现代职业学校" in waiting
    assert list(entries.values_list("state", "review_step")) == [
        ("draft", 0),
        ("returned", 0),
        ("submitted", 0),
        ("submitted", 1),
        ("approved", 1),
        ("approved", 1),
    ]
