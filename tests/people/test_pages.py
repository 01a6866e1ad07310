"""Officers see and change the roles of their own scope; groups are public; lists come as workbooks."""

from __future__ import annotations

import io

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from backend.accounts.models import User
from backend.core.actor import SYSTEM, Actor
from backend.core.refs import Ref
from backend.people import services
from backend.people.models import Grant, Organisation
from tests.factories import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def coordinator_of(actor: Actor, name: str = "coordinator") -> Grant:
    school = Organisation.objects.order_by("pk")[0]
    user = User.objects.create_user(name)
    return services.grant_role(actor=actor, user=user, role="school_coordinator", scope=school.ref)


def form(**changes: str) -> dict[str, str]:
    told = {"role": "school_coordinator", "school": "郑州铁路职业技术学院", "account": "new", "account_name": "wang"}
    return {**told, **changes}


def test_the_groups_are_public(client: Client) -> None:
    services.load_groups(actor=SYSTEM)

    answers = [client.get(path).status_code for path in ("/groups/", "/groups/12/", "/groups/99/")]

    assert answers == [200, 200, 404]


def test_a_groups_role_holders_are_for_its_own_officers(
    organiser: Actor, other_organiser: Actor, client: Client
) -> None:
    seen = [c.get("/groups/12/").context["officers"] for c in (browser(organiser), browser(other_organiser), client)]

    assert [None if found is None else len(found) for found in seen] == [1, None, None]


@pytest.mark.parametrize("path", ["/people/", "/people/new/", "/organisations/"])
def test_visitors_are_sent_to_sign_in(path: str, client: Client) -> None:
    assert (client.get(path).status_code, client.get(path).context["error"].link) == (403, f"/sign-in/?next={path}")


def test_a_coordinator_sees_no_role_holders(organiser: Actor) -> None:
    grant = coordinator_of(organiser)
    client = Client()
    client.force_login(grant.user)

    assert [client.get(path).status_code for path in ("/people/", "/people/new/")] == [403, 403]


def test_a_new_role_holder_gets_a_card_that_is_shown_once(organiser: Actor) -> None:
    answer = browser(organiser).post("/people/new/", form())
    card = answer.context["cards"][0]
    entered = Client().post("/card/", {"word": card.code})

    assert (answer.status_code, entered.headers["Location"]) == (200, "/password/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert [g.role for g in Grant.objects.filter(user__account_name="wang")] == ["school_coordinator"]


def test_an_existing_account_gets_a_role_without_a_card(organiser: Actor) -> None:
    User.objects.create_user("wang")

    answer = browser(organiser).post("/people/new/", form(account="known"))

    assert (answer.status_code, Grant.objects.filter(user__account_name="wang").count()) == (302, 1)


def test_an_unknown_school_is_refused_with_proposals(organiser: Actor) -> None:
    answer = browser(organiser).post("/people/new/", form(school="郑州铁路职业学院"))

    assert answer.status_code == 422
    assert "郑州铁路职业技术学院" in answer.context["form"].errors["school"][0]
    assert not User.objects.filter(account_name="wang").exists()


def test_a_taken_account_name_is_refused(organiser: Actor) -> None:
    User.objects.create_user("wang")

    answer = browser(organiser).post("/people/new/", form())

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["account_name"])


def test_an_organiser_offers_no_wider_role(organiser: Actor) -> None:
    answer = browser(organiser).post("/people/new/", form(role="sys_admin"))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["role"])


def test_a_colleague_ends_a_role_and_a_stranger_does_not_find_it(
    organiser: Actor, other_organiser: Actor, group: object
) -> None:
    grant = coordinator_of(organiser)
    colleague = User.objects.create_user("colleague")
    services.grant_role(actor=SYSTEM, user=colleague, role="organiser", scope=Ref("group", "12"))
    client = Client()
    client.force_login(colleague)

    stranger = browser(other_organiser).post(f"/people/{grant.uid}/end/").status_code
    ended = client.post(f"/people/{grant.uid}/end/").status_code

    assert (stranger, ended) == (404, 302)
    assert not Grant.objects.live().filter(pk=grant.pk).exists()


def test_a_password_card_is_printed_only_in_ones_own_scope(organiser: Actor, other_organiser: Actor) -> None:
    grant = coordinator_of(organiser)

    answers = [browser(a).post(f"/people/{grant.uid}/card/").status_code for a in (organiser, other_organiser)]

    assert answers == [200, 404]


def test_an_account_with_a_role_from_elsewhere_cannot_be_taken_over(organiser: Actor) -> None:
    grant = coordinator_of(organiser)
    services.grant_role(actor=SYSTEM, user=grant.user, role="sys_admin", scope=Ref("system", ""))

    assert browser(organiser).post(f"/people/{grant.uid}/card/").status_code == 403


def test_organisations_come_as_a_workbook(organiser: Actor) -> None:
    school = Organisation.objects.get()
    services.record_former_name(actor=organiser, organisation=school, name="郑州铁路机械学校")

    answer = browser(organiser).get("/organisations/?format=xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)

    assert [(row[0], row[3]) for row in rows[1:]] == [("郑州铁路职业技术学院", "郑州铁路机械学校")]


def test_a_search_finds_former_names(organiser: Actor) -> None:
    services.record_former_name(actor=organiser, organisation=Organisation.objects.get(), name="郑州铁路机械学校")

    found = [list(browser(organiser).get(f"/organisations/?q={q}").context["page"]) for q in ("铁路机械", "农业")]

    assert [len(page) for page in found] == [1, 0]


def test_lists_cost_the_same_however_long(organiser: Actor) -> None:
    client, costs = browser(organiser), []
    for name in ("first", *(f"c{n}" for n in range(30))):
        coordinator_of(organiser, name)
        with CaptureQueriesContext(connection) as asked:
            client.get("/people/")
        costs.append(len(asked))

    assert costs[-1] == costs[0]


def test_choosing_a_role_acts_in_it_and_a_strangers_grant_is_not_found(organiser: Actor) -> None:
    client = browser(organiser)
    user = User.objects.get(pk=organiser.user_id)
    other = services.grant_role(actor=SYSTEM, user=user, role="judge", scope=Ref("seat", "s1"))
    strange = coordinator_of(organiser)

    refused = client.post("/role/", {"grant": str(strange.uid)}).status_code
    client.post("/role/", {"grant": str(other.uid)})

    assert refused == 404
    assert client.get("/role/").context["actor"].role == "judge"
