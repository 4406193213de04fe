from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from district.story import RUN_DATE, ReadCase, Story, Tell

from harness.catalogue.edge_cases import EdgeCase, read_edge_case
from harness.district.build import build_district
from harness.district.casts.place import place
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.district.sis.sis import Sis


@pytest.fixture(scope="session")
def ordinary() -> Sis:
    """A small district of five schools, without any cast."""
    return build_district((), seed=7, salt="salt", run_date=RUN_DATE, size=FIVE_SMALL_SCHOOLS)


@pytest.fixture
def read_case(tmp_path: Path) -> ReadCase:
    """Writes an edge case from its cast and its changes, and reads it."""

    def read(cast: str, changes: str = "", name: str = "some-case") -> EdgeCase:
        head = f"id: {name}\ntitle: Something happens\nwhy: It does.\ngroup: any\n"
        text = head + "provenance: synthetic\ncast:\n" + _indented(cast)
        text += "changes:\n" + _indented(changes) if changes else ""
        file = tmp_path / f"{name}.yaml"
        file.write_text(text, encoding="utf-8")
        return read_edge_case(file)

    return read


@pytest.fixture
def tell(ordinary: Sis, read_case: ReadCase) -> Tell:
    """Begins a story on the day the district first shares."""

    def begin(cast: str, changes: str = "") -> Story:
        case = read_case(cast, changes)
        return Story(case=case, sis=place(ordinary, case.cast))

    return begin


def _indented(text: str) -> str:
    return textwrap.indent(textwrap.dedent(text).strip() + "\n", "  ")
