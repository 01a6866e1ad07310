"""How a lower package names a higher record: a frozen reference instead of a foreign key."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """A record named by kind and key, with a label that never holds a personal value.

    kind: the record's noun (`event`, `seat`, `group`); key: its uid or public code; label: what a page shows.
    """

    kind: str
    key: str
    label: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
