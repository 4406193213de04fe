from __future__ import annotations

from pathlib import Path

import pytest

from harness.catalogue.anti_patterns import load_anti_patterns
from harness.errors import DocumentError
from harness.resources import REPORTS


def test_the_anti_patterns_we_ship_are_numbered_without_a_gap() -> None:
    found = load_anti_patterns(REPORTS / "anti-patterns.yaml")

    assert list(found) == [f"A{number}" for number in range(1, 33)]


def test_a_misspelt_key_is_named(tmp_path: Path) -> None:
    file = tmp_path / "anti-patterns.yaml"
    file.write_text("anti-patterns:\n  - {id: A1, text: T, raison: R}\n")

    with pytest.raises(DocumentError, match=r"anti-patterns\.yaml:2 .*raison: unknown key"):
        load_anti_patterns(file)
