"""Shared values: which records an app may hold as one, since they agree in a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import cast

from harness.assess.identifying_values import IdentifyingValue
from harness.district.data_model.records import Record, User, roles_of

Roles = tuple[str, str]
"""The role of one user of a pair and that of the other, in the order of the alphabet."""
_NO_ROLE = ("",)
_BOTH = 0.1
"""Part of the pairs of which an app that looks up by their value may hold both, all the same."""


@dataclass(slots=True)
class Pairs:
    """The pairs of records that share a value and have two certain roles, of which any is held."""

    both: int = 0
    """Pairs of which the app holds both."""
    held_twins: dict[str, str] = field(default_factory=dict)
    """Record that is not held → the held record that it shares a value with."""

    @property
    def merging(self) -> bool:
        """Whether the app holds one record of such pairs, and hardly ever both."""
        return bool(self.held_twins) and self.both <= len(self.held_twins) * _BOTH


def pairs_sharing(
    value: IdentifyingValue, records: Mapping[str, Record], held: Collection[str]
) -> Collection[Pairs]:
    """All pairs that share a value, role by role: what looks up students may be right for staff.

    A record that is no user has no role. Pairs of which neither is held show nothing.
    """
    sharing: dict[str, set[str]] = defaultdict(set)
    for clever_id, record in records.items():
        for shared in value.of(record):
            sharing[shared].add(clever_id)
    by_roles: dict[Roles, Pairs] = defaultdict(Pairs)
    for first, second in sorted({pair for ids in sharing.values() for pair in _pairs(ids)}):
        if first not in held and second not in held:
            continue
        for roles in _roles_of(records[first], records[second]):
            pairs = by_roles[roles]
            if first in held and second in held:
                pairs.both += 1
            else:
                missing, held_twin = (second, first) if first in held else (first, second)
                pairs.held_twins.setdefault(missing, held_twin)
    return by_roles.values()


def _pairs(ids: Collection[str]) -> Iterator[tuple[str, str]]:
    return combinations(sorted(ids), 2)


def _roles_of(first: Record, second: Record) -> Iterator[Roles]:
    roles = (
        roles_of(cast(User, each)) if "roles" in each else _NO_ROLE for each in (first, second)
    )
    yield from {(min(pair), max(pair)) for pair in product(*roles)}
