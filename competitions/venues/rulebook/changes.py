"""What a version of a programme changes against the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Line = Mapping[str, str]
TOLD = ("kind", "title", "starts_at", "ends_at", "place", "audience", "responsible")


@dataclass(frozen=True, slots=True)
class Change:
    """One line that is new, gone or other. fields: (name, before, after), empty for new and gone ones."""

    kind: str  # added | removed | changed
    line: Line
    fields: tuple[tuple[str, str, str], ...] = ()

    @property
    def readers(self) -> frozenset[str]:
        """Audiences for whom the line is or was."""
        told = [self.line["audience"], *(word for name, *both in self.fields if name == "audience" for word in both)]
        return frozenset(word for words in told for word in words.split())


def changes(before: Sequence[Line], after: Sequence[Line]) -> list[Change]:
    """Every difference between two versions, in the order of the newer one; what is gone comes last."""
    old = {line["uid"]: line for line in before}
    new = {line["uid"]: line for line in after}
    found = []
    for line in after:
        if line["uid"] not in old:
            found.append(Change("added", line))
            continue
        former = old[line["uid"]]
        fields = tuple((n, former.get(n, ""), line.get(n, "")) for n in TOLD if former.get(n, "") != line.get(n, ""))
        if fields:
            found.append(Change("changed", line, fields))
    return found + [Change("removed", line) for line in before if line["uid"] not in new]
