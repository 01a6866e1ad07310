"""Questions about calls, applications and what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from backend.core import clock
from backend.core.actor import Actor
from backend.core.errors import NotFound
from backend.notify.selectors import Addressee
from backend.people.enums import Role, ScopeKind
from backend.people.models import Group, Organisation
from backend.selection.models import Application, Call, Choice, Decision, Expert, Objection, Offer, Review, Score

Points = dict[str, dict[str, dict[str, Decimal]]]


def calls_of(actor: Actor, *, words: str = "", state: str = "") -> QuerySet[Call]:
    found: Any = Call.objects.visible_to(actor).filter(title__icontains=words)
    if state:
        found = found.filter(state=state)
    ordered: QuerySet[Call] = found.select_related("group").annotate(offers_count=Count("offers")).order_by("-pk")
    return ordered


def call_of(actor: Actor, uid: UUID) -> Call:
    found: Call | None = Call.objects.visible_to(actor).select_related("group").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def written_calls(actor: Actor) -> list[tuple[str, str]]:
    """Calls whose experts the actor may write to: those that it runs."""
    if actor.role in (Role.SYS_ADMIN, "system"):
        found = Call.objects.all()
    elif actor.role == Role.GROUP_SECRETARY:
        found = Call.objects.filter(group__code=actor.scope_key(ScopeKind.GROUP))
    else:
        found = Call.objects.none()
    return [(str(call.uid), call.title) for call in found.exclude(state="draft").order_by("-pk")]


def experts_in(uids: Sequence[str]) -> list[Addressee]:
    """Who scores in the calls; whoever is recused for every offer of a call does not."""
    found = Expert.objects.filter(offer__call__uid__in=uids, recused_at=None).order_by("pk")
    return [Addressee(user, {"call": title}) for user, title in found.values_list("user", "offer__call__title")]


def application_of(actor: Actor, uid: UUID) -> Application:
    found: Application | None = (
        Application.objects.visible_to(actor).select_related("call__group", "organisation").filter(uid=uid).first()
    )
    if found is None:
        raise NotFound
    return found


def own_application(actor: Actor, call: Call) -> Application | None:
    """What the actor's organisation has made of this call."""
    if actor.role != Role.SCHOOL_COORDINATOR:
        return None
    found: Application | None = Application.objects.visible_to(actor).filter(call=call).first()
    return found


def own_organisation(actor: Actor) -> Organisation | None:
    key = actor.scope_key(ScopeKind.ORGANISATION)
    return Organisation.objects.filter(uid=key).first() if key and actor.role == Role.SCHOOL_COORDINATOR else None


def groups_calling(actor: Actor) -> QuerySet[Group]:
    """Groups in which the actor may call."""
    if actor.role in (Role.SYS_ADMIN, "system"):
        return Group.objects.all()
    if actor.role != Role.GROUP_SECRETARY:
        return Group.objects.none()
    return Group.objects.filter(code=actor.scope_key(ScopeKind.GROUP) or "")


def applications_to(actor: Actor, call: Call) -> QuerySet[Application]:
    found: QuerySet[Application] = Application.objects.visible_to(actor).filter(call=call)
    return found.select_related("organisation").annotate(version=Count("versions", distinct=True)).order_by("pk")


def live_choices(offer: Offer) -> QuerySet[Choice]:
    """What is in the running for an offer: submitted or sent back for mending, not withdrawn, not excluded."""
    found = Choice.objects.filter(offer=offer, excluded_reason="", application__submitted_at__isnull=False)
    found = found.filter(application__state__in=["submitted", "returned"])
    return found.select_related("application__organisation", "recommendation").order_by("application_id")


def in_review(offer: Offer) -> list[Choice]:
    """What experts score: the recommended, where the call lets the group recommend."""
    found = list(live_choices(offer))
    if not offer.call.recommends:
        return found
    return [c for c in found if recommended_rank(c) is not None]


def recommended_rank(choice: Choice) -> int | None:
    recommendation = getattr(choice, "recommendation", None)
    return recommendation.rank if recommendation else None


def version_of(application: Application) -> int:
    """The number of the version that was sent last, 0 before the first."""
    return application.versions.count()


def points_of(offer: Offer) -> Points:
    """Valid points by choice uid, expert and criterion (its position); who calls has decided who may see them."""
    scores = Score.objects.filter(review__choice__offer=offer, review__voided_at=None, review__expert__recused_at=None)
    found: Points = defaultdict(lambda: defaultdict(dict))
    rows = scores.values_list("review__choice__uid", "review__expert__number", "criterion__position", "points")
    for choice, expert, criterion, points in rows:
        found[str(choice)][f"J{expert}"][str(criterion)] = points
    return found


def unscored(offer: Offer) -> int:
    """How many reviews of present versions are missing until all experts of the offer are done."""
    experts = Expert.objects.filter(offer=offer, recused_at=None).count()
    choices = in_review(offer)
    done = Review.objects.valid().filter(choice__in=choices, expert__recused_at=None).count()
    waiting = sum(1 for choice in choices if choice.application.state != "submitted")
    return experts * len(choices) - done + waiting


def expertises_of(actor: Actor) -> QuerySet[Expert]:
    """Where the actor scores."""
    own = Expert.objects.visible_to(actor) if actor.role == Role.EXPERT else Expert.objects.none()
    return own.select_related("offer__call").order_by("-pk")


def known_experts(actor: Actor, call: Call, words: str = "") -> QuerySet[Expert]:
    """Who scored in this issuer's calls before: each account's newest naming, by name; nobody of another group's."""
    within = Expert.objects.visible_to(actor).filter(offer__call__group=call.group_id)
    newest = within.order_by().values("user").annotate(last=Max("pk")).values("last")
    found: QuerySet[Expert] = Expert.objects.filter(pk__in=newest).select_related("user", "organisation")
    if words:
        named = Q(user__display_name__icontains=words) | Q(user__account_name__icontains=words)
        found = found.filter(named | Q(organisation__name__icontains=words))
    return found.order_by("user__display_name", "user__account_name")


def applicants_of(offer: Offer) -> set[int]:
    """The organisations whose own people do not score this offer."""
    return {choice.application.organisation_id for choice in live_choices(offer)}


def expert_of(actor: Actor, uid: UUID) -> Expert:
    found: Expert | None = (
        Expert.objects.visible_to(actor).select_related("offer__call__group", "user").filter(uid=uid).first()
    )
    if found is None:
        raise NotFound
    return found


def decision_of(actor: Actor, uid: UUID) -> Decision:
    found: Decision | None = Decision.objects.visible_to(actor).select_related("call__group").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def shown_decision(call: Call) -> Decision | None:
    """The newest list of a call."""
    found: Decision | None = call.decisions.order_by("-number").first()
    return found


def objection_by_link(uid: UUID) -> Objection:
    """Whoever has the link that the objector was given may read what became of it, and only that."""
    found = Objection.objects.select_related("call").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def objection_of(actor: Actor, uid: UUID) -> Objection:
    found: Objection | None = (
        Objection.objects.visible_to(actor).select_related("call__group", "decision").filter(uid=uid).first()
    )
    if found is None:
        raise NotFound
    return found


def objectable(call: Call) -> bool:
    return call.state == "publicity" and call.publicity_until is not None and clock.now() <= call.publicity_until


def waiting_applications(actor: Actor) -> QuerySet[Application]:
    """What was returned to the actor's organisation."""
    if actor.role != Role.SCHOOL_COORDINATOR:
        return Application.objects.none()
    return Application.objects.visible_to(actor).filter(state="returned").select_related("call")


def calls_run_by(actor: Actor) -> QuerySet[Call]:
    if actor.role == Role.SYS_ADMIN:
        return Call.objects.exclude(state__in=["confirmed", "cancelled"])
    if actor.role != Role.GROUP_SECRETARY:
        return Call.objects.none()
    own = Q(group__code=actor.scope_key(ScopeKind.GROUP) or None)
    return Call.objects.filter(own).exclude(state__in=["confirmed", "cancelled"])


def choice_in(offer: Offer, uid: UUID) -> Choice:
    """The choice an expert has before them; NotFound when it is not in review."""
    found = next((c for c in in_review(offer) if c.uid == uid), None)
    if found is None:
        raise NotFound
    return found
