"""Named checks: which of a catalogue's checks the selectors of clauses name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from harness.catalogue.questions import selects

Checks = tuple[tuple[str, tuple[str, ...]], ...]
"""The id and the requirements of each check, in order."""


class NamedChecks:
    """The checks that selectors name; each is looked up once, whatever became of the checks."""

    def __init__(self, checks: Checks) -> None:
        self._checks = checks
        self._ids: dict[str, frozenset[str]] = {}
        self._places: dict[tuple[str, ...], tuple[int, ...]] = {}

    def names(self, selectors: Sequence[str], check: str) -> bool:
        """Whether any of the selectors names a check."""
        return any(check in self._named(selector) for selector in selectors)

    def places(self, selectors: tuple[str, ...]) -> tuple[int, ...]:
        """The places of the checks that any of the selectors names."""
        if selectors not in self._places:
            ids = frozenset().union(*map(self._named, selectors))
            rows = enumerate(self._checks)
            self._places[selectors] = tuple(place for place, (name, _) in rows if name in ids)
        return self._places[selectors]

    def _named(self, selector: str) -> frozenset[str]:
        if selector not in self._ids:
            rows = self._checks
            self._ids[selector] = frozenset(name for name, r in rows if selects(selector, name, r))
        return self._ids[selector]


@lru_cache(maxsize=16)
def named_checks(checks: Checks) -> NamedChecks:
    """What selectors name among these checks, which are mostly the same in one process."""
    return NamedChecks(checks)
