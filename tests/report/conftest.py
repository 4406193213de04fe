"""The two rehearsals every format is tried on."""

from __future__ import annotations

import pytest
from report import rehearsal

from harness.assess.results import Results


@pytest.fixture(scope="session")
def results() -> Results:
    """A rehearsal whose app is not ready."""
    return rehearsal.not_ready()


@pytest.fixture(scope="session")
def ready() -> Results:
    """A rehearsal whose app is ready."""
    return rehearsal.ready()
