"""Delta debugging: the smallest part of a list that still makes something happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


class BudgetSpentError(Exception):
    """The search has used up what it may; what it had come down to so far."""


def smallest(parts: Sequence[T], happens: Callable[[Sequence[T]], bool]) -> list[T]:
    """A part of `parts` with which it happens and of which no element can be left out.

    `happens(parts)` is taken for granted. When `happens` raises BudgetSpentError the part reached
    so far is returned.
    """
    known = list(parts)
    pieces = 2
    try:
        while len(known) > 1:
            chunks = _cut(known, min(pieces, len(known)))
            reduced = _reduced(known, chunks, happens)
            if reduced is not None:
                known, pieces = reduced, max(2, min(pieces - 1, len(reduced)))
            elif pieces >= len(known):
                break
            else:
                pieces = min(len(known), pieces * 2)
    except BudgetSpentError:
        return known
    return known


def _reduced(
    known: list[T], chunks: list[list[T]], happens: Callable[[Sequence[T]], bool]
) -> list[T] | None:
    for chunk in chunks:
        if len(chunk) < len(known) and happens(chunk):
            return chunk
    if len(chunks) > 2:
        for chunk in chunks:
            rest = [part for part in known if part not in chunk]
            if happens(rest):
                return rest
    return None


def _cut(known: list[T], pieces: int) -> list[list[T]]:
    size, more = divmod(len(known), pieces)
    chunks, start = [], 0
    for number in range(pieces):
        end = start + size + (number < more)
        chunks.append(known[start:end])
        start = end
    return chunks
