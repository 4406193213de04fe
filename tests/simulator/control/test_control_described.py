"""The control API is as its own description says, whoever drives it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from distribution import CHECKOUT, run

DESCRIBED = Path(__file__).with_name("described.py")


@pytest.mark.exhaustive
@pytest.mark.slow
def test_it_answers_as_described() -> None:
    """Collecting what schemathesis generates takes ten seconds, so only one process does it."""
    pytest_with_schemathesis = [sys.executable, "-m", "pytest", "-p", "schemathesis"]

    ended = run(*pytest_with_schemathesis, DESCRIBED, cwd=CHECKOUT)

    assert "18 passed" in ended.stdout
