"""Experts: named, recused, and their points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.accounts.services import CardSecret
from backend.audit.services import record
from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import IllegalMove, Invalid, NotFound
from backend.core.permissions import require
from backend.notify.services import send_note
from backend.people import services as people
from backend.people.enums import Role
from backend.people.models import Organisation
from backend.selection.enums import RELATIVE
from backend.selection.errors import BeingMended, ReasonMissing, Recused, ScoringOver, VersionChanged
from backend.selection.models import Call, Choice, Expert, Offer, Review, Score
from backend.selection.permissions import may_run, may_score
from backend.selection.selectors import applicants_of, in_review, unscored, version_of
from backend.selection.services.moving import locked_call

NAMING = ("open", "recommending", "scoring")


@dataclass(frozen=True)
class Named:
    """An expert; card: for the first password of a new account, to be printed at once."""

    expert: Expert
    card: CardSecret | None = None


@transaction.atomic
def name_expert(
    *, actor: Actor, offer: Offer, account_name: str, display_name: str, organisation: Organisation | None
) -> Named:
    """Let an account score an offer's applications; a new account gets a card.

    Who belongs to an applicant's organisation is recused at once. Naming somebody again gives the same expert.
    """
    locked_call(actor, offer.call, *NAMING)
    found = _lock(offer)
    if found.scored_at is not None:
        raise ScoringOver
    user, card = _account(actor, found.call, account_name.strip(), display_name.strip())
    known = Expert.objects.filter(offer=found, user=user).first()
    if known is not None:
        return Named(known)
    number = (found.experts.aggregate(last=Max("number"))["last"] or 0) + 1
    expert = Expert.objects.create(offer=found, user=user, organisation=organisation, number=number)
    record(actor=actor, action="expert.name", subject=expert.ref, offer=found.label)
    recuse_relatives(actor, found)
    link = reverse("selection:reviews")
    send_note(recipients=[user], kind="selection.expert", params={"call": found.call.title}, link=link)
    expert.refresh_from_db()
    return Named(expert, card)


def _account(actor: Actor, call: Call, account_name: str, display_name: str) -> tuple[User, CardSecret | None]:
    user = User.objects.filter(account_name=account_name).first()
    if user is not None:
        people.grant_role(actor=actor, user=user, role=Role.EXPERT, scope=call.ref)
        return user, None
    if not display_name:
        raise Invalid({"display_name": [_("There is no such account yet: write the expert's name to make it.")]})
    made = people.appoint(
        actor=actor, account_name=account_name, display_name=display_name, role=Role.EXPERT, scope=call.ref
    )
    return made.user, made.card


def recuse_relatives(actor: Actor, offer: Offer) -> None:
    """Recuse experts who belong to an organisation that applied for this offer (in the caller's transaction)."""
    for expert in Expert.objects.filter(offer=offer, recused_at=None, organisation__in=applicants_of(offer)):
        _step_back(actor, expert, RELATIVE)


@transaction.atomic
def recuse(*, actor: Actor, expert: Expert, reason: str) -> Expert:
    """An expert steps back, or is taken out by the call's officers; points already given count no more."""
    found = Expert.objects.select_related("offer__call__group").get(pk=expert.pk)
    allowed = may_score(actor, found) or may_run(actor, found.offer.call)
    require(allowed, _("Only the expert, or the officers of the call, do this."))
    offer = _lock(found.offer)
    if offer.call.state not in NAMING or offer.scored_at is not None:
        raise ScoringOver
    if not reason.strip():
        raise ReasonMissing
    found.refresh_from_db()
    if found.recused_at is None:
        _step_back(actor, found, reason.strip()[:300])
        settle(offer)
    return found


def _step_back(actor: Actor, expert: Expert, reason: str) -> None:
    expert.recused_at, expert.recusal = clock.now(), reason
    expert.save(update_fields=["recused_at", "recusal"])
    Review.objects.valid().filter(expert=expert).update(voided_at=expert.recused_at)
    record(actor=actor, action="expert.recuse", subject=expert.ref)


@transaction.atomic
def score(
    *,
    actor: Actor,
    expert: Expert,
    choice: Choice,
    version: int,
    points: Mapping[int, Decimal | None],
    comment: str = "",
) -> Review:
    """Give points for the version one has read; giving them again replaces one's own, until all experts are done.

    points: by the criterion's position. Raises VersionChanged when the application was
    sent anew meanwhile, BeingMended while it is not.
    """
    found = Expert.objects.select_related("offer__call").get(pk=expert.pk)
    require(may_score(actor, found), _("Only the expert scores."))
    offer = _lock(found.offer)
    found.refresh_from_db()
    _require_scoring(offer, found)
    target = next((c for c in in_review(offer) if c.pk == choice.pk), None)
    if target is None:
        raise NotFound
    if target.application.state != "submitted":
        raise BeingMended
    if version_of(target.application) != version:
        raise VersionChanged
    scores = _scores(offer, points)
    Review.objects.valid().filter(expert=found, choice=target).update(voided_at=clock.now())
    review = Review.objects.create(
        expert=found, choice=target, version=version, comment=comment.strip()[:1000], made_at=clock.now()
    )
    for given in scores:
        given.review = review
    Score.objects.bulk_create(scores)
    record(actor=actor, action="review.score", subject=found.ref, version=version)
    settle(offer)
    return review


def _require_scoring(offer: Offer, expert: Expert) -> None:
    if offer.call.state != "scoring":
        raise IllegalMove(state=offer.call.state)
    if expert.recused_at is not None:
        raise Recused
    if offer.scored_at is not None:
        raise ScoringOver


def _scores(offer: Offer, points: Mapping[int, Decimal | None]) -> list[Score]:
    problems: dict[str, Any] = {}
    scores = []
    for criterion in offer.call.criteria.all():
        given = points.get(criterion.position)
        if given is None or not Decimal(0) <= given <= criterion.points or given != round(given, 2):
            said = _("Give between 0 and %(most)s points, with at most two decimals.") % {"most": criterion.points}
            problems[f"c{criterion.position}"] = [said]
        else:
            scores.append(Score(criterion=criterion, points=given, points_max=criterion.points))
    if problems:
        raise Invalid(problems)
    return scores


def settle(offer: Offer) -> None:
    """Once every expert of an offer is done they see each other (in the caller's transaction)."""
    offer.refresh_from_db(fields=["scored_at"])
    if offer.call.state == "scoring" and offer.scored_at is None and not unscored(offer):
        offer.scored_at = clock.now()
        offer.save(update_fields=["scored_at"])


def _lock(offer: Offer) -> Offer:
    """Locks the call before its offer: whoever decides or sends an application anew holds the same."""
    Call.objects.select_for_update(of=("self",)).get(pk=offer.call_id)
    found: Offer = Offer.objects.select_for_update(of=("self",)).select_related("call__group", "group").get(pk=offer.pk)
    return found
