"""What more than one folder of tests needs."""

from __future__ import annotations

import gc
import os
import signal
import tempfile
from pathlib import Path

import pytest
from distribution import CHECKOUT, build
from rehearsing import SHARED


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return build("wheel", CHECKOUT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c() -> None:
    """Ctrl-C is heard, also where a shell started pytest in the background and ignores it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config: pytest.Config) -> None:
    """Workers inherit the environment of the process that starts them."""
    gc.set_threshold(50_000, 20, 50)  # as the command line does
    if SHARED not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="rosterready-rehearsed-")
        os.environ[SHARED] = folder.name
        config.add_cleanup(folder.cleanup)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors: some tests wait for a program or a timeout."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks about all rehearsals comes last, when workers have played them side by side.

    Coverage is measured of the quick tests only: it doubles what a test takes.
    """
    items.sort(key=lambda item: item.get_closest_marker("asks_all") is not None)
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.no_cover)
