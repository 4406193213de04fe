"""What more than one folder of tests needs."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from distribution import CHECKOUT, build


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return build("wheel", CHECKOUT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c() -> None:
    """Ctrl-C is heard, also where a shell started pytest in the background and ignores it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
