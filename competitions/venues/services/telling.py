"""News of a programme, told to those whose lines it has."""

from __future__ import annotations

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.notify.selectors import News
from backend.notify.services import send_news, send_note
from competitions.venues.enums import Audience
from competitions.venues.models import Programme
from competitions.venues.rulebook import changes

OF_TEAMS = frozenset({Audience.TEAMS, Audience.LEADERS, Audience.PUBLIC})
OF_JUDGES = frozenset({Audience.JUDGES, Audience.PUBLIC})
TOPICS = {"programme.teams": OF_TEAMS, "programme.judges": OF_JUDGES}


def tell_of_programme(*, actor: Actor, programme: Programme, before: Programme | None) -> None:
    """Tell whoever is entered or judges of a version that has or changes lines for them. before: the former version."""
    counts = {topic: _lines_for(readers, programme, before) for topic, readers in TOPICS.items()}
    topics = {topic: {"count": count} for topic, count in counts.items() if count}
    if topics:
        send_news(actor=actor, news=_news(programme, before, topics))


def tell_judge(*, user: User, programme: Programme) -> int:
    """Whoever joins the judges later gets what the others got; returns how many were told."""
    count = _lines_for(OF_JUDGES, programme, None)
    if not count:
        return 0
    news = _news(programme, None, {})
    return send_note(recipients=[user], kind=news.kind, params={**news.params, "count": count}, link=news.link)


def _lines_for(readers: frozenset[Audience], programme: Programme, before: Programme | None) -> int:
    """How many lines the version has or, after the first, changes for those readers."""
    if before is None:
        return sum(bool(readers & set(line["audience"].split())) for line in programme.lines)
    return sum(bool(readers & change.readers) for change in changes(before.lines, programme.lines))


def _news(programme: Programme, before: Programme | None, topics: dict[str, dict[str, int]]) -> News:
    event = programme.event
    return News(
        kind="programme.published" if before is None else "programme.changed",
        about=programme.uid,
        topics=topics,
        keys=[event.code],
        label=f"{event.code} {event.name}",
        params={"event": event.name, "number": programme.number, "note": programme.note},
        link=f"/events/{event.code}/programme/",
    )
