"""Whose a file is by what it is called, as schools name the photos of their people. Plain values in and out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

TELLING = 6  # signs from which a study number cannot stand in a file's name by chance


class Unmatched(StrEnum):
    """Why a file is nobody's: no name in it, or that of several people, or of somebody who has a file already."""

    NOBODY = "nobody"
    SEVERAL = "several"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Named:
    """A person and what a file of theirs may be called by: full name, ID number, study number; empty: not by that."""

    key: int
    name: str
    id_number: str = ""
    study_number: str = ""


def whose(file_names: Sequence[str], people: Iterable[Named]) -> list[int | Unmatched]:
    """The key of the person whose file each is, in order; the second file of a person is nobody's.

    ID number, study number and full name all count, a longer name before one that is a part of it. Where several
    people fit, or a number is one person's and the name another's, nobody is guessed.
    """
    known = [Named(one.key, *map(_plain, (one.name, one.id_number, one.study_number))) for one in people]
    found: list[int | Unmatched] = []
    for file_name in file_names:
        told = _plain(PurePath(file_name.replace("\\", "/")).stem)
        match = _one_of(told, known)
        found.append(Unmatched.TWICE if match in found and not isinstance(match, Unmatched) else match)
    return found


def _one_of(told: str, known: Sequence[Named]) -> int | Unmatched:
    named = [one for one in known if one.name and one.name in told]
    fits = (
        {one.key for one in known if one.id_number and one.id_number in told},
        {one.key for one in known if len(one.study_number) >= TELLING and one.study_number in told},
        {one.key for one in named if not any(one.name != other.name and one.name in other.name for other in named)},
    )
    left: set[int] = set()
    for keys in filter(None, fits):
        left = left & keys if left else keys
        if not left:
            return Unmatched.SEVERAL
    if len(left) == 1:
        return left.pop()
    return Unmatched.SEVERAL if left else Unmatched.NOBODY


def _plain(text: str) -> str:
    """Letters and digits alone, of one width and case: dots in names, brackets and spaces differ from file to file."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
