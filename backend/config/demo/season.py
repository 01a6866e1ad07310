"""The season: one event open and empty, one being scored, one published with certificates."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction

from backend.accounts import services as accounts
from backend.accounts.models import User
from backend.config.demo import doors, groups, hosting, judging, notices, reviewing
from backend.config.demo.people import team
from backend.config.demo.scheme import SCHEME, scheme_workbook
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.refs import Ref
from backend.people import services as people
from backend.people.models import Group, Organisation
from backend.people.selectors import actor_for
from competitions.boards.services import set_board_mode
from competitions.contests import services as contests
from competitions.contests.models import Event
from competitions.draw.services import draw_round
from competitions.judges import services as judges
from competitions.judges.models import Seat
from competitions.registration import services as registration
from competitions.registration.models import Member
from competitions.results import services as results
from competitions.scoring import services as scoring
from competitions.scoring.models import Sheet
from competitions.scoring.services import MarkItem
from competitions.scoring.services.submitting import Word
from competitions.venues.services import add_stations

PASSWORD = "demo-season-2026"
RULES: dict[str, Any] = {
    "team": {
        "contestants": 3,
        "contestants_min": 3,
        "instructors_max": 2,
        "leaders_max": 1,
        "teams_per_school_max": 2,
    },
    "age": {"max": 25, "on": "2026-05-01"},
    "anonymisation": {"layers": 2},
    "panel": judging.PANEL,
    "judging": {"judges_per_panel": 3, "max_spread": 1, "round": {"digits": 2, "mode": "half_up"}},
    "scheme": {"total": "100"},
    "result": {
        "round": {"digits": 2, "mode": "half_up"},
        "ranking": {"by": [["total", "desc"], ["A", "desc"]], "style": "competition"},
        "awards": {
            "tiers": [
                {"code": "first", "name": "一等奖", "ratio": "0.10"},
                {"code": "second", "name": "二等奖", "ratio": "0.20"},
                {"code": "third", "name": "三等奖", "ratio": "0.30"},
            ],
            "min_first": 1,
        },
    },
    "certificate": {"title": "获奖证书"},
}
SOURCE = "演示赛季的既定缺省值，并非文件规定"
PLATFORMS = ("平台甲", "平台乙")
ORGANISER, SCHOOL, SECRETARY, BUREAU = "organiser", "school", "secretary", "bureau"


def account(name: str, shown: str, role: str, scope: Ref) -> Actor:
    """A demo account with one role."""
    user = accounts.create_account(actor=SYSTEM, account_name=name, display_name=shown, password=PASSWORD)
    people.grant_role(actor=SYSTEM, user=user, role=role, scope=scope)
    return actor_for(user)


@transaction.atomic
def load() -> None:
    """Everything at once, or nothing."""
    people.load_groups(actor=SYSTEM)
    people.load_sample_catalogue(actor=SYSTEM)
    group = Group.objects.get(number=12)
    organiser = account(ORGANISER, "李老师", "organiser", group.ref)
    school = Organisation.objects.get(name="黄河水利职业技术学院")
    coordinator = account(SCHOOL, "周老师", "school_coordinator", school.ref)
    secretary = account(SECRETARY, "何秘书", "group_secretary", group.ref)
    groups.keep_affairs(secretary, group)
    groups.apply_for(coordinator, group, school)
    edition = contests.create_edition(
        actor=organiser,
        group=group,
        contest_code="PROV_HIGHER_VOC",
        contest_name="河南省高等职业教育技能大赛",
        year=2026,
        name="2026年河南省高等职业教育技能大赛",
        name_en="2026 Henan Higher Vocational Skills Competition",
    )
    opened(organiser, group, edition, "GZ-2026-046", "网站技术", "Web Technologies")
    live = opened(organiser, group, edition, "GZ-2026-047", "移动应用开发", "Mobile Applications")
    finished = opened(organiser, group, edition, "GZ-2026-012", "网页设计", "Web Design")
    fill(organiser, live, teams=8, first=1000)
    fill(organiser, finished, teams=6, first=2000)
    score(prepare(organiser, live, "judge"), share=Decimal("0.6"))
    set_board_mode(actor=organiser, event=live, mode="coded")
    judged = prepare(organiser, finished, "former-judge")
    score(judged, share=Decimal(1))
    publish(organiser, finished)
    reward(organiser, finished)
    notices.write(organiser, live)
    prepared = opened(organiser, group, edition, "GZ-2026-048", "云计算应用", "Cloud Computing")
    judging.load(organiser, coordinator, school, prepared)
    reviewed = opened(organiser, group, edition, "GZ-2026-051", "工业网络智能控制与维护", "Industrial Networks")
    account(BUREAU, "赵老师", "bureau_reviewer", reviewing.load(organiser, school, reviewed).ref)
    today = opened(organiser, group, edition, "GZ-2026-055", "物联网应用", "Internet of Things")
    fill(organiser, today, teams=7, first=4000)
    doors.load(organiser, today, PASSWORD)
    hosting.call_for_hosts(organiser, secretary, coordinator, group, edition, RULES)


def opened(actor: Actor, group: Group, edition: Any, code: str, name: str, name_en: str) -> Event:
    """An event with signed rules, open for registration."""
    event = contests.create_event(
        actor=actor,
        edition=edition,
        group=group,
        code=code,
        name=name,
        name_en=name_en,
        rules=RULES,
        rules_title=f"{name}赛项规程（演示）",
        rules_source=SOURCE,
        registration_closes_at=clock.now() + timedelta(days=30),
        tech_platforms=PLATFORMS,
        venue_name="郑州铁路职业技术学院 实训楼",
    )
    contests.sign_off_rules(actor=actor, event=event)
    return contests.open_registration(actor=actor, event=event)


def fill(actor: Actor, event: Event, *, teams: int, first: int) -> None:
    """Complete, submitted teams of different schools; then registration closes."""
    schools = Organisation.objects.order_by("pk")[:teams]
    drafts = [team(str(s.uid), first + n * 10, PLATFORMS[n % 2]) for n, s in enumerate(schools)]
    for entry in registration.enter_many(actor=actor, event=event, drafts=drafts):
        registration.submit_entry(actor=actor, entry=entry)
    contests.close_registration(actor=actor, event=event)


def prepare(actor: Actor, event: Event, names: str) -> Event:
    """Hall, panel, draw, scheme; scoring is open."""
    round = event.rounds.get()
    add_stations(actor=actor, event=event, venue_name="一号厅", stations="A01-A24")
    panel = judges.add_panel(actor=actor, round=round, name="第一组")
    for n, shown in enumerate(("裁判甲", "裁判乙", "裁判丙"), 1):
        seat = judges.add_seat(actor=actor, panel=panel, display_name=shown, account_name=f"{names}{n}")
        assert seat.user is not None
        accounts.set_password(actor=SYSTEM, user=seat.user, password=PASSWORD)
    for duty, name, shown in (("chief", "chief", "陈裁判长"), ("supervisor", "supervisor", "孙监督")):
        user = User.objects.filter(account_name=name).first() or accounts.create_account(
            actor=SYSTEM, account_name=name, display_name=shown, password=PASSWORD
        )
        judges.appoint(actor=actor, event=event, user=user, duty=duty)
    draw_round(actor=actor, round=round)
    file = scheme_workbook(event.name)
    scheme = scoring.import_scheme(actor=actor, round=round, content=file, file_name="scheme.xlsx")
    scoring.lock_scheme(actor=actor, scheme=scheme)
    scoring.open_scoring(actor=actor, round=round)
    return event


def score(event: Event, *, share: Decimal) -> None:
    """Marks by all judges on the first share of the works' sub-criteria; nobody disagrees by more than one level."""
    sheets = Sheet.objects.filter(work__round__event=event).select_related("work", "sub_criterion", "seat__user")
    ordered = list(sheets.order_by("work__code", "sub_criterion__position", "seat__number"))
    seats = {s.seat_id: s.seat for s in ordered}
    actors = {pk: actor_for(seat.user) for pk, seat in seats.items()}
    subs = sum(len(c[2]) for c in SCHEME)
    for n, sheet in enumerate(ordered[: int(len(ordered) * share) // len(seats) * len(seats)]):
        _score_sheet(actors[sheet.seat_id], sheet, sheet.seat, strength=(n // (len(seats) * subs)) % 5)


def _score_sheet(actor: Actor, sheet: Sheet, seat: Seat, *, strength: int) -> None:
    items, words = [], {}
    for aspect in sheet.sub_criterion.aspects.all():
        words[aspect.uid] = Word(True)
        if aspect.kind == "J":
            level = min(3, max(0, 3 - strength // 2 - (seat.number + strength) % 2))
            items.append(MarkItem(uuid4(), sheet.uid, aspect.uid, Decimal(level)))
        elif seat.records:
            lost = Decimal(strength * 15 + aspect.position) / 100
            items.append(MarkItem(uuid4(), sheet.uid, aspect.uid, round(aspect.max * (1 - lost), 2)))
    scoring.record_marks(actor=actor, items=items, device="demo")
    scoring.submit_sheet(actor=actor, sheet_uid=sheet.uid, words=words)


def publish(organiser: Actor, event: Event) -> None:
    """Two signatures, then publication no. 1."""
    round = event.rounds.get()
    tally = results.make_tally(actor=organiser, round=round)
    for name in ("chief", "supervisor"):
        user = User.objects.get(account_name=name)
        grant = user.grants.get(scope_key=event.code)
        signer = actor_for(user, grant_uid=str(grant.uid))
        results.sign_tally(actor=signer, tally=tally, password=PASSWORD, sha256=tally.results_sha256)
    results.publish(actor=organiser, round=round)


def reward(organiser: Actor, event: Event) -> None:
    """Certificates at once (the task would find nothing left to do), and an account for one winner."""
    publication = event.rounds.get().publications.get()
    issued = results.issue_certificates(publication_uid=str(publication.uid))
    holder = Member.objects.get(event=event, person=issued[0].holder, role="contestant").person
    account("contestant", "选手", "contestant", holder.ref)
    people.link_account(actor=SYSTEM, person=holder, user=User.objects.get(account_name="contestant"))
    set_board_mode(actor=organiser, event=event, mode="named")
