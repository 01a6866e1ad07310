"""A day of check-in, written into a running server's database."""

from __future__ import annotations

from typing import Any

from tests.browser.seed import account


def day(*, code: str, teams: int, late: bool = False, elsewhere: bool = False) -> dict[str, Any]:
    """Teams of three of as many schools with cards, a session, two desks. Answers tokens and cookies.

    elsewhere: the first team has its place in another session, after the one that is on.
    """
    from datetime import timedelta

    from backend.accounts.models import User
    from backend.core import clock
    from backend.core.actor import SYSTEM
    from backend.people.models import Group, Organisation
    from competitions.contests.models import Contest, Edition, Event, Round, RuleSet
    from competitions.registration import services as registration
    from competitions.registration.models import Entry, EntryCard, Member
    from competitions.venues import services
    from tests.registration.world import RULES, team
    from tests.venues.world import session_at

    school, _ = Organisation.objects.get_or_create(name="郑州铁路职业技术学院", name_key="郑州铁路职业技术学院")
    names = {"number": 12, "name": "河南电子与信息职业教育集团", "lead_school": school, "major_category": "51"}
    group, _ = Group.objects.get_or_create(code="12", defaults=names)
    contest, _ = Contest.objects.get_or_create(code="DOORS", defaults={"name": "河南省高等职业教育技能大赛"})
    edition, _ = Edition.objects.get_or_create(contest=contest, year=2026, defaults={"name": "2026年大赛"})
    rules = RuleSet.objects.create(code=f"rules-{code}", title="规程", rules=RULES)
    event = Event.objects.create(
        edition=edition, code=code, name="网站技术", leading_group=group, rule_set=rules, state="registering"
    )
    Round.objects.create(event=event)
    drafts = []
    for n in range(teams):
        name = f"河南第{n + 1}职业技术学院"
        of, _ = Organisation.objects.get_or_create(name=name, name_key=name)
        drafts.append(team(of, 100 + 3 * n))
    registration.enter_many(actor=SYSTEM, event=event, drafts=drafts)
    Entry.objects.filter(event=event).update(state="submitted", submitted_at=clock.now())
    Event.objects.filter(pk=event.pk).update(state="registered")
    for one in Member.objects.filter(event=event):
        one.put("phone", "13800001234")
        one.save(update_fields=["phone_sealed"])
    registration.issue_cards(actor=SYSTEM, event=event)
    starts_at = clock.now() - timedelta(minutes=40) if late else clock.now() + timedelta(hours=2)
    morning = session_at(SYSTEM, event, starts_at)  # type: ignore[arg-type]
    if elsewhere:
        times = {"starts_at": morning.ends_at, "ends_at": morning.ends_at + timedelta(hours=3)}
        given = {"round": morning.round, "venue": morning.venue, "name": "下午场", **times}
        afternoon = services.add_session(actor=SYSTEM, **given)
        first = Entry.objects.filter(event=event).order_by("pk")[0]
        services.book(actor=SYSTEM, round=morning.round, entry=first, session=afternoon)
    cookies = []
    for desk in ("北门", "南门"):
        grant = services.add_desk(actor=SYSTEM, event=event, name=desk, account_name=f"{code}-{desk}")
        cookies.append(account(name=User.objects.get(pk=grant.user_id).account_name))
    organiser = account(name=f"{code}-organiser", role="organiser", kind="event", key=code)
    tokens = EntryCard.objects.filter(member__event=event).order_by("pk").values_list("token", flat=True)
    return {"tokens": list(tokens), "cookies": cookies, "organiser": organiser}


def taken(*, code: str) -> dict[str, Any]:
    """How many people were let in, by how many rows, and how many conflicts stand."""
    from competitions.venues.models import CheckIn

    rows = CheckIn.objects.filter(event__code=code)
    return {
        "rows": rows.count(),
        "people": rows.values("member").distinct().count(),
        "conflicts": rows.filter(conflicts_with__isnull=False).count(),
        "clients": rows.values("client_id").distinct().count(),
    }
