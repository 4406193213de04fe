"""What more than one folder of tests needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from distribution import CHECKOUT, build


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return build("wheel", CHECKOUT, tmp_path_factory.mktemp("wheel"))
