"""Setting a call up and moving it to the experts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import Invalid
from backend.core.permissions import require
from backend.people.models import Group
from backend.selection.errors import CallIncomplete, ExpertsMissing, NotEveryoneRecommended, ReasonMissing
from backend.selection.models import ITEMS, Application, Call, Criterion, Expert, Offer
from backend.selection.permissions import may_call_in
from backend.selection.selectors import live_choices
from backend.selection.services.moving import call_link, locked_call, move_call, tell_schools
from backend.selection.services.reviewing import recuse_relatives

EDITABLE = (
    "title",
    "text",
    "source",
    "applicant_kinds",
    "closes_at",
    "recommend_until",
    "score_until",
    "publicity_days",
    "applies_max",
    "wins_max",
    "wins_max_new",
    "experts_min",
    "recommends",
    "questions",
    "documents",
    "documents_needed",
)


@transaction.atomic
def create_call(*, actor: Actor, group: Group | None, item_kind: str, title: str, **details: Any) -> Call:
    """A call in draft; what its kind of thing usually asks (questions, criteria, documents) is filled in."""
    require(may_call_in(actor, group), _("Only the secretary of a group calls in its name."))
    kind = ITEMS.get(item_kind)
    if kind is None:
        raise Invalid({"item_kind": [_("There is no such kind.")]})
    defaults: dict[str, Any] = {
        "publicity_days": settings.SELECTION_PUBLICITY_DAYS,
        "questions": [{**q, "label": str(q["label"]), "hint": str(q.get("hint", ""))} for q in kind.questions],
        "documents": list(kind.documents),
        "documents_needed": list(kind.needed),
        "applicant_kinds": ["school"],
    }
    given = {key: value for key, value in details.items() if key in EDITABLE}
    call = Call.objects.create(group=group, item_kind=item_kind, title=title, **{**defaults, **given})
    _write_criteria(call, [(str(name), Decimal(points), Decimal(1)) for name, points in kind.criteria])
    record(actor=actor, action="call.create", subject=call.ref)
    return call


@transaction.atomic
def edit_call(*, actor: Actor, call: Call, **changes: Any) -> Call:
    """Change a call in draft."""
    found = locked_call(actor, call, "draft")
    changed = {k: v for k, v in changes.items() if k in EDITABLE and getattr(found, k) != v}
    for key, value in changed.items():
        setattr(found, key, value)
    if changed:
        found.save(update_fields=list(changed))
        record(actor=actor, action="call.edit", subject=found.ref, fields=sorted(changed))
    return found


@transaction.atomic
def set_criteria(*, actor: Actor, call: Call, criteria: Sequence[tuple[str, Decimal, Decimal]]) -> None:
    """Say what experts give points for. criteria: (name, points at most, weight), in order."""
    found = locked_call(actor, call, "draft")
    wrong = [name for name, points, weight in criteria if not name.strip() or points <= 0 or weight <= 0]
    if wrong:
        raise Invalid({"criteria": [_("Each criterion has a name, points above 0 and a weight above 0.")]})
    _write_criteria(found, criteria)
    record(actor=actor, action="call.criteria", subject=found.ref, count=len(criteria))


def _write_criteria(call: Call, criteria: Sequence[tuple[str, Decimal, Decimal]]) -> None:
    call.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(call=call, position=n, name=name.strip(), points=points, weight=weight)
        for n, (name, points, weight) in enumerate(criteria, 1)
    )


@transaction.atomic
def set_offers(*, actor: Actor, call: Call, keys: Iterable[str], places: Mapping[str, int] | None = None) -> None:
    """Say what can be applied for: keys of things that this actor may offer. places: how many each takes (1)."""
    found = locked_call(actor, call, "draft")
    may = {offered.ref.key: offered for offered in ITEMS[found.item_kind].offered(actor)}
    wanted = list(dict.fromkeys(keys))
    if any(key not in may for key in wanted):
        raise Invalid({"offers": [_("Some of these cannot be offered by you.")]})
    found.offers.exclude(item_key__in=wanted).delete()
    for key in wanted:
        offer = {"label": may[key].ref.label, "group": may[key].group, "places": (places or {}).get(key, 1)}
        Offer.objects.update_or_create(call=found, item_key=key, defaults=offer)
    record(actor=actor, action="call.offers", subject=found.ref, count=len(wanted))


@transaction.atomic
def announce(*, actor: Actor, call: Call) -> Call:
    """Make a call public. Raises CallIncomplete with everything that is missing."""
    found = locked_call(actor, call)
    problems: dict[str, Any] = {}
    if clock.deadline_passed(found.closes_at):
        problems["closes_at"] = [_("The last moment for applications must lie ahead.")]
    if not found.offers.exists():
        problems["offers"] = [_("Say what can be applied for.")]
    if not found.criteria.exists():
        problems["criteria"] = [_("Say what the experts give points for.")]
    if found.experts_min < 1:
        problems["experts_min"] = [_("At least one expert must score.")]
    if problems:
        raise CallIncomplete(problems)
    return move_call(actor, found, "announce")


@transaction.atomic
def close(*, actor: Actor, call: Call) -> Call:
    """End the time for applications; what is still a draft takes no part. Not before the announced moment."""
    found = locked_call(actor, call)
    if found.state == "open" and not clock.deadline_passed(found.closes_at):
        raise Invalid({"closes_at": [_("Schools were told that they can apply until then.")]})
    return move_call(actor, found, "close")


@transaction.atomic
def forward(*, actor: Actor, call: Call) -> Call:
    """Hand the recommended applications to the experts. Raises NotEveryoneRecommended, ExpertsMissing."""
    found = locked_call(actor, call)
    for offer in Offer.objects.select_for_update().filter(call=found):
        choices = list(live_choices(offer))
        if found.recommends and any(not hasattr(choice, "recommendation") for choice in choices):
            raise NotEveryoneRecommended
        recuse_relatives(actor, offer)
        experts = Expert.objects.filter(offer=offer, recused_at=None).count()
        if choices and experts < found.experts_min:
            raise ExpertsMissing(offer=offer.label, experts=experts, needed=found.experts_min)
    return move_call(actor, found, "forward")


@transaction.atomic
def cancel(*, actor: Actor, call: Call, reason: str) -> Call:
    """Stop a call, with the reason that everybody reads; applicants are told."""
    found = locked_call(actor, call)
    if not reason.strip():
        raise ReasonMissing
    found.reason = reason.strip()[:300]
    move_call(actor, found, "cancel", "reason")
    applicants = Application.objects.filter(call=found).exclude(state="withdrawn")
    told = applicants.values_list("organisation__uid", flat=True)
    tell_schools(told, "selection.cancelled", call_link(found), call=found.title)
    return found
