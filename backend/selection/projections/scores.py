"""Points: what an expert has given, and all of them once everybody is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from backend.core.actor import Actor
from backend.documents.projections import slots
from backend.selection.enums import RELATIVE
from backend.selection.models import ITEMS, Call, Choice, Expert, Offer, Review, Score
from backend.selection.projections.lists import ahead_of, tabulation_of_offer
from backend.selection.rulebook import rank_offer, read_questions
from backend.selection.selectors import applicants_of, in_review, unscored, version_of


def expert_lines(call: Call) -> list[dict[str, Any]]:
    """Offers with their experts."""
    offers = call.offers.prefetch_related(Prefetch("experts", Expert.objects.select_related("user", "organisation")))
    return [
        {
            "offer": offer,
            "experts": [{"expert": e, "recusal": recusal_words(e)} for e in offer.experts.all()],
            "missing": max(call.experts_min - sum(e.recused_at is None for e in offer.experts.all()), 0),
        }
        for offer in offers
    ]


def candidate_lines(offer: Offer, found: Iterable[Expert]) -> list[dict[str, Any]]:
    """Known experts beside an offer: whether each is named there already, or would have to step back."""
    named = set(offer.experts.values_list("user_id", flat=True))
    applicants = applicants_of(offer)
    return [{"expert": e, "named": e.user_id in named, "related": e.organisation_id in applicants} for e in found]


def recusal_words(expert: Expert) -> str:
    return _("Belongs to an applicant's organisation.") if expert.recusal == RELATIVE else expert.recusal


def review_lines(experts: Iterable[Expert]) -> list[dict[str, Any]]:
    """Where an expert scores, with how many are done."""
    found = list(experts)
    done: dict[int, int] = {}
    for review in Review.objects.valid().filter(expert__in=found):
        done[review.expert_id] = done.get(review.expert_id, 0) + 1
    return [{"expert": e, "done": done.get(e.pk, 0), "call": e.offer.call} for e in found]


def score_page(actor: Actor, expert: Expert, choice: Choice | None = None) -> dict[str, Any]:
    """One expert's applications; with a choice also what was sent and the points given before."""
    offer = expert.offer
    scoring = offer.call.state in ("scoring", "shortlisted", "publicity", "confirmed")
    choices = in_review(offer) if scoring and expert.recused_at is None else []
    given = {
        r.choice_id: r
        for r in Review.objects.filter(expert=expert).order_by("pk").prefetch_related("scores__criterion")
    }
    rows = [{"choice": c, "review": given.get(c.pk), "stale": _stale(given.get(c.pk))} for c in choices]
    page = {
        "expert": expert,
        "offer": offer,
        "call": offer.call,
        "criteria": list(offer.call.criteria.all()),
        "rows": rows,
        "done": sum(row["review"] is not None and not row["stale"] for row in rows),
        "next": next_to_score(rows, choice),
        "scorable": offer.call.state == "scoring" and offer.scored_at is None and expert.recused_at is None,
        "initial": {},
    }
    return page if choice is None else page | _one(actor, choice, given.get(choice.pk))


def next_to_score(rows: Sequence[Mapping[str, Any]], after: Choice | None) -> Choice | None:
    """Whose points to give after this one: the next in the list without valid points, else the first of them."""
    places = [n for n, row in enumerate(rows) if after is not None and row["choice"].pk == after.pk]
    begin = places[0] + 1 if places else 0
    turned = [*rows[begin:], *rows[:begin]]
    open_ones = (row["choice"] for row in turned if row["review"] is None or row["stale"])
    return next((c for c in open_ones if after is None or c.pk != after.pk), None)


def _stale(review: Review | None) -> bool:
    return review is not None and review.voided_at is not None


def _one(actor: Actor, choice: Choice, review: Review | None) -> dict[str, Any]:
    application = choice.application
    version, before = [*application.versions.order_by("-number")[:2], None, None][:2]
    answers = version.answers if version else {}
    initial: dict[str, Any] = {"version": version_of(application)}
    if review is not None:
        initial |= {f"c{s.criterion.position}": s.points for s in review.scores.all()} | {"comment": review.comment}
    return {
        "initial": initial,
        "version": version,
        "stale": _stale(review),
        "stale_version": review.version if review else 0,
        "answers": [
            (q.label, answers.get(q.key, ""), _former(q.key, answers, before.answers) if before else "")
            for q in read_questions(application.call.questions)
        ],
        "slots": slots(actor, application.ref, application.call.documents),
        "history": ITEMS[application.call.item_kind].history(application.organisation.uid),
    }


def _former(key: str, answers: Mapping[str, str], before: Mapping[str, str]) -> str:
    """What was answered in the version before, where that was something else."""
    former = before.get(key, "")
    return former if former != answers.get(key, "") else ""


def score_table(call: Call, offer: Offer) -> dict[str, Any]:
    """An offer's order and every point; while experts are at work only how many score sheets are missing."""
    if offer.scored_at is None:
        return {"missing": unscored(offer) if call.state == "scoring" else 0, "rows": [], "done": False}
    choices = in_review(offer)
    names = {str(c.uid): c.application.organisation.name for c in choices}
    ranked = rank_offer(tabulation_of_offer(call, offer, choices), ahead_of(choices)) if choices else []
    given: dict[str, dict[str, list[tuple[str, Decimal]]]] = defaultdict(lambda: defaultdict(list))
    for _label, name, expert, criterion, points in score_lines(call, offer):
        given[name][expert].append((criterion, points))
    experts = sorted({expert for by in given.values() for expert in by}, key=lambda word: int(word[1:]))
    rows = [
        {
            "place": r.place,
            "name": names[r.code],
            "total": r.total,
            "given": [_given(given[names[r.code]][expert]) for expert in experts],
        }
        for r in ranked
    ]
    return {
        "missing": 0,
        "rows": rows,
        "experts": [_("Expert %(n)s") % {"n": word[1:]} for word in experts],
        "done": True,
    }


def _given(points: list[tuple[str, Decimal]]) -> dict[str, str]:
    """An expert's points for one applicant, in all and by criterion."""
    total = sum((each for _criterion, each in points), Decimal(0))
    return {
        "total": f"{total.normalize():f}" if points else "",
        "detail": "；".join(f"{criterion} {each.normalize():f}" for criterion, each in points),
    }


def score_lines(call: Call, offer: Offer | None = None) -> list[tuple[str, str, str, str, Decimal]]:
    """Every point of the offers whose experts are all done: offer, applicant, expert, criterion, points."""
    found = Score.objects.filter(review__choice__offer__call=call, review__choice__offer__scored_at__isnull=False)
    found = found.filter(review__voided_at=None, review__expert__recused_at=None)
    found = found.filter(review__choice__offer=offer) if offer else found
    rows = found.order_by("review__choice__offer", "review__choice", "review__expert__number", "criterion__position")
    return [
        (label, name, f"J{expert}", criterion, points)
        for label, name, expert, criterion, points in rows.values_list(
            "review__choice__offer__label",
            "review__choice__application__organisation__name",
            "review__expert__number",
            "criterion__name",
            "points",
        )
    ]
