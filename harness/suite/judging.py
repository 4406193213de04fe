"""Which folder of features the judging in progress is about.

pytest-bdd binds scenarios while a module is imported, so the folder cannot come as a fixture.
"""

from __future__ import annotations

from pathlib import Path

from harness.resources import FEATURES

_folder: list[Path] = []


def features() -> Path:
    """The absolute folder of the judging in progress; ours when there is none."""
    return _folder[-1] if _folder else FEATURES


def begin(folder: Path) -> None:
    _folder.append(folder.resolve())


def end() -> None:
    _folder.pop()
