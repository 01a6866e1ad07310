"""An organisation's names by date: sheets with a former name still find it, unknown ones get proposals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.core.errors import Invalid, NotAllowed
from backend.people import services
from backend.people.errors import DayUnfit, NameTaken
from backend.people.models import Group, Organisation
from backend.people.selectors import match_organisation, match_organisations, propose_organisations
from tests.factories import organisation, signed_in

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 1)


@pytest.fixture
def school() -> Organisation:
    return organisation("开封文化艺术职业学院")


@pytest.fixture
def secretary(group: Group) -> Actor:
    return signed_in("secretary", "group_secretary", "group", group.code)


def renamed(actor: Actor, school: Organisation, name: str, on: date = DAY) -> Organisation:
    return services.rename_organisation(actor=actor, organisation=school, name=name, on=on)


def test_sheets_find_a_school_by_its_present_and_its_former_names(secretary: Actor, school: Organisation) -> None:
    renamed(secretary, school, "开封职业技术大学")
    renamed(secretary, school, "开封大学", DAY + timedelta(days=30))

    found = match_organisations(["开封文化艺术职业学院", "开封职业技术大学", "开 封大学", "開封大学"])

    assert {name: o.name for name, o in found.items()} == {
        "开封文化艺术职业学院": "开封大学",
        "开封职业技术大学": "开封大学",
        "开 封大学": "开封大学",
    }
    assert [(n.name, n.ended_on) for n in school.names.order_by("ended_on")] == [
        ("开封文化艺术职业学院", DAY),
        ("开封职业技术大学", DAY + timedelta(days=30)),
    ]


def test_an_unknown_name_is_refused_with_present_names_only(secretary: Actor, school: Organisation) -> None:
    renamed(secretary, school, "汴京艺术大学")

    found, near = match_organisation("开封文化艺术学院")

    assert (found, near) == (None, ["汴京艺术大学"])
    assert propose_organisations("完全无关的名字") == []


def test_a_school_may_take_its_former_name_again(secretary: Actor, school: Organisation) -> None:
    renamed(secretary, school, "开封大学")

    back = renamed(secretary, school, "开封文化艺术职业学院", DAY + timedelta(days=1))

    assert back.name == "开封文化艺术职业学院"
    assert match_organisations(["开封大学"])["开封大学"] == school


def test_a_name_of_another_present_former_or_closed_is_taken(secretary: Actor, school: Organisation) -> None:
    present, former, closed = (organisation(n) for n in ("甲学院", "乙学院", "丙学院"))
    services.record_former_name(actor=SYSTEM, organisation=former, name="老乙学院")
    Organisation.objects.filter(pk=closed.pk).update(ended_at=clock.now())

    for name in (present.name, "老乙学院", closed.name):
        with pytest.raises(NameTaken):
            renamed(secretary, school, name)


def test_a_day_to_come_or_before_the_last_renaming_is_refused(secretary: Actor, school: Organisation) -> None:
    with pytest.raises(DayUnfit):
        renamed(secretary, school, "开封大学", clock.today() + timedelta(days=1))
    renamed(secretary, school, "开封大学")

    with pytest.raises(DayUnfit):
        renamed(secretary, school, "开封学院", DAY - timedelta(days=1))
    with pytest.raises(Invalid):
        renamed(secretary, school, " 开封 大学 ")


def test_organisers_and_schools_rename_nothing(organiser: Actor, school: Organisation) -> None:
    own = signed_in("own", "school_coordinator", "organisation", str(school.uid))

    for actor in (organiser, own):
        with pytest.raises(NotAllowed):
            renamed(actor, school, "开封大学")


def test_the_page_records_a_new_name_and_shows_until_when_the_former_held(
    secretary: Actor, school: Organisation
) -> None:
    cache.clear()
    client = Client()
    client.force_login(User.objects.get(pk=secretary.user_id))

    answer = client.post(f"/organisations/{school.uid}/rename/", {"name": "开封大学", "on": "2025-09-01"})
    page = client.get(f"/organisations/{school.uid}/").content.decode()
    wrong = client.post(f"/organisations/{school.uid}/rename/", {"name": "", "on": "x"})

    assert (answer.status_code, wrong.status_code) == (302, 422)
    assert ("2025-09-01" in page, "开封文化艺术职业学院" in page) == (True, True)
