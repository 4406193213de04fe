"""The two rehearsals every format is tried on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from report import rehearsal
from report.browser import Browser

from harness.assess.results import Results


@pytest.fixture(scope="session")
def results() -> Results:
    """A rehearsal whose app is not ready."""
    return rehearsal.not_ready()


@pytest.fixture(scope="session")
def ready() -> Results:
    """A rehearsal whose app is ready."""
    return rehearsal.ready()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of a worker; starting it takes longer than most of them."""
    profile: Path = tmp_path_factory.mktemp("browser") / "profile"
    started = Browser(profile)
    yield started
    started.close()
    shutil.rmtree(profile, ignore_errors=True)
