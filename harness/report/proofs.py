"""Proofs: what shows that a check can fail, so that its passing means something.

Apps with one mistake each are rehearsed with every release. The kill matrix says which of them each
check fails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from harness.catalogue.kill_matrix import KillMatrix, load_kill_matrix
from harness.resources import REPORTS


@dataclass(frozen=True, slots=True)
class Proof:
    """The apps that fail a check, or break a requirement."""

    mistakes: Sequence[str]
    """What some of them do wrong, those first that do little else."""
    apps: int
    """How many there are."""

    @property
    def others(self) -> int:
        return self.apps - len(self.mistakes)


def of_check(identifier: str) -> Proof | None:
    """With one mistake; None for a check that the matrix does not know."""
    return _proof(_matrix().checks.get(identifier, ()), 1)


def of_requirement(identifier: str) -> Proof | None:
    """With three mistakes; None for a requirement that no scenario verifies."""
    return _proof(_matrix().requirements.get(identifier, ()), 3)


def _proof(apps: Sequence[str], shown: int) -> Proof | None:
    matrix, failed = _matrix(), _failed()
    known = sorted((failed[app], app) for app in apps if app in matrix.mistakes)
    if not known:
        return None
    return Proof([matrix.mistakes[app] for _, app in known[:shown]], len(known))


@cache
def _matrix() -> KillMatrix:
    return load_kill_matrix(REPORTS / "kill-matrix.json")


@cache
def _failed() -> Counter[str]:
    """How many checks each app fails."""
    return Counter(app for apps in _matrix().checks.values() for app in apps)
