"""Which scenarios the judging in progress is about: nothing else is collected.

pytest-bdd binds scenarios while a module is imported, so they cannot come as a fixture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from harness.plan.plan import PlannedScenario

_selections: list[tuple[Path, tuple[PlannedScenario, ...]]] = []


@contextmanager
def selected(features: Path, scenarios: Sequence[PlannedScenario]) -> Iterator[None]:
    """Within it, judging is about these scenarios of this folder."""
    _selections.append((features.resolve(), tuple(scenarios)))
    try:
        yield
    finally:
        _selections.pop()


def selection() -> Iterator[tuple[Path, str]]:
    """Feature file, absolute, and name of each scenario to judge; none when nothing is judged."""
    if _selections:
        folder, scenarios = _selections[-1]
        for planned in scenarios:
            yield folder / planned.feature, planned.name
