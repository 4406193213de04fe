"""What a release contains, and what installing it adds to an environment."""

from __future__ import annotations

import configparser
import zipfile
from pathlib import Path

import pytest
from distribution import CHECKOUT, build, environment, install, run

from harness import __version__
from harness.demo.registry import mutants, variants
from harness.resources import DOCS, EDGE_CASES, FEATURES, GUIDE, REPORTS

DIST_INFO = f"rosterready-{__version__}.dist-info"
DATA = (FEATURES, EDGE_CASES, REPORTS, DOCS)
IN_THE_CHECKOUT_ONLY = REPORTS / "pictures"


def _names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as opened:
        return set(opened.namelist())


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.slow
def test_a_wheel_built_through_the_sdist_has_the_same_files(wheel: Path, tmp_path: Path) -> None:
    sdist = build("sdist", CHECKOUT, tmp_path / "sdist")
    run("tar", "-xzf", sdist, cwd=tmp_path)

    unpacked = tmp_path / f"rosterready-{__version__}"
    through_sdist = build("wheel", unpacked, tmp_path / "wheel")

    assert _names(through_sdist) == _names(wheel)
    assert not list(unpacked.rglob("*.json.gz"))  # recordings of earlier versions stay here


def test_every_data_file_is_in_the_wheel_once_and_unchanged(wheel: Path) -> None:
    expected = {
        f"harness/_bundled/{path.relative_to(CHECKOUT).as_posix()}": path.read_bytes()
        for folder in DATA
        for path in _files(folder)
        if IN_THE_CHECKOUT_ONLY not in path.parents
    }
    expected["harness/_bundled/examples/README.md"] = GUIDE.read_bytes()

    with zipfile.ZipFile(wheel) as opened:
        bundled = {
            name: opened.read(name)
            for name in opened.namelist()
            if name.startswith("harness/_bundled/")
        }

    assert bundled.keys() == expected.keys()
    assert bundled == expected


def test_every_module_is_in_the_wheel(wheel: Path) -> None:
    modules = {
        path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "harness").rglob("*.py")
    }

    assert modules == {name for name in _names(wheel) if name.endswith(".py")}


def test_a_few_mutants_and_variants_are_in_the_wheel_and_no_tests(wheel: Path) -> None:
    names = _names(wheel)
    shipped = {entry.app.__module__ for entry in (*mutants().values(), *variants().values())}

    assert {f"{module.replace('.', '/')}.py" for module in shipped} <= names
    assert not [name for name in names if name.startswith("tests/") or "/tests/" in name]


@pytest.mark.slow
def test_installing_adds_one_package_and_one_command(wheel: Path, tmp_path: Path) -> None:
    fresh = environment(tmp_path / "fresh")
    before = {path.name for path in (fresh / "bin").iterdir()}

    site_packages = install(wheel, fresh)

    added = {path.name for path in site_packages.iterdir()} - {"dependencies.pth"}
    assert added == {"harness", DIST_INFO}
    assert {path.name for path in (fresh / "bin").iterdir()} - before == {"rosterready"}


def test_nothing_is_registered_with_pytest(wheel: Path) -> None:
    """Installing us must not change a vendor's own pytest."""
    with zipfile.ZipFile(wheel) as opened:
        entry_points = configparser.ConfigParser()
        entry_points.read_string(opened.read(f"{DIST_INFO}/entry_points.txt").decode())

    assert {name: dict(entry_points[name]) for name in entry_points.sections()} == {
        "console_scripts": {"rosterready": "harness.cli:main"}
    }


def test_the_checkout_holds_no_bundled_copy() -> None:
    """It would be found before the real folders."""
    assert not (CHECKOUT / "harness" / "_bundled").exists()


@pytest.mark.parametrize("folder", [*DATA, CHECKOUT / "tests"], ids=lambda path: path.name)
def test_no_data_folder_is_a_package(folder: Path) -> None:
    """A `tests/__init__.py` here would shadow a vendor's own `tests` in an editable install."""
    assert not list(folder.rglob("__init__.py"))
