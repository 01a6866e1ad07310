"""The way of an entry through its reviewers, and what changed between two submissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ORGANISER, BUREAU = "organiser", "bureau"


def next_step(steps: Sequence[str], after: int, *, overseen: bool) -> int | None:
    """The index of the next step that waits for somebody; None when all have approved.

    after: the step just passed, -1 at the beginning. overseen: whether the school reports through a bureau; where it
    does not, the bureau's step is passed over.
    """
    following = (n for n in range(after + 1, len(steps)) if overseen or steps[n] != BUREAU)
    return next(following, None)


def deciding_steps(steps: Sequence[str], *, overseen: bool, in_turn: bool) -> tuple[int, ...]:
    """The steps that decide about a change after approval, in order: those of the chain that concern the school.

    in_turn: all of them, else the last alone. Empty where no step concerns the school: then the organisers decide.
    """
    concerned = tuple(n for n, step in enumerate(steps) if overseen or step != BUREAU)
    return concerned if in_turn else concerned[-1:]


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs between two submissions; member: uid, "" for the team. before and after as written."""

    member: str
    field: str
    before: str
    after: str


def changes_between(older: Mapping[str, Mapping[str, str]], newer: Mapping[str, Mapping[str, str]]) -> list[Change]:
    """What differs, in the order of the newer submission.

    Each: member uid ("" for the team) → field → text. Who came has only an `after`, who left only a `before`.
    """
    found = []
    for member in [*newer, *(uid for uid in older if uid not in newer)]:
        before, after = older.get(member, {}), newer.get(member, {})
        for key in [*after, *(k for k in before if k not in after)]:
            was, now = before.get(key, ""), after.get(key, "")
            if was != now:
                found.append(Change(member, key, was, now))
    return found
