"""The public board: what its mode allows, and nothing else ever enters the state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.cache import cache

from backend.tabulation import Status
from competitions.boards.enums import BoardMode
from competitions.boards.projections.standings import Place, criteria_of, fitting, placed, points, shares
from competitions.boards.selectors import (
    board_round,
    board_settings,
    counts_of,
    criteria_so_far,
    publication_of,
    scheme_of,
)
from competitions.contests.models import Event, Round
from competitions.results.selectors import award_rows
from realtime import notices

MOST_ROWS = 200  # more never fit
CACHED_SECONDS = 1  # many visitors in one second cost the queries of one


def board_state(code: str, parts: set[str]) -> dict[str, Any]:
    """The state of `board:<event code>`."""
    shown = board_round(code)
    event, settings = shown.event, board_settings(shown)
    mode = _mode_now(BoardMode(settings.mode), shown)
    state: dict[str, Any] = {"event": event_card(event), "mode": mode, "page_size": settings.page_size}
    build = {BoardMode.PROGRESS: _progress, BoardMode.CODED: _coded, BoardMode.NAMED: _named}.get(mode)
    if mode in (BoardMode.PROGRESS, BoardMode.CODED) and settings.frozen is not None:
        return {**state, **settings.frozen[mode]}
    return {**state, **build(event, shown)} if build else state


def kept_standing(shown: Round, since: datetime) -> dict[str, Any]:
    """What a board frozen `since` goes on showing, by mode, whichever the organiser chooses meanwhile."""
    built = {BoardMode.PROGRESS: _progress, BoardMode.CODED: _coded}
    frozen = {"since": since.isoformat()}
    return {str(mode): {**build(shown.event, shown), "frozen": frozen} for mode, build in built.items()}


def _mode_now(chosen: BoardMode, shown: Round) -> BoardMode:
    """Codes end with the publication: ranks would tell whose total each was."""
    return BoardMode.NAMED if chosen is BoardMode.CODED and shown.publications.exists() else chosen


def event_card(event: Event) -> dict[str, Any]:
    """What every board's head shows."""
    return {
        "code": event.code,
        "name": event.name,
        "name_en": event.name_en,
        "edition": event.edition.name,
        "edition_en": event.edition.name_en,
        "group": event.leading_group.name,
        "group_en": event.leading_group.name_en,
        "state": event.state,
    }


def _progress(event: Event, shown: Round) -> dict[str, Any]:
    counts = counts_of(shown)
    return {
        "progress": {
            "sheets_done": counts.sheets_done,
            "sheets_all": counts.sheets_all,
            "works_done": counts.works_done,
            "works_all": counts.works_all,
            "permille": counts.permille,
        }
    }


def _coded(event: Event, shown: Round) -> dict[str, Any]:
    criteria = criteria_of(scheme_of(shown))
    places = placed(event, shown)
    before = _former_rows(event.code, BoardMode.CODED)
    done, every = sum(p.line.done for p in places), sum(p.line.all for p in places)
    rows = fitting(_coded_rows(event, shown, places[:MOST_ROWS], criteria, before))
    return {
        "progress": {"sheets_done": done, "sheets_all": every, "permille": done * 1000 // every if every else 0},
        "criteria": criteria,
        "rows": rows,
        "count": len(places),
        "final": False,
    }


def _coded_rows(
    event: Event, shown: Round, places: list[Place], criteria: list[dict[str, str]], before: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    so_far = criteria_so_far(shown, [place.line.code for place in places])
    for place in places:
        line = place.line
        yield {
            "rank": place.rank,
            "code": line.code,
            "status": "" if line.status == Status.COMPETED else line.status,
            "total": points(event, place) if place.rank else "",
            "complete": line.total is not None,
            "parts": shares(so_far[line.code], criteria),
            "move": _moved(before.get(line.code), place.rank),
        }


def _moved(before: dict[str, Any] | None, rank: int | None) -> int:
    """Places gained (negative: lost) at the work's last change of rank; it stays until the next one."""
    if not before or not rank or not before.get("rank"):
        return 0
    return int(before["rank"]) - rank or int(before.get("move", 0))


def _former_rows(code: str, mode: BoardMode) -> dict[str, Any]:
    state = notices.read(f"board:{code}")["state"]
    return {row["code"]: row for row in state.get("rows", ())} if state.get("mode") == mode else {}


def _named(event: Event, shown: Round) -> dict[str, Any]:
    """What everybody may read of the publication, as its page has it: the winners, without codes and totals."""
    publication = publication_of(shown)
    if publication is None:
        return {"rows": [], "count": 0}
    rows = award_rows(publication)
    return {
        "publication": {"number": publication.number, "at": publication.published_at.isoformat()},
        "rows": fitting(
            {"rank": row["rank"], "school": row["school"], "team": row["team"]}
            | {"names": row["contestants"], "award": row["award_name"]}
            for row in rows
        ),
        "count": len(rows),
        "final": True,
    }


def newest_board(code: str) -> dict[str, Any]:
    """`{"topic", "version", "state", "changed_at", "draft"}` as the row has it, remembered for a second."""
    key = _remembered_as(code)
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        event = board_round(code).event
        found = notices.read(f"board:{code}")
        if not found["version"]:
            found["state"] = board_state(code, set())
        found["draft"] = event.state == "draft"
        cache.set(key, found, CACHED_SECONDS)
    return found


def forget_board(code: str) -> None:
    """Do not show the remembered state any longer: the board's mode has changed."""
    cache.delete(_remembered_as(code))


def _remembered_as(code: str) -> str:
    return f"boards:{code.encode().hex()}"
