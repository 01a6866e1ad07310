"""News of new days: what is told, to which organisers, and where they follow it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from backend.core.actor import Actor
from backend.notify.models import Notice
from backend.notify.selectors import Addressee, News, news_about
from competitions.contests.models import Edition, Event, Postponement
from competitions.contests.selectors import accounts_running, postponements_of


def moved_events(thing: Edition | Event) -> list[Event]:
    """Whose people a postponement concerns: of an edition those without days of their own; no drafts."""
    if isinstance(thing, Event):
        return [thing] if thing.state != "draft" else []
    found = Event.objects.filter(edition=thing, starts_on=None).exclude(state__in=("draft", "cancelled"))
    return list(found.select_related("leading_group").order_by("pk"))


def news_of_new_days(
    thing: Edition | Event, events: Sequence[Event], *, about: UUID | None = None, day: str = "", reason: str = ""
) -> News:
    """What is told of a postponement; without `about` only to see whom it would reach."""
    if isinstance(thing, Event):
        label, link = f"{thing.code} {thing.name}", f"/events/{thing.code}/"
    else:
        label, link = thing.name, f"/editions/{thing.uid}/"
    return News(
        kind="event.postponed",
        about=about or uuid4(),
        topics={"event.postponed": {}},
        keys=[event.code for event in events],
        label=label,
        params={"event": thing.name, "day": day, "reason": reason},
        link=link,
    )


def organisers_hearing(actor: Actor, events: Sequence[Event], news: News) -> list[Addressee]:
    """Accounts that run the events by a role in them or in their leading groups, but the actor's own."""
    users = set(accounts_running(events).values_list("pk", flat=True)) - {actor.user_id}
    return [Addressee(user, news.params) for user in sorted(users)]


def put_off_lines(actor: Actor, thing: Edition | Event) -> list[tuple[Postponement, Notice | None]]:
    """What was put off, the newest first, each with its news where the actor may follow it."""
    found = postponements_of(thing)
    told = news_about(actor, [made.uid for made in found])
    return [(made, told.get(made.uid)) for made in found]
