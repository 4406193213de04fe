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


SETTLED = frozenset((Path(__file__).parent / "settled.txt").read_text().split())
"""Apps whose row of the matrix was seen to hold since the last large change of the catalogue."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow tests that nobody has seen since the catalogue grew are marked `unsettled`."""
    for item in items:
        if item.get_closest_marker("slow") is None or not item.nodeid.startswith(_GROWN):
            continue
        name = item.name.partition("[")[2].removesuffix("]")
        matrix = item.nodeid.startswith(("tests/test_mutants", "tests/test_right"))
        if not (matrix and name in SETTLED):
            item.add_marker(pytest.mark.unsettled)


_GROWN = (
    "tests/test_mutants",
    "tests/test_right",
    "tests/test_particular",
    "tests/test_declarations",
    "tests/test_events_mode",
    "tests/test_repeatable",
    "tests/assess",
    "tests/replay",
    "tests/plan",
)
