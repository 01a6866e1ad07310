"""The best of a published result, entered for the next stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from backend.audit import services as audit
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.notify.selectors import News, hearers
from backend.notify.services import send_news
from competitions.contests.models import Event
from competitions.contests.permissions import may_organise
from competitions.contests.selectors import rules_of
from competitions.draw.services import decode
from competitions.registration.models import Entry
from competitions.registration.selectors import among_teams
from competitions.registration.services import carry_over
from competitions.results.errors import NextStageClosed, NoPromotion, NotPublished
from competitions.results.models import Publication
from competitions.results.rulebook import Choice, Ranked, choose
from competitions.results.selectors import round_of


@dataclass(slots=True)
class PromotionReport:
    """made and known: entries of the next stage; blocked: teams whose people already stand there; stale: entries that
    an earlier publication brought and this one no longer does (they stay; their organisers decide).
    """

    choice: Choice
    made: list[Entry] = field(default_factory=list)
    known: list[Entry] = field(default_factory=list)
    blocked: list[Entry] = field(default_factory=list)
    stale: list[Entry] = field(default_factory=list)


def preview_promotion(*, event: Event) -> tuple[Publication, Choice]:
    """Who would go on by the newest publication. Raises NoPromotion (no rule), NotPublished."""
    rule = rules_of(event).promotion
    if rule is None:
        raise NoPromotion
    publication = Publication.objects.filter(round=round_of(event)).order_by("-number").first()
    if publication is None:
        raise NotPublished
    return publication, choose([_ranked(row) for row in publication.snapshot["rows"]], rule)


def _ranked(row: dict[str, Any]) -> Ranked:
    total = row["total"]
    return Ranked(row["code"], row["school"], row["rank"], None if total is None else Decimal(str(total)))


@transaction.atomic
def promote(*, actor: Actor, event: Event) -> PromotionReport:
    """Enter the chosen teams for the next stage as drafts, with their people; doing it again adds nobody twice.

    Raises NotAllowed, NoPromotion (no rule or no next stage), NotPublished, NextStageClosed.
    """
    locked = Event.objects.select_for_update(of=("self",)).select_related("rule_set", "promotes_to").get(pk=event.pk)
    if locked.promotes_to is None:
        raise NoPromotion
    target = Event.objects.select_for_update(of=("self",)).get(pk=locked.promotes_to.pk)
    require(may_organise(actor, target), _("Only the organisers of the next stage enter its teams."))
    if target.state not in ("draft", "registering"):
        raise NextStageClosed
    publication, choice = preview_promotion(event=locked)
    report = PromotionReport(choice)
    uids = decode(round=publication.round)
    entries = {str(e.uid): e for e in Entry.objects.filter(event=locked).select_related("school")}
    chosen = [entries[uids[row.code]] for row in choice.chosen]
    for entry in chosen:
        _carry(actor, entry, target, report)
    came = Entry.objects.filter(event=target, promoted_from__event=locked).exclude(state="withdrawn")
    report.stale = list(came.exclude(promoted_from__in=chosen).select_related("school"))
    audit.record(
        actor=actor,
        action="results.promote",
        subject=publication.ref,
        event_code=locked.code,
        into=target.code,
        made=len(report.made),
    )
    if report.made:
        _tell(actor, locked, target, report.made)
    return report


def _tell(actor: Actor, event: Event, target: Event, made: list[Entry]) -> None:
    """The people of the teams that are now entered; those who came before were told then."""
    news = News(
        kind="results.promoted",
        about=uuid4(),
        topics={"results.promoted": {"event": event.name}},
        keys=[target.code],
        label=f"{target.code} {target.name}",
        params={"into": target.name},
        link=f"/events/{target.code}/",
    )
    entries = Entry.objects.filter(pk__in=[entry.pk for entry in made])
    send_news(actor=actor, news=news, first=among_teams(hearers(news.notice), entries), rest=False)


def _carry(actor: Actor, entry: Entry, target: Event, report: PromotionReport) -> None:
    known = Entry.objects.filter(event=target, promoted_from=entry).select_related("school").first()
    if known is not None:
        report.known.append(known)
        return
    made = carry_over(actor=actor, entry=entry, into=target)
    if made is None:
        report.blocked.append(entry)
    else:
        report.made.append(made)
