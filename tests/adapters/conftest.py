"""A district to ask about, and a vendor's folder to run things in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.contract.connection import Connection


@pytest.fixture
def connection() -> Connection:
    return Connection(
        api="http://127.0.0.1:1",
        accounts="http://127.0.0.1:1",
        client_id="client-of-a-test",
        client_secret="secret-of-a-test",
        district="5d0000000000000000000001",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A vendor's folder; what is imported from it is forgotten afterwards."""
    before, path = set(sys.modules), list(sys.path)
    yield tmp_path
    for name in set(sys.modules) - before:
        if str(tmp_path) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]
    sys.path[:] = path
