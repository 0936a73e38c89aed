"""Bins for counts and sizes, in half octaves: fine for small values, coarse for large ones."""

from __future__ import annotations

from typing import Final

# 0 1 2 3 4 6 8 12 16 24 …
_EDGES: Final = [0, 1, 2, 3, *(edge for power in range(2, 13) for edge in (1 << power, 3 << (power - 1)))]


def _half_octaves(past: int) -> list[int]:
    table, current = [], 0
    for number in range(past):
        while current + 1 < len(_EDGES) and number >= _EDGES[current + 1]:
            current += 1
        table.append(current)
    return table


SIZE: Final = _half_octaves(8193)
"""The bin of each size up to LAST. Larger sizes are capped to LAST first; a look-up costs a third of a `min` call."""
LAST: Final = len(SIZE) - 1
SIZE_BINS: Final = SIZE[-1] + 1


def up_to(most: int) -> bytes:
    """The table of bins, capped at `most`."""
    return bytes([min(most, size) for size in SIZE])


def capped(sizes: list[int]) -> list[int]:
    """The sizes, capped at LAST."""
    return [min(size, LAST) for size in sizes] if max(sizes, default=0) > LAST else sizes
