"""Chooses the tests of what changed since the branch began, for `./check --touched`.

The tests of a module are those in the folder that mirrors it, and those elsewhere that import it.
What else a change may break, `./check` finds.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
TESTS = "tests"
BESIDE = {
    "edge_cases": ("catalogue", "plan", "test_catalogue.py"),
    "features": ("catalogue", "plan", "test_catalogue.py"),
    "reports": ("assess", "catalogue", "report", "test_catalogue.py"),
    "examples": ("test_examples.py", "test_example_vendors.py", "test_documentation.py"),
}
"""What is read of the folders beside `harness`: folders and files of tests."""
APPS_LIE_IN = {(TESTS, "mutants"), (TESTS, "variants"), ("harness", "demo")}
"""The folders of the apps of the matrix."""
FEW = 40
"""More apps are not named one by one."""
DOCUMENTATION = "tests/test_documentation.py"


@dataclass(frozen=True)
class Tree:
    """The files of a checkout, by their paths in it, and who imports whom."""

    root: Path

    def tests_in(self, path: str) -> frozenset[str]:
        """A test file itself, or all test files of a folder."""
        place = self.root / path
        found = place.rglob("test_*.py") if place.is_dir() else [place] if place.exists() else []
        return frozenset(file.relative_to(self.root).as_posix() for file in found)

    def importers(self, module: str) -> frozenset[str]:
        """The files under `tests` that import a module."""
        return frozenset(file for file, names in self._imported.items() if module in names)

    @cached_property
    def _imported(self) -> Mapping[str, frozenset[str]]:
        files = (self.root / TESTS).rglob("*.py")
        return {
            file.relative_to(self.root).as_posix(): frozenset(
                _imports(ast.parse(file.read_bytes()))
            )
            for file in files
        }


def _imports(tree: ast.AST) -> Iterable[str]:
    """Every dotted name a file imports; of `from a import b`, `a` and `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def affected_by(path: str, tree: Tree) -> frozenset[str]:
    """The test files about one changed file; none when only the whole of them would tell."""
    file = PurePosixPath(path)
    if file.suffix == ".md":
        return tree.tests_in(DOCUMENTATION)
    match file.parts:
        case ("tests", *_):
            return _of_test(file, tree)
        case ("harness", *folders, _) if folders:
            mirror = _nearest(PurePosixPath(TESTS, *folders), tree)
            return mirror | _only_tests(tree.importers(_module(file)))
        case (top, *_) if top in BESIDE:
            return frozenset().union(*(tree.tests_in(f"{TESTS}/{name}") for name in BESIDE[top]))
    return frozenset()


def _of_test(file: PurePosixPath, tree: Tree) -> frozenset[str]:
    if file.name.startswith("test_"):
        return tree.tests_in(str(file))
    if file.suffix == ".py" and file.name != "conftest.py":
        return _using(_module(file.relative_to(TESTS)), tree)
    return tree.tests_in(str(file.parent))


def _nearest(folder: PurePosixPath, tree: Tree) -> frozenset[str]:
    """The tests of a folder or, if there are none, of the one it is in."""
    while len(folder.parts) > 1:
        if found := tree.tests_in(str(folder)):
            return found
        folder = folder.parent
    return frozenset()


def _using(module: str, tree: Tree) -> frozenset[str]:
    """The test files that import a module of `tests`, be it through another one."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        for file in tree.importers(waiting.pop()) - found:
            found.add(file)
            waiting.append(_module(PurePosixPath(file).relative_to(TESTS)))
    return _only_tests(found)


def _only_tests(files: Iterable[str]) -> frozenset[str]:
    return frozenset(file for file in files if PurePosixPath(file).name.startswith("test_"))


def _module(file: PurePosixPath) -> str:
    parts = file.parent.parts if file.name == "__init__.py" else file.with_suffix("").parts
    return ".".join(parts)


def changed(root: Path) -> tuple[str, list[str]]:
    """The commit a branch began at, and the files that differ from it, committed or not."""
    bases = ("@{upstream}", "origin/main", "main", "HEAD")
    began = next(filter(None, (_git(root, "merge-base", "HEAD", base) for base in bases)), [])
    files = _git(root, "diff", "--name-only", "--no-renames", *began)
    files += _git(root, "ls-files", "--others", "--exclude-standard")
    return "".join(began), sorted(files)


def _git(root: Path, *words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.split("\n")[:-1] if done.returncode == 0 else []


def apps_with_code_in(files: Iterable[str]) -> list[str]:
    """The apps of the matrix that a change of these files may change, by what they inherit."""
    places = [PurePosixPath(file) for file in files if file.endswith(".py")]
    modules = {
        _module(file.relative_to(TESTS) if file.parts[0] == TESTS else file)
        for file in places
        if file.parts[:2] in APPS_LIE_IN
    }
    if not modules:
        return []
    from apps import APPS, app_of  # imports every app

    return sorted(
        name for name in APPS if modules & {base.__module__ for base in app_of(name).__mro__}
    )


def main() -> None:
    """Prints the chosen files on stdout, and why on stderr."""
    began, files = changed(ROOT)
    tree, chosen = Tree(ROOT), set[str]()
    for file in files:
        tests = affected_by(file, tree)
        print(f"{file}: {len(tests) or 'all'} test file{'s' * (len(tests) != 1)}", file=sys.stderr)
        chosen |= tests or {TESTS}
    if apps := apps_with_code_in(files):
        which = f" -k '{' or '.join(apps)}'" if len(apps) <= FEW else ""
        print(
            f"Of the apps of the matrix {len(apps)} have code in what changed, and the gate"
            f" rehearses a sample of them. To rehearse them all: ./check --all{which}",
            file=sys.stderr,
        )
    if not files:
        print(f"Nothing has changed since {began[:9]}.", file=sys.stderr)
    print("\n".join([TESTS] if TESTS in chosen else sorted(chosen)))


if __name__ == "__main__":
    main()
