"""A school's workspace: deadlines, what is left, what came back and why, only its own."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.people.models import Group, Organisation
from backend.ui.registry import todos_of
from competitions.contests.models import Event, RuleSet
from competitions.registration import services
from competitions.registration.errors import EntriesRefused
from competitions.registration.models import ReviewPlan
from competitions.registration.selectors.workspace import workspace_of
from competitions.registration.services.reviewing import RemarkDraft, return_entry
from tests.factories import organisation, signed_in
from tests.registration.quota_2024 import teaching_contest
from tests.registration.world import RULES, team

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(event: Event) -> Organisation:
    return Organisation.objects.get(name="郑州铁路职业技术学院")


def test_what_is_left_and_what_lacks_is_counted_for_each_event(
    event: Event, make_event: Callable[..., Event], coordinator: Actor, school: Organisation
) -> None:
    later = make_event("GZ-2026-900", rules=RULES)
    Event.objects.filter(pk=later.pk).update(registration_closes_at=clock.now() + timedelta(days=90))
    services.enter_many(actor=coordinator, event=event, drafts=[team(school, size=2)])

    first, second = workspace_of(coordinator, school)

    assert (first.event, first.left, dict(first.counts)) == (event, 1, {"incomplete": 1})
    assert [(line.over_what, line.used, line.allowed) for line in first.places] == [("teams", 1, 2)]
    assert [gaps for _entry, gaps in first.lacking] == [[("contestant", 1)]]
    assert (second.event.code, second.left, second.used) == ("GZ-2026-900", 2, 0)


def test_a_returned_team_is_shown_with_its_reason_and_fields(
    event: Event, organiser: Actor, coordinator: Actor, school: Organisation
) -> None:
    ReviewPlan.objects.create(event=event, steps=["organiser"], reviewed_fields=["name"])
    (entry,) = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])
    services.submit_entry(actor=coordinator, entry=entry)
    member = entry.members.order_by("pk").first()
    assert member is not None
    remark = RemarkDraft(field="name", text="与证件不符", member=member.uid)
    return_entry(actor=organiser, entry=entry, reason="请核对姓名", remarks=[remark])

    (work,) = workspace_of(coordinator, school)

    assert [(r.reason, r.fields) for r in work.returned] == [("请核对姓名", [("name", "与证件不符")])]


def test_the_first_page_and_the_workspace_show_only_the_own_school(
    event: Event, organiser: Actor, coordinator: Actor, school: Organisation, client: Client
) -> None:
    other = organisation("开封大学")
    services.enter_many(actor=organiser, event=event, drafts=[team(school), team(other, serial=300)])
    client.force_login(User.objects.get(pk=coordinator.user_id))

    page = client.get("/school/")
    home = client.get("/").content.decode()
    book = load_workbook(io.BytesIO(client.get("/school/?format=xlsx").content))

    assert {kind: n for kind, _name, n in page.context["figures"]} == {
        "unsent": 1, "back": 0, "lacking": 0, "conditions": 0, "papers": 0, "consents": 0,
    }  # fmt: skip
    assert "学校工作台" in home
    assert book.active is not None
    assert [cell.value for cell in book.active[2]][2:4] == ["1", "1"]


def test_many_unsent_events_are_one_line_on_the_first_page_with_the_one_that_closes_first(
    make_event: Callable[..., Event], coordinator: Actor, school: Organisation
) -> None:
    for n in range(6):
        made = make_event(f"GZ-2026-{700 + n}", rules=RULES)
        services.enter_many(actor=coordinator, event=made, drafts=[team(school, serial=100 + 10 * n)])
    each = [(t.count, t.link) for t in todos_of(coordinator) if "state=draft" in t.link]
    soon = make_event("GZ-2026-799", rules=RULES)
    services.enter_many(actor=coordinator, event=soon, drafts=[team(school, serial=500)])
    Event.objects.filter(pk=soon.pk).update(registration_closes_at=clock.now() + timedelta(days=1))

    found = todos_of(coordinator)

    assert each == [(1, f"/events/GZ-2026-{700 + n}/entries/?state=draft") for n in range(6)]
    assert [(t.count, t.link, t.note.split()[0]) for t in found if "/school/" in t.link] == [
        (7, "/school/?show=unsent", "GZ-2026-799")
    ]
    assert not any("state=draft" in t.link for t in found)


def test_a_folded_list_shows_only_what_is_asked_for(
    event: Event, coordinator: Actor, school: Organisation, client: Client
) -> None:
    services.enter_many(actor=coordinator, event=event, drafts=[team(school), team(school, 200, 2, size=1)])
    client.force_login(User.objects.get(pk=coordinator.user_id))

    short = client.get("/school/?show=lacking")
    nothing = client.get("/school/?show=papers").content.decode()

    assert [[group.kind for group in line.groups] for line in short.context["waiting"]] == [["lacking"]]
    assert "没有此类待办" in nothing


def test_the_next_deadline_comes_with_the_servers_clock_and_lasts_to_the_end_of_its_minute(
    event: Event, coordinator: Actor, school: Organisation, client: Client
) -> None:
    closes = clock.now().replace(second=7, microsecond=0) + timedelta(minutes=19)
    Event.objects.filter(pk=event.pk).update(registration_closes_at=closes)
    services.enter_many(actor=coordinator, event=event, drafts=[team(school)])
    client.force_login(User.objects.get(pk=coordinator.user_id))

    page = client.get("/school/")

    assert page.context["next"].ends_at == closes.replace(second=0) + timedelta(minutes=1)
    assert "<deadline-clock" in page.content.decode()


def test_a_returned_team_has_its_own_deadline_when_registration_is_over(
    event: Event, organiser: Actor, coordinator: Actor, school: Organisation
) -> None:
    until = clock.now() + timedelta(days=2)
    ReviewPlan.objects.create(event=event, steps=["organiser"], reviewed_fields=["name"], corrections_close_at=until)
    (entry,) = services.enter_many(actor=coordinator, event=event, drafts=[team(school)])
    services.submit_entry(actor=coordinator, entry=entry)
    return_entry(actor=organiser, entry=entry, reason="请核对姓名", remarks=[])
    Event.objects.filter(pk=event.pk).update(registration_closes_at=clock.now() - timedelta(hours=1))

    (work,) = workspace_of(coordinator, school)

    assert (work.open, work.waits, work.due) == (False, True, until)


def test_what_can_no_longer_be_handed_in_is_not_counted_as_open(
    event: Event, coordinator: Actor, school: Organisation, client: Client
) -> None:
    services.enter_many(actor=coordinator, event=event, drafts=[team(school, size=2)])
    Event.objects.filter(pk=event.pk).update(registration_closes_at=clock.now() - timedelta(minutes=2))
    client.force_login(User.objects.get(pk=coordinator.user_id))

    page = client.get("/school/")
    home = client.get("/").content.decode()

    assert [n for _kind, _name, n in page.context["figures"]] == [0, 0, 0, 0, 0, 0]
    assert (page.context["next"], [line.work.event for line in page.context["resting"]]) == (None, [event])
    assert "人员不齐的参赛队" not in home


def test_what_the_workspace_says_is_left_is_what_the_service_takes(
    make_event: Callable[..., Event], group: Group
) -> None:
    """For each kind of limit: enter what is left, see nothing left, be refused, and see it in the same figures."""
    bureau = organisation("郑州市教育局", kind="bureau")
    single = {"contestants": 1, "contestants_min": 1}
    for n, rules in enumerate(
        (
            {"team": single | {"teams_per_school_max": 2}, "quota": {"base": 3}},
            {"team": single | {"teams_per_school_max": 3}, "quota": {"base": 2}},
            {"team": single, "quota": {"scope": "city", "base": 4}},
            {"team": single, "quota": {"unit": "persons", "base": 3}},
            {"team": single, "quota": {"scope": "province", "base": 4}},
        )
    ):
        event = make_event(f"GZ-2026-70{n}", rules=rules)
        Event.objects.filter(pk=event.pk).update(tech_platforms=[])
        school, other = (organisation(f"{name}{n}校", overseen_by=bureau) for name in "甲乙")
        actor = signed_in(f"c{n}", "school_coordinator", "organisation", str(school.uid))
        services.enter_many(actor=SYSTEM, event=event, drafts=[team(other, 100, 1, size=1, platform="")])

        left = left_in(actor, school, event)
        drafts = [team(school, 200 + m, m, size=1, platform="") for m in range(1, left + 1)]
        services.enter_many(actor=actor, event=event, drafts=drafts)

        assert (n, left, left_in(actor, school, event)) == (n, (2, 2, 3, 3, 3)[n], 0)
        with pytest.raises(EntriesRefused):
            services.enter_many(actor=actor, event=event, drafts=[team(school, 300, 9, size=1, platform="")])


def left_in(actor: Actor, school: Organisation, event: Event) -> int:
    (left,) = [work.left for work in workspace_of(actor, school) if work.event == event]
    assert left is not None
    return left


def test_free_places_of_an_edition_are_in_what_is_left(group: Group, school: Organisation) -> None:
    edition, events = teaching_contest(group)
    major = events["JX-MAJOR1"]
    actor = signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))
    services.adjust_quota(actor=SYSTEM, of=edition, school=school, code="national_first", evidence="证书")
    Event.objects.filter(edition=edition).update(state="registering")

    left = left_in(actor, school, major)
    for n in range(left):
        topic = {"topic_class": f"类{n}", "platform": ""}
        services.enter_many(actor=actor, event=major, drafts=[team(school, 100 + n, n + 1, size=1, **topic)])

    assert (left, left_in(actor, school, major)) == (5, 0)
    with pytest.raises(EntriesRefused):
        services.enter_many(
            actor=actor, event=major, drafts=[team(school, 200, 9, size=1, topic_class="类九", platform="")]
        )


def test_what_stands_over_an_ended_adjustment_is_marked(group: Group, school: Organisation, client: Client) -> None:
    edition, events = teaching_contest(group)
    Event.objects.filter(edition=edition).update(state="registering")
    made = services.adjust_quota(actor=SYSTEM, of=edition, school=school, code="national_first", evidence="证书")
    actor = signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))
    for n in range(5):
        draft = team(school, 100 + n, n + 1, size=1, topic_class=f"类{n}", platform="")
        services.enter_many(actor=actor, event=events["JX-MAJOR1"], drafts=[draft])
    services.end_adjustment(actor=SYSTEM, adjustment=made, reason="误登记")
    client.force_login(User.objects.get(pk=actor.user_id))

    page = client.get("/school/").content.decode()

    assert "超出 1" in page


def test_an_event_without_a_quota_says_so(make_event: Callable[..., Event], client: Client) -> None:
    event = make_event(rules={"team": {"contestants": 1}})
    school = Organisation.objects.get(name="郑州铁路职业技术学院")
    actor = signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))
    services.enter_many(actor=actor, event=event, drafts=[team(school, size=1)])
    client.force_login(User.objects.get(pk=actor.user_id))

    assert "未设名额限制" in client.get("/school/").content.decode()


def test_the_workspace_asks_as_often_for_fifteen_events_as_for_three(
    make_event: Callable[..., Event], client: Client
) -> None:
    quotas: list[dict[str, Any]] = [{"base": 5}, {"scope": "city", "base": 9}, {"unit": "persons", "base": 30}]
    rules = [{"team": {"contestants": 3}, "quota": quota} for quota in quotas]
    school = Organisation.objects.get_or_create(name="郑州铁路职业技术学院")[0]
    actor = signed_in("coordinator", "school_coordinator", "organisation", str(school.uid))
    client.force_login(User.objects.get(pk=actor.user_id))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/school/").status_code == 200
        return len(queries)

    counts = []
    for n in range(15):
        event = make_event(f"GZ-2026-6{n:02d}", rules=rules[n % 3])
        Event.objects.filter(pk=event.pk).update(tech_platforms=[])
        ReviewPlan.objects.create(event=event, steps=["organiser"], papers=["entry.photo", "entry.guardian"])
        services.enter_many(actor=actor, event=event, drafts=[team(school, 10 * n + 10, 1, platform="")])
        if n in (2, 14):
            asked()
            counts.append(asked())

    assert counts[0] == counts[1] <= 30


def stated(key: str, of: str = "contestant") -> dict[str, Any]:
    return {"code": f"R-{key}", "kind": key, "of": [of], "params": {}, "source": "《赛项规程》第三条"}


def test_ready_is_only_what_the_service_takes_and_a_condition_in_the_way_is_told_apart(
    make_event: Callable[..., Event], coordinator: Actor, school: Organisation, client: Client
) -> None:
    event = make_event("GZ-2026-500", rules={"team": {"contestants": 1}, "eligibility": [stated("ENROLLED")]})
    drafts = [team(school, 100 + 10 * n, n, size=1) for n in (1, 2, 3)]
    proven, broken, open_ = services.enter_many(actor=coordinator, event=event, drafts=drafts)
    for entry, value in ((proven, True), (broken, False)):
        fact = (str(entry.members.get().uid), "enrolled:R-ENROLLED")
        services.state_facts(actor=coordinator, entry=entry, facts={fact: (value, "学籍证明")})

    (work,) = (w for w in workspace_of(coordinator, school) if w.event == event)
    client.force_login(User.objects.get(pk=coordinator.user_id))
    page = client.get("/school/?show=conditions").content.decode()
    submitted = services.submit_complete(actor=coordinator, event=event)

    assert (work.complete, work.conditions) == ([proven], [(broken, 1, 0), (open_, 0, 1)])
    assert f"/entries/{open_.uid}/eligibility/" in page
    assert (submitted, sorted(e.state for e in event.entries.all())) == (1, ["draft", "draft", "submitted"])


def test_a_team_that_a_changed_rule_leaves_short_holds_up_no_other(
    make_event: Callable[..., Event], coordinator: Actor, school: Organisation
) -> None:
    event = make_event("GZ-2026-501", rules={"team": {"contestants": 2, "contestants_min": 1}})
    drafts = [team(school, 100, 1, size=1), team(school, 200, 2, size=2)]
    short, whole = services.enter_many(actor=coordinator, event=event, drafts=drafts)
    RuleSet.objects.filter(pk=event.rule_set_id).update(rules={"team": {"contestants": 2, "contestants_min": 2}})

    (work,) = (w for w in workspace_of(coordinator, school) if w.event == event)
    submitted = services.submit_complete(actor=coordinator, event=event)

    assert ([e for e, _gaps in work.lacking], work.complete, submitted) == ([short], [whole], 1)


def test_conditions_are_asked_as_often_for_twelve_teams_in_six_events_as_for_two_in_one(
    make_event: Callable[..., Event], coordinator: Actor, school: Organisation
) -> None:
    most = {"code": "R-M", "kind": "EVENTS_MAX", "of": ["contestant"], "params": {"max": 9}, "source": "《规程》"}
    prior = {**stated("NOT_PRIOR_ENTRY"), "params": {"years": 2}}
    rules = {"team": {"contestants": 2}, "eligibility": [stated("ENROLLED"), most, prior, stated("NOT_PRIOR_AWARD")]}

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            works = workspace_of(coordinator, school)
        assert sum(len(work.conditions) for work in works) == 2 * (
            len(works) - 1
        )  # the fixture's own event asks nothing
        return len(queries)

    counts = []
    for n in range(6):
        event = make_event(f"GZ-2026-52{n}", rules=rules)
        drafts = [team(school, 100 + 10 * n + m, m, size=2) for m in (1, 4)]
        services.enter_many(actor=coordinator, event=event, drafts=drafts)
        if n in (0, 5):
            counts.append(asked())

    assert counts[0] == counts[1] <= 25


def test_nobody_else_has_a_school_workspace(event: Event, organiser: Actor, client: Client) -> None:
    anonymous = client.get("/school/").status_code
    client.force_login(User.objects.get(pk=organiser.user_id))

    assert (anonymous, client.get("/school/").status_code) == (403, 403)
