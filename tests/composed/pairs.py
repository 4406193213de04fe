"""All pairs: few combinations in which every two values of two dimensions meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

Pair = tuple[tuple[str, str], tuple[str, str]]


def all_pairs(dimensions: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """The combinations, chosen greedily and the same ones every time; the first is all firsts."""
    names = list(dimensions)
    left = {
        pair
        for one, other in combinations(names, 2)
        for pair in _between(one, dimensions[one], other, dimensions[other])
    }
    rows = [{name: dimensions[name][0] for name in names}]
    left -= set(pairs_of(rows[0]))
    while left:
        row = _row(dimensions, min(left), left)
        rows.append(row)
        left -= set(pairs_of(row))
    return rows


def pairs_of(row: Mapping[str, str]) -> Iterator[Pair]:
    """Every two values of a combination."""
    return combinations(row.items(), 2)


def _between(one: str, values: Sequence[str], other: str, others: Sequence[str]) -> Iterator[Pair]:
    return (((one, a), (other, b)) for a in values for b in others)


def _row(dimensions: Mapping[str, Sequence[str]], begun: Pair, left: set[Pair]) -> dict[str, str]:
    """A combination with a pair that is left, and with as many others as fit greedily."""
    chosen = dict(begun)
    for name in sorted(dimensions, key=lambda name: -len(dimensions[name])):
        if name not in chosen:
            chosen[name] = max(
                dimensions[name], key=lambda value: _gain(dimensions, chosen, name, value, left)
            )
    return {name: chosen[name] for name in dimensions}


def _gain(
    dimensions: Mapping[str, Sequence[str]],
    chosen: Mapping[str, str],
    name: str,
    value: str,
    left: set[Pair],
) -> int:
    """How many pairs that are left a value would make with those chosen."""
    order = list(dimensions)
    new = (name, value)
    return sum(
        ((new, old) if order.index(name) < order.index(old[0]) else (old, new)) in left
        for old in chosen.items()
    )
