"""The snapshots of the page about modelling an app are what the schema and the reader accept."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from harness.adapters.decoding import snapshot_from
from harness.config.config import load_config
from harness.resources import REPORTS

FOLDER = Path("examples/modelling")
SHAPES = (
    "mirror-tables", "per-teacher-copies", "memberships-with-dates", "one-school-per-tenant",
    "student-only", "no-store", "staging-and-apply", "event-sourced",
)  # fmt: skip


def page() -> str:
    return (FOLDER / "README.md").read_text()


def test_the_page_links_to_the_snapshot_of_each_shape() -> None:
    assert {file.stem for file in FOLDER.glob("*.json")} == set(SHAPES)
    for shape in SHAPES:
        assert f"[{shape}.json]({shape}.json)" in page()


@pytest.mark.parametrize("shape", SHAPES)
def test_the_snapshot_of_a_shape_is_one(shape: str) -> None:
    document = json.loads((FOLDER / f"{shape}.json").read_text())
    schema = json.loads((REPORTS / "schemas" / "snapshot.schema.json").read_text())

    jsonschema.validate(document, schema)
    assert snapshot_from(document).users


def test_what_the_page_declares_can_be_declared(tmp_path: Path) -> None:
    blocks = page().split("```toml\n")[1:]
    assert len(blocks) == 5

    for block in blocks:
        file = tmp_path / "rosterready.toml"
        file.write_text(block.partition("```")[0])

        assert load_config(file).profile is not None
