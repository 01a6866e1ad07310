"""Thousands of rows held small: packed some hundred at a time, unpacked a block at a time. In memory only."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator
from typing import Generic, TypeVar

BLOCK = 250
FAST = 1
Item = TypeVar("Item")


class Pack(Generic[Item]):
    """Plain values in the order in which they came; as often as they are asked for they are made anew."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._open: list[Item] = []
        self._held = 0

    def __len__(self) -> int:
        return self._held

    def __iter__(self) -> Iterator[Item]:
        for block in self._blocks:
            yield from pickle.loads(zlib.decompress(block))  # what this process has packed itself
        yield from self._open

    def add(self, item: Item) -> None:
        self._open.append(item)
        self._held += 1
        if len(self._open) >= BLOCK:
            self.close()

    def close(self) -> None:
        """Pack what is not packed yet."""
        if self._open:
            self._blocks.append(zlib.compress(pickle.dumps(self._open, pickle.HIGHEST_PROTOCOL), FAST))
            self._open = []
