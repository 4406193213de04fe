"""A class name has one meaning in the whole package, and nobody need ask which is meant."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest
from distribution import CHECKOUT

pytestmark = pytest.mark.no_cover  # it reads code and runs none

DEMO = CHECKOUT / "harness" / "demo"
"""A vendor's app has entities of its own, with the names the field has for them."""


def classes(folder: Path, besides: Path) -> dict[str, list[str]]:
    """Name → the files that define a class of that name."""
    defined: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("*.py")):
        if besides in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                defined[node.name.strip("_")].append(path.relative_to(folder).as_posix())
    return defined


def test_no_class_name_has_two_meanings() -> None:
    defined = classes(CHECKOUT / "harness", DEMO)

    assert len(defined) > 200
    assert {name: files for name, files in defined.items() if len(files) > 1} == {}


def test_a_second_class_of_a_name_is_found(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    for name, text in {
        "post.py": "class Letter: ...",
        "alphabet.py": "def spell():\n    class _Letter: ...",
        "demo/app.py": "class Letter: ...",
    }.items():
        (tmp_path / name).write_text(text)

    assert classes(tmp_path, tmp_path / "demo") == {"Letter": ["alphabet.py", "post.py"]}
