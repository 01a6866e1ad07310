"""The pages of an event's and an edition's rules: fields, what changes, adopting; by those who may."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.core.actor import PUBLIC, Actor
from backend.people.models import Group
from competitions.contests import services
from competitions.contests.forms import RulesForm
from competitions.contests.models import Edition, Event, RuleSet
from competitions.contests.projections import difference_lines
from tests.contests.test_rules_asked import sent
from tests.factories import browser, organisation, signed_in
from tests.registration.world import RULES
from tests.selection.world import coordinator_of

pytestmark = pytest.mark.django_db
ADDRESS = "/events/GZ-2026-001/rules/"


@pytest.fixture
def edition(group: Group, organiser: Actor) -> Edition:
    return services.create_edition(
        actor=organiser, group=group, contest_code="HN", contest_name="河南省技能大赛", year=2026, name="2026年"
    )


@pytest.fixture
def event(organiser: Actor, edition: Edition, group: Group) -> Event:
    return services.create_event(
        actor=organiser, edition=edition, group=group, code="GZ-2026-001", name="网络", rules=RULES, rules_source="规程"
    )


def filled_in(client: Client, address: str = ADDRESS, **typed: Any) -> dict[str, Any]:
    """What a browser would send of the page, after somebody typed; `__` in a name stands for a hyphen."""
    form: RulesForm = client.get(address).context["form"]
    return again(form, **typed)


def again(form: RulesForm, **typed: Any) -> dict[str, Any]:
    carried = {"base": form.base, **form.head}
    return {**carried, **sent(form), **{name.replace("__", "-"): value for name, value in typed.items()}}


def test_a_new_version_is_compared_before_it_is_adopted(organiser: Actor, event: Event) -> None:
    client = browser(organiser)

    compared = client.post(ADDRESS, filled_in(client, team__contestants="4", source="新通知", do="compare"))
    before = RuleSet.objects.count()
    carried = {"rules": compared.context["rules"], **compared.context["head"], "against": "1"}
    done = client.post(ADDRESS, {**carried, "do": "adopt"}, follow=True)

    event.refresh_from_db()
    page = compared.content.decode()
    assert [(c.place, c.before, c.after) for c in compared.context["changes"]] == [("每队选手人数", "3", "4")]
    assert ("新通知" in page, "报名队数" in page, before) == (True, True, 1)
    assert event.rule_set.rules == {**RULES, "team": {**RULES["team"], "contestants": 4}}
    assert (event.rule_set.version, event.rule_set.source, event.rule_set.signed_off_at) == (2, "新通知", None)
    assert "新版本已采用" in done.content.decode()


def test_nothing_typed_is_lost_while_lines_come_move_and_go(organiser: Actor, event: Event) -> None:
    client = browser(organiser)

    one = client.post(
        ADDRESS,
        filled_in(client, title="新规程", team__contestants="四", eligibility__new="AGE_MAX", do="add:eligibility"),
    ).context["form"]
    typed = {"eligibility__0__params__max": "20", "eligibility__0__of": ["contestant", "leader"]}
    two = client.post(ADDRESS, again(one, **typed, eligibility__new="SEX", do="add:eligibility")).context["form"]
    three = client.post(ADDRESS, again(two, do="up:eligibility:1")).context["form"]
    four = client.post(ADDRESS, again(three, eligibility__0__kind="SAME_SCHOOL", do="show:eligibility:0")).context[
        "form"
    ]
    five = client.post(ADDRESS, again(four, do="remove:eligibility:0")).context["form"]

    assert [form.document["team"]["contestants"] for form in (one, two, five)] == ["四", "四", "四"]
    assert [rule["kind"] for rule in three.document["eligibility"]] == ["SEX", "AGE_MAX"]
    assert [rule["kind"] for rule in four.document["eligibility"]] == ["SAME_SCHOOL", "AGE_MAX"]
    assert five.document["eligibility"] == [
        {"kind": "AGE_MAX", "params": {"max": 20}, "of": ["contestant", "leader"]},
    ]
    assert (five.head["title"], dict(five.errors), RuleSet.objects.count()) == ("新规程", {}, 1)


def test_all_that_is_wrong_is_said_at_once_at_its_field(organiser: Actor, event: Event) -> None:
    client = browser(organiser)
    added = client.post(ADDRESS, filled_in(client, eligibility__new="AGE_MAX", do="add:eligibility")).context["form"]

    wrong = client.post(
        ADDRESS,
        again(added, team__contestants="0", team__contestants_min="99", age__on="", title="长" * 151, do="compare"),
    )

    errors = wrong.context["form"].errors
    assert wrong.status_code == 422
    assert set(errors) == {
        "title", "team-contestants", "team-contestants_min", "age-on",
        "eligibility-0-source", "eligibility-0-params-max", "eligibility-0-params-on",
    }  # fmt: skip
    assert errors["team-contestants"] == ["这里不能小于 1。"]
    assert "有 7 处需要修改" in wrong.content.decode()


def test_going_back_from_the_comparison_keeps_everything(organiser: Actor, event: Event) -> None:
    client = browser(organiser)
    compared = client.post(ADDRESS, filled_in(client, quota__base="3", title="乙"))

    form = client.post(ADDRESS, {"rules": compared.context["rules"], **compared.context["head"], "do": "edit"}).context[
        "form"
    ]

    assert (form.document["quota"], form.head["title"], dict(form.errors)) == ({"base": 3}, "乙", {})


def test_a_version_adopted_in_between_is_compared_first(organiser: Actor, event: Event) -> None:
    client = browser(organiser)
    compared = client.post(ADDRESS, filled_in(client, quota__base="3"))
    carried = {"rules": compared.context["rules"], **compared.context["head"], "do": "adopt"}
    services.adopt_rules(actor=organiser, event=event, rules={**RULES, "minimum": {"entries": 4}})

    late = client.post(ADDRESS, {**carried, "against": "1"})
    done = client.post(ADDRESS, {**carried, "against": "2"})

    assert [(c.place, c.before, c.after) for c in late.context["changes"]] == [
        ("基数", "", "3"),
        ("低于此数不举办", "4", ""),
    ]
    assert "其间已有人采用了另一版" in late.content.decode()
    event.refresh_from_db()
    assert (done.status_code, event.rule_set.version, "minimum" in event.rule_set.rules) == (302, 3, False)


def test_experts_read_and_write_the_whole_text(organiser: Actor, event: Event) -> None:
    client, address = browser(organiser), f"{ADDRESS}?as=text"
    shown = json.loads(client.get(address).context["form"]["text"].value())

    broken = client.post(address, {"text": '{\n "quota": }'}).content.decode()
    misfit = client.post(address, {"text": json.dumps({**RULES, "quota": {"base": "x"}, "colour": 1})})
    good = client.post(address, {"text": json.dumps({**RULES, "panel": {"weights": {"takes_part": 9}}})})

    assert shown == RULES
    assert "第 2 行第 11 列" in broken
    assert [text.split(":")[0] for text in misfit.context["form"].errors["text"]] == ["$", "$.quota.base"]
    assert [(c.section, c.place) for c in good.context["changes"]] == [("其他部分", "panel.weights")]


def test_a_page_without_changes_offers_nothing_to_adopt(organiser: Actor, event: Event) -> None:
    client = browser(organiser)

    page = client.post(ADDRESS, filled_in(client)).content.decode()

    assert "与现行版本没有不同" in page
    assert 'value="adopt"' not in page


def test_an_edition_asks_what_holds_over_all_events(organiser: Actor, edition: Edition, event: Event) -> None:
    client, address = browser(organiser), f"/editions/{edition.uid}/rules/"

    form = client.get(address).context["form"]
    compared = client.post(address, filled_in(client, address, quota__base="4", quota__unit="persons"))
    carried = {"rules": compared.context["rules"], **compared.context["head"], "against": "0", "do": "adopt"}
    client.post(address, carried)
    refused = client.post(address, {**carried, "against": "1", "rules": json.dumps(RULES)})

    edition.refresh_from_db()
    assert {name.split("-")[0] for name in form.fields} == {"title", "source", "quota"}
    assert edition.rule_set is not None
    assert (edition.rule_set.rules, edition.rule_set.version) == ({"quota": {"base": 4, "unit": "persons"}}, 1)
    assert refused.status_code == 422


def test_owner_colleague_and_stranger(
    organiser: Actor, other_organiser: Actor, group: Group, edition: Edition, event: Event
) -> None:
    colleague = signed_in("colleague", "organiser", "group", group.code)
    school = coordinator_of(organisation("甲学院"), "school")
    adopted = {"do": "adopt", "against": "1", "rules": json.dumps({"team": {"contestants": 1}})}
    event_page, edition_page = ADDRESS, f"/editions/{edition.uid}/rules/"

    for stranger in (other_organiser, school):
        for address in (event_page, f"{event_page}?as=text", edition_page, f"{edition_page}?as=text"):
            assert browser(stranger).get(address).status_code in (403, 404)
            assert browser(stranger).post(address, adopted).status_code in (403, 404)
    assert Client().post(event_page, adopted).status_code in (302, 403, 404) and PUBLIC.anonymous
    assert RuleSet.objects.count() == 1
    assert browser(colleague).get(event_page).status_code == 200
    assert browser(colleague).post(event_page, adopted).status_code == 302
    assert RuleSet.objects.count() == 2


@pytest.mark.parametrize(
    "do", ["add:nowhere", "up:eligibility:x", "remove:eligibility:99", "nonsense", "adopt", "edit"]
)
def test_what_no_button_sends_breaks_nothing(organiser: Actor, event: Event, do: str) -> None:
    odd = {"base": "[", "eligibility-count": "7", "eligibility-0-was": "9", "rules": "{", "quota-bases-count": "-1"}

    answer = browser(organiser).post(ADDRESS, {**odd, "do": do})

    assert answer.status_code == 200
    assert RuleSet.objects.count() == 1


def test_the_page_costs_the_same_whatever_its_length(organiser: Actor, make_event: Callable[..., Event]) -> None:
    make_event("GZ-2026-001", state="draft", rules=RULES)
    rule = {"kind": "SAME_SCHOOL", "source": "规程"}
    make_event(
        "GZ-2026-002", state="draft", rules={**RULES, "eligibility": [{**rule, "code": f"{n}"} for n in range(30)]}
    )
    client = browser(organiser)
    client.get(ADDRESS)

    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS.replace("001", "002"))

    assert len(many) == len(few)


def test_a_copied_event_says_in_words_what_became_of_last_years_rules(
    organiser: Actor, edition: Edition, event: Event, group: Group
) -> None:
    services.copy_edition(actor=organiser, edition=edition, group=group, year=2027)
    copied = Event.objects.get(copied_from=event)

    page = browser(organiser).get(f"/events/{copied.code}/").content.decode()

    assert [line.after for line in difference_lines(copied)] == ["2027-05-01"]
    assert "2026-05-01" in page and "<strong>2027-05-01</strong>" in page and "$.age" not in page
