"""What a reader of the open formats can be told."""

from collections.abc import Sequence


class Refused(ValueError):
    """The document breaks the format; nothing was computed.

    problems: (JSON path, message) pairs in the order of the document, all of them at once.
    """

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems: list[tuple[str, str]] = list(problems)
        super().__init__("; ".join(f"{path}: {message}" for path, message in self.problems))
