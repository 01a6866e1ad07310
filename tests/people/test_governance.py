"""A group's charter, bodies and specialty committees are kept by its own secretariat."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.core import clock
from backend.core.actor import PUBLIC, Actor
from backend.core.errors import NotAllowed
from backend.people import services
from backend.people.errors import ClassUnfit, CommitteeExists, DayUnfit
from backend.people.models import Committee, Group, Membership, Office
from tests.factories import organisation, signed_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def secretary(group: Group) -> Actor:
    return signed_in("secretary", "group_secretary", "group", group.code)


@pytest.fixture
def stranger(other_group: Group) -> Actor:
    return signed_in("other-secretary", "group_secretary", "group", other_group.code)


def chair(actor: Actor, group: Group, **told: object) -> Office:
    fields = {"body": "council", "title": "理事长", "name": "欧阳建", "begins_on": DAY, **told}
    return services.fill_office(actor=actor, group=group, **fields)  # type: ignore[arg-type]


def test_the_secretariat_records_charter_and_legal_form(secretary: Actor, group: Group) -> None:
    found = services.keep_group(actor=secretary, group=group, charter_title="集团章程", legal_form="school")

    assert (found.charter_title, found.legal_form) == ("集团章程", "school")


def test_nobody_else_keeps_a_group(stranger: Actor, organiser: Actor, group: Group) -> None:
    coordinator = signed_in("c", "school_coordinator", "organisation", str(group.lead_school.uid))

    for actor in (stranger, organiser, coordinator, PUBLIC):
        with pytest.raises(NotAllowed):
            services.keep_group(actor=actor, group=group, charter_title="x")
        with pytest.raises(NotAllowed):
            chair(actor, group)
        with pytest.raises(NotAllowed):
            services.found_committee(actor=actor, group=group, class_code="5102", name="x")


def test_an_office_holds_from_its_first_to_its_last_day(secretary: Actor, group: Group) -> None:
    office = chair(secretary, group)
    services.end_office(actor=secretary, office=office, on=DAY + timedelta(days=5))

    held = [Office.objects.on(DAY + timedelta(days=n)).count() for n in (-1, 0, 5, 6)]

    assert held == [0, 1, 1, 0]


def test_a_name_is_encrypted_and_shown_to_officers_and_member_units_only(
    secretary: Actor, stranger: Actor, organiser: Actor, group: Group
) -> None:
    office, member, outside = chair(secretary, group), organisation("开封大学"), organisation("郑州大学")
    Membership.objects.create(group=group, organisation=member)
    units = [signed_in(f"u{o.pk}", "school_coordinator", "organisation", str(o.uid)) for o in (member, outside)]

    seen = [Office.objects.visible_to(a).count() for a in (secretary, organiser, units[0], units[1], stranger, PUBLIC)]

    assert (office.holder, "欧阳" in office.name_sealed, seen) == ("欧阳建", False, [1, 1, 1, 0, 0, 0])


def test_an_office_cannot_end_before_it_begins(secretary: Actor, group: Group) -> None:
    office = chair(secretary, group)

    with pytest.raises(DayUnfit):
        services.end_office(actor=secretary, office=office, on=DAY - timedelta(days=1))
    with pytest.raises(DayUnfit):
        chair(secretary, group, ends_on=DAY - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.filter(pk=office.pk).update(ends_on=DAY - timedelta(days=1))


@pytest.mark.parametrize("code", ["4101", "51", "51021", "51x2", "５１０２"])
def test_a_committee_is_for_a_class_of_the_groups_own_category(code: str, secretary: Actor, group: Group) -> None:
    with pytest.raises(ClassUnfit):
        services.found_committee(actor=secretary, group=group, class_code=code, name="x")


def test_one_committee_a_class_until_it_is_dissolved(secretary: Actor, group: Group) -> None:
    first = services.found_committee(actor=secretary, group=group, class_code="5102", name="计算机类专业委员会")
    with pytest.raises(CommitteeExists):
        services.found_committee(actor=secretary, group=group, class_code="5102", name="又一个")

    services.end_committee(actor=secretary, committee=first, on=clock.today())

    services.found_committee(actor=secretary, group=group, class_code="5102", name="新的")
    assert [c.name for c in Committee.objects.filter(ended_on=None)] == ["新的"]


def test_a_dissolved_committees_offices_end_with_it(secretary: Actor, group: Group) -> None:
    committee = services.found_committee(actor=secretary, group=group, class_code="5102", name="专委会")
    office = chair(secretary, group, committee=committee, title="主任委员")

    services.end_committee(actor=secretary, committee=committee, on=DAY)

    office.refresh_from_db()
    assert (office.body, office.ends_on) == ("committee", DAY)


def test_a_committee_of_another_group_is_not_taken(secretary: Actor, group: Group, other_group: Group) -> None:
    foreign = Committee.objects.create(group=other_group, class_code="4101", name="农业类")

    with pytest.raises(NotAllowed):
        chair(secretary, group, committee=foreign)
