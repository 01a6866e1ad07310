"""A round of the demo season from its hall to its certificates."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from backend.accounts import services as accounts
from backend.accounts.models import User
from backend.config.demo.basics import PASSWORD, account
from backend.config.demo.scheme import SCHEME, Criteria, scheme_workbook
from backend.core.actor import SYSTEM, Actor
from backend.people import services as people
from backend.people.selectors import actor_for
from competitions.boards.services import set_board_mode
from competitions.contests.models import Event
from competitions.draw.services import draw_round
from competitions.judges import services as judges
from competitions.judges.models import Seat
from competitions.registration.models import Member
from competitions.results import services as results
from competitions.scoring import services as scoring
from competitions.scoring.models import Sheet
from competitions.scoring.services import MarkItem
from competitions.scoring.services.submitting import Word
from competitions.venues.services import add_stations


def prepare(actor: Actor, event: Event, names: str, scheme: Criteria = SCHEME) -> Event:
    """Hall, panel, draw, scheme; scoring is open. names: of the judges' accounts, before their number."""
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
    file = scheme_workbook(event.name, scheme)
    imported = scoring.import_scheme(actor=actor, round=round, content=file, file_name="scheme.xlsx")
    scoring.lock_scheme(actor=actor, scheme=imported)
    scoring.open_scoring(actor=actor, round=round)
    return event


def score(event: Event, *, share: Decimal) -> None:
    """Marks by all judges on the first share of the works' sub-criteria; nobody disagrees by more than one level."""
    sheets = Sheet.objects.filter(work__round__event=event).select_related("work", "sub_criterion", "seat__user")
    found = sheets.prefetch_related("sub_criterion__aspects")
    ordered = list(found.order_by("work__code", "sub_criterion__position", "seat__number"))
    seats = {s.seat_id: s.seat for s in ordered}
    actors = {pk: actor_for(seat.user) for pk, seat in seats.items()}
    subs = len({s.sub_criterion_id for s in ordered})
    scored = ordered[: int(len(ordered) * share) // len(seats) * len(seats)]
    taps: dict[int, list[MarkItem]] = {pk: [] for pk in seats}
    for n, sheet in enumerate(scored):
        taps[sheet.seat_id] += _taps(sheet, sheet.seat, strength=(n // (len(seats) * subs)) % 5)
    for pk, items in taps.items():
        scoring.record_marks(actor=actors[pk], items=items, device="demo")
    for sheet in scored:
        words = {aspect.uid: Word(True) for aspect in sheet.sub_criterion.aspects.all()}
        scoring.submit_sheet(actor=actors[sheet.seat_id], sheet_uid=sheet.uid, words=words)


def _taps(sheet: Sheet, seat: Seat, *, strength: int) -> list[MarkItem]:
    """One judge's marks on one sheet. strength: 0 is the best work."""
    items = []
    for aspect in sheet.sub_criterion.aspects.all():
        if aspect.kind == "J":
            level = min(3, max(0, 3 - strength // 2 - (seat.number + strength) % 2))
            items.append(MarkItem(uuid4(), sheet.uid, aspect.uid, Decimal(level)))
        elif seat.records:
            lost = Decimal(strength * 15 + aspect.position) / 100
            items.append(MarkItem(uuid4(), sheet.uid, aspect.uid, round(aspect.max * (1 - lost), 2)))
    return items


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
