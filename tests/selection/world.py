"""A call for things of a test's own kind, and the people it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import PUBLIC, Actor
from backend.core.refs import Ref
from backend.documents import services as documents
from backend.documents.enums import MediaType
from backend.documents.models import DocumentKind, document_kind
from backend.documents.rulebook import Asked
from backend.people.models import Grant, Group, Organisation
from backend.people.selectors import actor_for
from backend.selection import services
from backend.selection.models import Application, Call, Choice, Expert, ItemKind, Offer, Offered, PastLine, item_kind
from tests.documents.files import pdf
from tests.factories import organisation, signed_in

PAPER = "test.application"
THINGS = [Ref("test_thing", key, label) for key, label in (("a", "赛项甲"), ("b", "赛项乙"))]


def register() -> None:
    """The kind of thing and the kind of paper, as a room above would register them."""
    document_kind(DocumentKind(PAPER, "申报表", Asked((MediaType.PDF,), 200_000)))
    item_kind(
        ItemKind(
            "test_thing",
            "赛项",
            offered=lambda actor: [Offered(ref, Group.objects.filter(code="12").first()) for ref in THINGS],
            history=lambda uid: [PastLine(2024, "赛项丙", "顺利")],
            newcomers=lambda uids: {uid for uid in uids if Organisation.objects.get(uid=uid).name == "开封大学"},
            questions=(
                {"key": "stations", "label": "工位数", "kind": "whole", "required": True},
                {"key": "plan", "label": "安全预案", "kind": "long", "required": True},
            ),
            criteria=(("基地条件", "60"), ("承办经验", "40")),
            documents=(PAPER,),
            needed=(PAPER,),
        )
    )


def secretary_of(group: Group, account: str = "secretary") -> Actor:
    return signed_in(account, "group_secretary", "group", group.code)


def coordinator_of(school: Organisation, account: str) -> Actor:
    return signed_in(account, "school_coordinator", "organisation", str(school.uid))


def open_call(secretary: Actor, group: Group, **details: Any) -> Call:
    """An announced call for both things."""
    register()
    closes_at = clock.now() + timedelta(days=10)
    call = services.create_call(
        actor=secretary, group=group, item_kind="test_thing", title="2026年承办校遴选", closes_at=closes_at, **details
    )
    services.set_offers(actor=secretary, call=call, keys=["a", "b"])
    return services.announce(actor=secretary, call=call)


ANSWERS = {"stations": "20", "plan": "已备案"}


def fill_in(actor: Actor, application: Application, wishes: Sequence[UUID], **answers: str) -> None:
    """A complete draft with its paper."""
    services.save_draft(
        actor=actor,
        application=application,
        answers=ANSWERS | answers,
        wishes=wishes,
        contact_name="联系人",
        contact_phone="13800000000",
    )
    documents.attach(
        actor=actor,
        kind=PAPER,
        holder=application.ref,
        content=pdf(),
        file_name="表.pdf",
        client_id=uuid4(),
    )


def apply_for(actor: Actor, call: Call, *things: str, **answers: str) -> Application:
    """A submitted application for these things, the most wanted first."""
    application = services.start(actor=actor, call=call)
    offers = {offer.item_key: offer.uid for offer in call.offers.all()}
    fill_in(actor, application, [offers[key] for key in things], **answers)
    services.submit(actor=actor, application=application)
    return Application.objects.get(pk=application.pk)


def close(secretary: Actor, call: Call) -> Call:
    """The time for applications is over."""
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(minutes=2))
    return services.close(actor=secretary, call=Call.objects.get(pk=call.pk))


def recommend_all(secretary: Actor, call: Call) -> None:
    for offer in call.offers.all():
        choices = offer.choices.filter(application__state__in=["submitted", "returned"]).order_by("pk")
        services.recommend(
            actor=secretary, offer=offer, words={c.uid: (n, "条件具备") for n, c in enumerate(choices, 1)}
        )


def expert_for(secretary: Actor, offer: Offer, account: str, unit: Organisation | None = None) -> Expert:
    made = services.name_expert(
        actor=secretary, offer=offer, account_name=account, display_name="专家", organisation=unit
    )
    return made.expert


def acting_as(expert: Expert) -> Actor:
    grant = Grant.objects.get(user=expert.user, role="expert", ended_at=None)
    return actor_for(User.objects.get(pk=expert.user_id), grant_uid=str(grant.uid))


def score_all(expert: Expert, points: dict[str, tuple[str, str]]) -> None:
    """points: by the name of the applicant, of both criteria."""
    for choice in expert.offer.choices.select_related("application__organisation"):
        given = points.get(choice.application.organisation.name)
        if given is not None:
            services.score(
                actor=acting_as(expert),
                expert=expert,
                choice=choice,
                version=choice.application.versions.count(),
                points={n: Decimal(p) for n, p in enumerate(given, 1)},
            )


@dataclass
class Selection:
    """A call in scoring: two schools, each offer with two experts."""

    call: Call
    secretary: Actor
    schools: dict[str, Organisation]
    coordinators: dict[str, Actor]
    applications: dict[str, Application]
    experts: list[Expert] = field(default_factory=list)


def in_scoring(group: Group, **details: Any) -> Selection:
    """Both schools want thing a most, then b."""
    secretary = secretary_of(group)
    call = open_call(secretary, group, **details)
    schools = {"甲": organisation("新乡职业技术学院"), "乙": organisation("开封大学")}
    coordinators = {key: coordinator_of(school, f"school-{n}") for n, (key, school) in enumerate(schools.items())}
    applications = {key: apply_for(actor, call, "a", "b") for key, actor in coordinators.items()}
    call = close(secretary, call)
    recommend_all(secretary, call)
    experts = [expert_for(secretary, offer, f"expert-{n}") for offer in call.offers.all() for n in (1, 2)]
    return Selection(
        services.forward(actor=secretary, call=call), secretary, schools, coordinators, applications, experts
    )


def listed(found: Selection, first: tuple[str, str] = ("50", "30"), second: tuple[str, str] = ("40", "30")) -> Call:
    """Scored and listed. first: what every expert gives school 甲; second: school 乙."""
    names = [school.name for school in found.schools.values()]
    for expert in found.experts:
        score_all(expert, dict(zip(names, (first, second), strict=True)))
    services.shortlist(actor=found.secretary, call=found.call)
    return Call.objects.get(pk=found.call.pk)


def on_show(found: Selection) -> Call:
    """On public notice."""
    call = listed(found)
    return services.publish(actor=found.secretary, call=call)


def is_over(call: Call) -> Call:
    Call.objects.filter(pk=call.pk).update(publicity_until=clock.now() - timedelta(seconds=1))
    return Call.objects.get(pk=call.pk)


def object_to(call: Call, choice: Choice | None = None, *, address: str = "", **words: Any) -> Any:
    given = {"name": "王某", "contact": "13900000000", "words": "该校申报的工位数与实际不符，请核实。"} | words
    choice_uid = choice.uid if choice else None
    return services.object_to(
        actor=PUBLIC, call=call, client_id=uuid4(), choice_uid=choice_uid, address=address, **given
    )


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def form_of(answer: Any) -> dict[str, Any]:
    """What the page's form would send as it stands."""
    form = answer.context["form"]
    return {name: form[name].value() or "" for name in form.fields}
