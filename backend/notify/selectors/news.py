"""News that the system tells by itself: who hears of it, and where those without an account are written to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from backend.core.actor import Actor
from backend.notify.enums import Channel
from backend.notify.models import Notice
from backend.notify.selectors.audiences import Addressee, Audience, Mailbox, audiences, mailboxes
from backend.notify.selectors.inbox import kind_is_duty

MOST_NAMED = 5  # events that one reader's news names; more are told as their number
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """What is told. kind: as registered with `register_text`; about: uid of what it is of, so that it is told once.

    topics: whoever hears of one of them is told, with what only they read; keys: such as the codes of the events;
    label: what it is about, in words; params: JSON values that fill the text, never personal ones, in whose places an
    audience's own facts of the same name come; link: a page of this site.
    """

    kind: str
    about: UUID
    topics: Mapping[str, Facts]
    keys: Sequence[str]
    label: str
    params: Facts = field(default_factory=dict)
    link: str = ""

    @property
    def notice(self) -> Notice:
        """The same as a notice that is not kept yet."""
        return Notice(
            client_id=self.about,
            kind=self.kind,
            params=dict(self.params),
            topics={topic: dict(facts) for topic, facts in self.topics.items()},
            keys=list(self.keys),
            link=self.link,
            audience_label=self.label[:160],
            channels=[str(channel) for channel in Channel],
            duty=kind_is_duty(self.kind),
            state="queued",
        )


def hearing(topics: Collection[str]) -> list[tuple[Audience, str]]:
    """Audiences that hear of one of the topics, each with the first of them."""
    found = ((audience, [topic for topic in topics if topic in audience.hears]) for audience in audiences())
    return [(audience, heard[0]) for audience, heard in found if heard]


def hearers(notice: Notice) -> list[Addressee]:
    """Everybody who hears of the news now, once, in a steady order, accounts first, each with what fills their text.

    Who hears of it for several keys or in several audiences is told of all the keys in one.
    """
    found: dict[tuple[int, int], list[tuple[str, str, Addressee]]] = {}
    for audience, topic in hearing(notice.topics):
        for one in audience.people(notice.keys):
            found.setdefault(one.place, []).append((audience.kind, topic, one))
    return [_together(notice, found[place]) for place in sorted(found)]


def _together(notice: Notice, told: Sequence[tuple[str, str, Addressee]]) -> Addressee:
    because, topic, first = told[0]
    names = [name for name in first.facts if name in notice.params or name == "school"]
    own = {name: _listed(one.facts.get(name, "") for _kind, _topic, one in told) for name in names}
    facts = {**notice.params, **notice.topics[topic], **own, "because": because}
    return Addressee(first.user_id, facts, first.person_id)


def _listed(values: Iterable[str]) -> str:
    found = [value for value in dict.fromkeys(values) if value]
    if len(found) <= MOST_NAMED:
        return "、".join(found)
    return f"{'、'.join(found[:MOST_NAMED])} (+{len(found) - MOST_NAMED})"


def mailboxes_for(notice: Notice, persons: Collection[int]) -> Mapping[int, Mailbox]:
    """Mailboxes of persons without account whom a notice or news tells, by their key."""
    if not notice.kind:
        return mailboxes(notice.audience, [notice.audience_key], persons)
    known: dict[int, Mailbox] = {}
    for audience, _topic in hearing(notice.topics):
        for key, box in mailboxes(audience.kind, notice.keys, persons).items():
            before = known.get(key, Mailbox())
            known[key] = Mailbox(before.email or box.email, before.phone or box.phone)
    return known


def news_about(actor: Actor, uids: Iterable[UUID]) -> dict[UUID, Notice]:
    """What was told of things, by their uid, as far as the actor may follow it."""
    found = Notice.objects.visible_to(actor).exclude(kind="").filter(client_id__in=list(uids))
    return {notice.client_id: notice for notice in found}
