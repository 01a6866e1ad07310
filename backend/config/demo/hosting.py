"""Calls for the host of an event: one open with two applications, one whose list is on public notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from backend.accounts import services as accounts
from backend.config.demo import papers
from backend.config.demo.basics import PASSWORD, YEAR, drafted
from backend.core import clock
from backend.core.actor import SYSTEM, Actor
from backend.documents import services as documents
from backend.people.models import Group, Organisation
from backend.people.selectors import actor_for
from backend.selection import services as selection
from backend.selection.models import Application, Call, Expert, Offer
from competitions.contests.models import Edition

CODE = "GZ-2026-049"
ANSWERS = {
    "programme": "物联网应用技术 510102",
    "area": "860",
    "stations": "16",
    "equipment": "物联网综合实训平台，18 套（含备用 2 套）",
    "staff": "组织 10 人，技术支持 4 人",
    "budget": "156000",
    "safety": "已制定，见附件",
    "lodging": "校内公寓，距赛场 300 米",
    "commitment": "yes",
}


def load(organiser: Actor, secretary: Actor, coordinator: Actor, group: Group, edition: Edition) -> None:
    """A call that is open, and one whose list of hosts everybody can object to."""
    schools = list(Organisation.objects.filter(kind="school").order_by("pk")[:3])
    others = [replace(coordinator, scope=school.ref) for school in schools]
    _open_call(organiser, secretary, [coordinator, others[0]], group, edition)
    _in_notice(organiser, secretary, others[1:], group, edition)


def _open_call(organiser: Actor, secretary: Actor, applicants: list[Actor], group: Group, edition: Edition) -> None:
    """Two applications: one was sent back with two reasons, one waits."""
    drafted(organiser, group, edition, CODE, "物联网应用开发", "Internet of Things", tech_platforms=(), venue_name="")
    call = _call(secretary, group, CODE, f"{YEAR}年赛项承办校遴选")
    returned, _waiting = [_applied(actor, call, n) for n, actor in enumerate(applicants)]
    reasons = {"safety": "请补充安全预案的备案文号。", "stations": "与材料中的 18 套不一致，请核对。"}
    selection.return_application(actor=secretary, application=returned, reasons=reasons)


def _in_notice(organiser: Actor, secretary: Actor, applicants: list[Actor], group: Group, edition: Edition) -> None:
    """Recommended, scored by two experts, listed, and shown to everybody."""
    code = "GZ-2026-050"
    drafted(
        organiser, group, edition, code, "大数据应用开发", "Big Data Applications", tech_platforms=(), venue_name=""
    )
    call = _call(secretary, group, code, f"{YEAR}年赛项承办校遴选（第二批）")
    for n, actor in enumerate(applicants):
        _applied(actor, call, n)
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(minutes=2))
    call = selection.close(actor=secretary, call=call)
    offer = call.offers.get()
    choices = list(offer.choices.order_by("pk"))
    words = {choice.uid: (place, "条件具备，集团推荐") for place, choice in enumerate(choices, 1)}
    selection.recommend(actor=secretary, offer=offer, words=words)
    experts = [_expert(secretary, offer, n) for n in (1, 2)]
    call = selection.forward(actor=secretary, call=call)
    for n, expert in enumerate(experts):
        for place, choice in enumerate(choices):
            given = {c.position: c.points * (90 - 6 * place - n) / 100 for c in call.criteria.all()}
            selection.score(actor=actor_for(expert.user), expert=expert, choice=choice, version=1, points=given)
    selection.shortlist(actor=secretary, call=call)
    selection.publish(actor=secretary, call=call)


def _expert(secretary: Actor, offer: Offer, n: int) -> Expert:
    named = selection.name_expert(
        actor=secretary, offer=offer, account_name=f"expert{n}", display_name=f"专家{n}", organisation=None
    )
    accounts.set_password(actor=SYSTEM, user=named.expert.user, password=PASSWORD)
    return named.expert


def _call(secretary: Actor, group: Group, code: str, title: str) -> Call:
    call = selection.create_call(
        actor=secretary,
        group=group,
        item_kind="event",
        title=title,
        text="请有条件的院校在截止前申报。评审指标和分值为演示用的缺省值，请按当年遴选通知修改。",
        closes_at=clock.now() + timedelta(days=20),
        applies_max=2,
    )
    selection.set_offers(actor=secretary, call=call, keys=[code])
    return selection.announce(actor=secretary, call=call)


def _applied(coordinator: Actor, call: Call, n: int) -> Application:
    application = selection.start(actor=coordinator, call=call)
    selection.save_draft(
        actor=coordinator,
        application=application,
        answers={**ANSWERS, "area": str(860 + 140 * n)},
        wishes=[offer.uid for offer in call.offers.all()],
        contact_name=("周老师", "秦老师")[n],
        contact_phone=f"1380000000{n}",
    )
    documents.attach(
        actor=coordinator,
        kind="hosting.application",
        holder=application.ref,
        content=papers.scan(),
        file_name="scan.jpg",
        client_id=uuid4(),
    )
    selection.submit(actor=coordinator, application=application)
    return application
