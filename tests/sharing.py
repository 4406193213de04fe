"""What the workers of one run of the tests share: folders that one of them fills for all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

SHARED = "ROSTERREADY_TESTS_SHARED"
"""The environment variable with the folder they share; `conftest.py` makes it."""


def once(name: str, fill: Callable[[Path], object]) -> Path:
    """A folder by its name, filled by whichever worker asks for it first."""
    folder = Path(os.environ[SHARED], name)
    complete = folder / "complete"
    with FileLock(f"{folder}.lock"):
        if not complete.exists():
            folder.mkdir(exist_ok=True)
            fill(folder)
            complete.touch()
    return folder
