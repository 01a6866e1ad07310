"""One of everything of a selection, for the tests of every route; and thirty."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from backend.accounts.models import User
from backend.core import clock
from backend.core.actor import PUBLIC, Actor
from backend.people.models import Group, Organisation
from backend.selection import services
from backend.selection.models import Application, Call, Choice, Expert, Objection, Offer, Review
from tests.selection.world import acting_as, apply_for, close, expert_for, open_call, recommend_all, score_all

SECRET_OBJECTOR = "欧阳密"


def on_notice(group: Group, secretary: Actor, coordinator: Actor) -> tuple[dict[str, UUID], Actor]:
    """A call on public notice with one application, one expert and one objection; uids, and the expert."""
    call = open_call(secretary, group, experts_min=1)
    application = apply_for(coordinator, call, "a")
    call = close(secretary, call)
    recommend_all(secretary, call)
    expert = expert_for(secretary, call.offers.get(item_key="a"), "expert-of-the-house")
    call = services.forward(actor=secretary, call=call)
    score_all(expert, {application.organisation.name: ("50", "30")})
    decision = services.shortlist(actor=secretary, call=call)
    services.publish(actor=secretary, call=call)
    objection = services.object_to(
        actor=PUBLIC,
        call=call,
        name=SECRET_OBJECTOR,
        contact="13700000000",
        words=f"{SECRET_OBJECTOR}认为工位数不足，请核实。",
        client_id=uuid4(),
    )
    uids = {
        "call": call.uid,
        "submission": application.uid,
        "expert": expert.uid,
        "choice": Choice.objects.get(application=application).uid,
        "objection": objection.uid,
        "decision": decision.uid,
    }
    return uids, acting_as(expert)


def states(uids: dict[str, Any]) -> list[Any]:
    """What no stranger may have changed."""
    call = Call.objects.get(uid=uids["call"])
    application = Application.objects.get(uid=uids["submission"])
    objection = Objection.objects.get(uid=uids["objection"])
    counted = [model.objects.count() for model in (Expert, Review, Objection, Offer)]
    return [call.state, call.title, application.state, objection.state, *counted]


def grow(uids: dict[str, Any], schools: list[Organisation]) -> None:
    """29 more of everything in the same call, and 29 more calls."""
    call, now = Call.objects.get(uid=uids["call"]), clock.now()
    expert, objection = Expert.objects.get(uid=uids["expert"]), Objection.objects.get(uid=uids["objection"])
    offer = expert.offer
    for n, school in enumerate(schools, 1):
        application = Application.objects.create(call=call, organisation=school, state="submitted", submitted_at=now)
        sent = {"answers": {"plan": "x"}, "choices": [offer.label], "documents": []}
        for number in (1, 2):
            application.versions.create(number=number, submitted_at=now, **sent)
        choice = Choice.objects.create(application=application, offer=offer, rank=1)
        choice.offer.recommendations.create(choice=choice, rank=n + 1, reason="好", made_at=now)
        Review.objects.create(expert=expert, choice=choice, version=1, made_at=now)
        more = Offer.objects.create(call=call, item_key=f"more-{n}", label=f"项目{n}", group=call.group)
        Expert.objects.create(offer=more, user=expert.user, number=1)
        user = User.objects.create_user(f"expert-{n}", "correct-horse-9")
        Expert.objects.create(offer=offer, user=user, organisation=school, number=n + 1)
        _copy(objection, number=n + 1, client_id=uuid4())
    for _n in schools:
        made = _copy(Call.objects.get(pk=call.pk), state="open", closes_at=now)
        Application.objects.create(call=made, organisation=schools[0], state="returned", submitted_at=now)


def _copy(row: Any, **fields: Any) -> Any:
    row.pk, row.uid = None, uuid4()
    row._state.adding = True
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row
