"""The pages of experts: naming them, what each sees, and what was written when an application changes."""

from __future__ import annotations

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.people.models import Grant, Group
from backend.selection import services
from backend.selection.models import Application, Expert, Review
from tests.factories import browser, organisation
from tests.selection.world import (
    expert_for,
    fill_in,
    in_scoring,
    open_call,
    secretary_of,
    text,
)

pytestmark = pytest.mark.django_db


def test_an_expert_scores_on_the_page_and_sees_what_became_void(group: Group) -> None:
    found = in_scoring(group)
    expert = found.experts[0]
    client = browser_of(expert)
    choice = expert.offer.choices.get(application=found.applications["甲"])
    address = f"/experts/{expert.uid}/score/{choice.uid}/"

    too_many = client.post(address, {"c1": "61", "c2": "30", "version": "1"})
    client.post(address, {"c1": "55.5", "c2": "30", "version": "1"})
    services.return_application(actor=found.secretary, application=found.applications["甲"], reasons={"plan": "x"})
    application = Application.objects.get(pk=found.applications["甲"].pk)
    services.submit(actor=found.coordinators["甲"], application=application)
    late = client.post(address, {"c1": "55.5", "c2": "30", "version": "1"})

    assert "60" in text(too_many)
    assert "您评的是第 1 版。现已重新提交第 2 版" in text(client.get(address))
    assert late.status_code == 409
    assert "待评审的申报" in text(client.get("/"))


def test_an_application_sent_anew_while_an_expert_writes_keeps_what_was_written(group: Group) -> None:
    found = in_scoring(group)
    expert, client = found.experts[0], browser_of(found.experts[0])
    choice = expert.offer.choices.get(application=found.applications["甲"])
    address = f"/experts/{expert.uid}/score/{choice.uid}/"
    opened = client.get(address)
    services.return_application(actor=found.secretary, application=found.applications["甲"], reasons={"plan": "补充"})
    away = client.post(address, {"c1": "55", "c2": "30", "comment": "场地很好", "version": "1"})
    fill_in(
        found.coordinators["甲"],
        Application.objects.get(pk=found.applications["甲"].pk),
        [offer.uid for offer in found.call.offers.all()],
        plan="已重新备案",
    )
    services.submit(actor=found.coordinators["甲"], application=Application.objects.get(pk=found.applications["甲"].pk))

    late = client.post(address, {"c1": "55", "c2": "30", "comment": "场地很好", "version": "1"})
    taken = client.post(address, {"c1": "50", "c2": "30", "comment": "场地很好", "version": "2"})

    assert opened.status_code == 200
    assert (away.status_code, late.status_code, taken.status_code) == (409, 409, 302)
    shown = text(late)
    assert "场地很好" in shown and 'value="55"' in shown and "已重新备案" in shown
    first = {answer for _label, answer, _former in opened.context["answers"]}
    assert [former in first for _label, _answer, former in late.context["answers"] if former] == [True]
    assert late.context["form"]["version"].value() == "2"
    assert Review.objects.valid().get(expert=expert, choice=choice).version == 2


def browser_of(expert: Expert) -> Client:
    client = Client()
    client.force_login(expert.user)
    return client


def test_a_new_expert_gets_a_printed_card_and_an_old_one_none(group: Group) -> None:
    found = in_scoring(group)
    client, address = browser(found.secretary), f"/calls/{found.call.uid}/experts/"
    offer = str(found.call.offers.all()[0].uid)

    nameless = client.post(address, {"offer": offer, "account_name": "someone"})
    card = client.post(address, {"offer": offer, "account_name": "someone", "display_name": "王专家"})

    assert "没有这个账号" in text(nameless)
    assert "/card/" in text(card)
    assert Grant.objects.filter(user__account_name="someone", role="expert", scope_kind="call").count() == 1


def test_experts_known_in_the_group_are_searched_and_named_again(group: Group, other_group: Group) -> None:
    found = in_scoring(group)
    offer = found.call.offers.get(item_key="b")
    stranger = in_scoring_elsewhere(other_group)
    known = expert_for(found.secretary, found.call.offers.get(item_key="a"), "known", organisation("郑州大学"))
    User.objects.filter(pk=known.user_id).update(display_name="欧阳专家")
    client, address = browser(found.secretary), f"/calls/{found.call.uid}/experts/?offer={offer.uid}"

    page = client.get(f"{address}&q=郑州")
    nobody = client.get(f"{address}&q=无此人")
    again = client.post(address, {"offer": str(offer.uid), "known": str(known.uid)}, follow=True)
    foreign = client.post(address, {"offer": str(offer.uid), "known": str(stranger.uid)})

    assert [line["expert"].user.display_name for line in page.context["known"]] == ["欧阳专家"]
    assert "没有找到该专家" in text(nobody)
    made = Expert.objects.get(offer=offer, user=known.user)
    assert (made.organisation, made.recused_at) == (known.organisation, None)
    assert "已聘请" in text(again)
    assert foreign.status_code == 404


def in_scoring_elsewhere(group: Group) -> Expert:
    """An expert of another group's call."""
    secretary = secretary_of(group, "other-secretary")
    return expert_for(secretary, open_call(secretary, group).offers.all()[0], "foreign")


def test_who_belongs_to_an_applicant_is_shown_as_stepping_back(group: Group) -> None:
    found = in_scoring(group)
    offer = found.call.offers.get(item_key="b")
    expert_for(found.secretary, found.call.offers.get(item_key="a"), "relative", found.schools["甲"])
    address = f"/calls/{found.call.uid}/experts/?offer={offer.uid}"

    page = browser(found.secretary).get(address)

    related = [line["expert"].user.account_name for line in page.context["known"] if line["related"]]
    assert related == ["relative"]
    assert "须回避" in text(page) and "与申报单位同一单位" in text(page)


def test_a_wrong_organisation_of_an_expert_is_said_with_proposals(group: Group) -> None:
    found = in_scoring(group)
    organisation("郑州测试大学")
    client, offer = browser(found.secretary), found.call.offers.all()[0]
    given = {"offer": str(offer.uid), "account_name": "new", "display_name": "李", "organisation": "郑州测试大"}

    refused = client.post(f"/calls/{found.call.uid}/experts/", given)

    assert refused.status_code == 422 and "郑州测试大学" in text(refused)
    assert not Expert.objects.filter(user__account_name="new").exists()


def test_an_expert_goes_from_one_application_to_the_next_that_waits(group: Group) -> None:
    found = in_scoring(group)
    expert, client = found.experts[0], browser_of(found.experts[0])
    first, second = expert.offer.choices.order_by("pk")[:2]
    marks = {"c1": "50", "c2": "30", "version": "1", "next": "1"}
    addresses = {choice.pk: f"/experts/{expert.uid}/score/{choice.uid}/" for choice in (first, second)}

    on = client.post(addresses[first.pk], marks)
    begun = client.get(f"/experts/{expert.uid}/")
    over = client.post(addresses[second.pk], marks)

    assert (on.headers["Location"], over.headers["Location"]) == (addresses[second.pk], f"/experts/{expert.uid}/")
    assert (begun.context["done"], begun.context["next"]) == (1, second)
