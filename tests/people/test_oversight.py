"""Through which bureau a school reports."""

from __future__ import annotations

from typing import Any

import pytest

from backend.core.actor import Actor
from backend.core.errors import Invalid, NotAllowed
from backend.people import services
from backend.people.models import Organisation
from backend.people.permissions import may_grant
from tests.factories import organisation, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Actor:
    return signed_in("officer", "sys_admin", "system", "")


def test_an_officer_says_through_which_bureau_a_school_reports(officer: Actor) -> None:
    school, bureau = organisation("开封市技工学校"), organisation("开封市教育局", kind="bureau")

    services.set_oversight(actor=officer, organisation=school, bureau=bureau)

    assert Organisation.objects.get(pk=school.pk).overseen_by == bureau


def test_only_a_bureau_oversees_and_only_a_school_is_overseen(officer: Actor) -> None:
    school, other = organisation("开封市技工学校"), organisation("洛阳市技工学校")
    bureau = organisation("开封市教育局", kind="bureau")

    for subject, over in ((school, other), (bureau, bureau)):
        with pytest.raises(Invalid):
            services.set_oversight(actor=officer, organisation=subject, bureau=over)


def test_neither_a_school_nor_a_group_opens_its_entries_to_a_bureau(organiser: Actor) -> None:
    school = organisation("开封市技工学校")
    own = signed_in("own", "school_coordinator", "organisation", str(school.uid))

    for actor in (own, organiser):
        with pytest.raises(NotAllowed):
            services.set_oversight(actor=actor, organisation=school, bureau=None)


def test_a_group_gives_nobody_the_role_of_a_bureau(organiser: Actor) -> None:
    bureau = organisation("开封市教育局", kind="bureau")

    assert not may_grant(organiser, "bureau_reviewer", bureau.ref)


def test_an_unknown_bureau_is_refused_with_a_proposal(client: Any, officer: Actor) -> None:
    school = organisation("开封市技工学校")
    organisation("开封市教育体育局", kind="bureau")
    client.force_login(user_of(officer))

    answer = client.post(f"/organisations/{school.uid}/oversight/", {"name": "开封市教育局"}, HTTP_ACCEPT="text/html")

    assert answer.status_code == 422
    assert "开封市教育体育局" in answer.content.decode()


def user_of(actor: Actor) -> Any:
    from backend.accounts.models import User

    return User.objects.get(pk=actor.user_id)
