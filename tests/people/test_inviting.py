"""A unit without an account is invited: its account, its card, its application begun; and who may invite."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from backend.accounts.models import SignInCard, User
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid, NotAllowed
from backend.people import services
from backend.people.models import Grant, Group, Membership, MembershipApplication, Organisation
from backend.people.selectors import actor_for
from tests.factories import browser, organisation, signed_in

pytestmark = pytest.mark.django_db
COMPANY = "河南某智能装备股份有限公司"
CODE = "91410100MA45K7QX4T"
FORM = {"name": COMPANY, "kind": "company", "account_name": "zhuangbei", "display_name": "联络员"}


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def secretary(group: Group) -> Actor:
    return signed_in("secretary", "group_secretary", "group", group.code)


@pytest.fixture
def invite(secretary: Actor, group: Group) -> Callable[..., services.Invited]:
    def invited(**told: Any) -> services.Invited:
        return services.invite_unit(actor=secretary, group=group, **{**FORM, **told})

    return invited


def test_an_unknown_enterprise_gets_its_account_and_a_draft_to_finish(invite: Callable[..., services.Invited]) -> None:
    made = invite()

    unit = Organisation.objects.get(name=COMPANY)
    actor = actor_for(made.user)
    assert (unit.kind, actor.role, actor.scope) == ("enterprise", "school_coordinator", unit.ref)
    assert (made.application.state, made.application.kind) == ("draft", "company")
    assert SignInCard.objects.get(user=made.user).purpose == "password"


def test_the_invited_unit_submits_the_draft_and_is_accepted(
    invite: Callable[..., services.Invited], secretary: Actor
) -> None:
    made = invite()

    services.submit_application(actor=actor_for(made.user), application=made.application)
    services.decide_application(actor=secretary, application=made.application, verb="accept")

    assert Membership.objects.get(organisation__name=COMPANY).kind == "company"


def test_an_organisation_that_is_recorded_is_found_and_not_recorded_twice(
    invite: Callable[..., services.Invited],
) -> None:
    known = organisation(COMPANY, kind="enterprise")

    made = invite(name="河南某智能装备 股份有限公司")

    assert made.application.organisation == known
    assert Organisation.objects.filter(kind="enterprise").count() == 1


def test_every_problem_is_named_at_once_and_nothing_is_written(
    invite: Callable[..., services.Invited], group: Group
) -> None:
    member = organisation("开封大学")
    Membership.objects.create(group=group, organisation=member)
    User.objects.create_user("zhuangbei", "correct-horse-9")

    with pytest.raises(Invalid) as refused:
        invite(name="开封大学", uscc="91410100MA45K7QX40")

    assert set(refused.value.problems) == {"name", "uscc", "account_name"}
    assert not Grant.objects.filter(user__account_name="zhuangbei").exists()
    assert not MembershipApplication.objects.exists()


def test_an_organisation_with_an_account_applies_with_that_one(invite: Callable[..., services.Invited]) -> None:
    known = organisation(COMPANY)
    signed_in("already", "school_coordinator", "organisation", str(known.uid))

    with pytest.raises(Invalid) as refused:
        invite()

    assert list(refused.value.problems) == ["name"]


def test_a_code_of_another_organisation_is_refused_with_its_name(invite: Callable[..., services.Invited]) -> None:
    organisation("河南某轴承有限公司", uscc=_code())

    with pytest.raises(Invalid) as refused:
        invite(uscc=_code())

    assert "河南某轴承有限公司" in str(refused.value.problems["uscc"])


def _code() -> str:
    """A code whose check digit fits."""
    from stdnum.cn import uscc

    return CODE[:17] + uscc.calc_check_digit(CODE[:17])


def test_a_second_invitation_meets_the_account_of_the_first(invite: Callable[..., services.Invited]) -> None:
    invite()

    with pytest.raises(Invalid) as refused:
        invite(account_name="another")

    assert list(refused.value.problems) == ["name"]


def test_an_organiser_and_another_groups_secretary_invite_nobody(group: Group, other_group: Group) -> None:
    organiser = signed_in("organiser", "organiser", "group", group.code)
    stranger = signed_in("stranger", "group_secretary", "group", other_group.code)

    for actor in (organiser, stranger):
        with pytest.raises(NotAllowed):
            services.invite_unit(actor=actor, group=group, **FORM)
        assert browser(actor).get("/groups/12/invite/").status_code == 404

    assert not Organisation.objects.filter(name=COMPANY).exists()


def test_the_page_prints_the_card_and_the_card_leads_to_the_draft(secretary: Actor) -> None:
    officer = browser(secretary)

    refused = officer.post("/groups/12/invite/", {**FORM, "uscc": "123"})
    answer = officer.post("/groups/12/invite/", FORM)

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["uscc"])
    unit = Client()
    signed = unit.post("/card/", {"word": answer.context["cards"][0].code})
    assert (signed.status_code, signed.headers["Location"]) == (302, "/password/")
    unit.post("/password/", {"password": "long-enough-9-words", "again": "long-enough-9-words"})
    draft = MembershipApplication.objects.get()
    assert f"/memberships/{draft.uid}/" in unit.get("/").content.decode()


def test_a_visitor_reads_how_to_reach_the_secretariat(secretary: Actor, group: Group) -> None:
    told = {"legal_form": "none", "contact": "0371-60000000（办公时间）"}
    browser(secretary).post("/groups/12/keep/", told)

    page = Client().get("/groups/12/").content.decode()

    assert "0371-60000000（办公时间）" in page
    assert "/sign-in/?next=/groups/12/" in page


def test_a_form_to_join_offers_the_kind_that_the_organisation_is(group: Group) -> None:
    firm = organisation(COMPANY, kind="enterprise")
    unit = browser(signed_in("unit", "school_coordinator", "organisation", str(firm.uid)))

    form = unit.get("/groups/12/applications/join/").context["form"]

    assert (form["kind"].value(), form["effective_on"].value()) == ("company", clock.today())
