"""No import ring in the package; imports for types and inside functions count too."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from distribution import CHECKOUT

pytestmark = pytest.mark.no_cover  # it reads code and runs none

Graph = Mapping[str, frozenset[str]]
"""Each module with the modules it imports."""


def _modules(root: Path, package: str) -> dict[str, Path]:
    """The files of a package by the names they are imported under."""
    found: dict[str, Path] = {}
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _names(tree: ast.AST, package: str) -> Iterator[str]:
    """The full name of everything that a file of that package imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            above = parts[: len(parts) - node.level + 1] if node.level else []
            source = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def _module_of(name: str, modules: Collection[str]) -> str:
    """The module that is a name or holds it; "" for what is not of the package."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name


def imports(root: Path, package: str) -> Graph:
    """Which module of a package imports which."""
    modules = _modules(root, package)
    graph: dict[str, frozenset[str]] = {}
    for module, path in modules.items():
        inside = module if path.name == "__init__.py" else module.rpartition(".")[0]
        names = _names(ast.parse(path.read_text(encoding="utf-8")), inside)
        graph[module] = frozenset(_module_of(name, modules) for name in names) - {module, ""}
    return graph


def rings(graph: Graph) -> list[list[str]]:
    """Groups of modules each of which imports all others of its group, directly or not."""
    reach = {module: _reached(graph, module) for module in graph}
    found = {
        tuple(sorted(other for other in reach[module] if module in reach[other]))
        for module in graph
        if module in reach[module]
    }
    return sorted(map(list, found))


def _reached(graph: Graph, start: str) -> frozenset[str]:
    reached: set[str] = set()
    ahead: list[str] = list(graph[start])
    while ahead:
        module = ahead.pop()
        if module not in reached:
            reached.add(module)
            ahead += graph[module]
    return frozenset(reached)


def test_no_import_ring_in_the_package() -> None:
    graph = imports(CHECKOUT, "harness")
    assert len(graph) > 200
    assert not rings(graph)


FOR_TYPES = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {} import Thing\n"


@pytest.mark.parametrize(
    "closing",
    [
        "from house.cellar.wine import bottle",
        "import house.cellar.wine",
        "from house.cellar import wine",
        "from house.cellar.wine import bottle as wine, cork",
        "from .cellar import wine",
        FOR_TYPES.format("house.cellar.wine"),
        "def late():\n    from house.cellar.wine import bottle\n",
    ],
)
def test_a_planted_ring_is_found(tmp_path: Path, closing: str) -> None:
    _plant(
        tmp_path,
        {
            "house/__init__.py": "",
            "house/roof.py": closing,
            "house/attic.py": "from house import roof\nimport json",
            "house/cellar/__init__.py": "",
            "house/cellar/wine.py": "from house.attic import box\nfrom ..door import Door",
            "house/door.py": "import house.cellar",
        }.items(),
    )
    assert rings(imports(tmp_path, "house")) == [["house.attic", "house.cellar.wine", "house.roof"]]


def test_a_house_without_a_ring_has_none(tmp_path: Path) -> None:
    _plant(
        tmp_path,
        {
            "house/__init__.py": "",
            "house/roof.py": "from house import attic, cellar",
            "house/attic.py": "from house.cellar import wine, bottle",
            "house/cellar/__init__.py": "from house.cellar.wine import bottle",
            "house/cellar/wine.py": "from house.door import Door",
            "house/door.py": "",
        }.items(),
    )
    assert not rings(imports(tmp_path, "house"))


def _plant(root: Path, files: Iterable[tuple[str, str]]) -> None:
    for name, text in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
