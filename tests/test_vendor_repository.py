"""Installed from the wheel into somebody else's repository: we work there, and change nothing."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from textwrap import dedent

import pytest
from distribution import ARTEFACTS, CHECKOUT, environment, install, run

pytestmark = pytest.mark.slow

VENDOR = {
    "pyproject.toml": """
        [tool.pytest.ini_options]
        testpaths = ["tests"]
        addopts = "-W error --strict-markers --strict-config"
        markers = ["ours: a test of this repository"]
        bdd_features_base_dir = "features"
        """,
    "conftest.py": """
        import pytest
        from pytest_bdd import given

        from harness.tools import NAME


        @pytest.fixture(autouse=True)
        def explodes_for_strangers(request):
            if request.node.get_closest_marker("ours") is None:
                raise RuntimeError(f"not a test of {NAME}")


        @given("the whole district")
        def the_whole_district():
            raise RuntimeError("a step of this repository, with the words of another one")
        """,
    "harness/__init__.py": "",
    "harness/tools.py": 'NAME = "the vendor"\n',
    "reports/requirements.yaml": "this: [is, not, a, set, of, requirements]\n",
    "features/shelf.feature": """
        @ours
        Feature: A shelf

          Scenario: A shelf of theirs
            Given a shelf

          Scenario: A step that only we define
            Given the edge case "student-returns"

          Scenario: A step that both define
            Given the whole district
        """,
    "tests/test_shelf.py": """
        import pytest
        from pytest_bdd import given, scenarios

        scenarios("shelf.feature")


        @given("a shelf")
        def a_shelf():
            pass


        @pytest.mark.ours
        def test_that_passes():
            assert True


        @pytest.mark.ours
        def test_that_fails():
            assert False


        def test_that_explodes():
            assert True
        """,
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vendor's repository, as little prepared for us as can be, with Satchel's adapter in it."""
    folder = tmp_path_factory.mktemp("vendor")
    for name, text in VENDOR.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(dedent(text).lstrip())
    example = CHECKOUT / "examples" / "command-adapter"
    shutil.copytree(example, folder / "rehearsal", ignore=shutil.ignore_patterns("data", "__*"))
    return folder


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment with our wheel in it."""
    fresh = environment(tmp_path_factory.mktemp("with") / "environment")
    install(wheel, fresh)
    return fresh / "bin"


def _written(output: Path) -> set[str]:
    return {path.name for path in output.iterdir()}


@pytest.mark.exhaustive
def test_the_demo_is_rehearsed_in_a_vendors_repository(repository: Path, installed: Path) -> None:
    done = run(
        installed / "rosterready",
        "certify",
        "--adapter",
        "demo",
        "--only",
        "standing",
        cwd=repository,
        env={"PYTEST_ADDOPTS": "--no-such-option", "PYTEST_PLUGINS": "no.such.plugin"},
    )

    assert done.stdout.splitlines()[-1].startswith("VERDICT=PARTIAL EXIT=0 PASS=")
    assert _written(repository / "rosterready-report") == ARTEFACTS


def test_an_app_is_rehearsed_in_a_vendors_repository(repository: Path, installed: Path) -> None:
    done = run(
        installed / "rosterready",
        "certify",
        "--config",
        "rehearsal/rosterready.toml",
        "--output",
        "out",
        "--only",
        "name-changes",
        cwd=repository,
        env={"PYTEST_ADDOPTS": "--no-such-option"},
    )

    assert done.stdout.splitlines()[-1].startswith("VERDICT=PARTIAL EXIT=0 PASS=")
    assert _written(repository / "out") == ARTEFACTS


def test_the_vendors_own_tests_end_as_they_do_without_us(
    repository: Path, installed: Path, tmp_path: Path
) -> None:
    without_us = environment(tmp_path / "without") / "bin"

    before = _outcomes(repository, without_us, tmp_path / "before.xml")
    after = _outcomes(repository, installed, tmp_path / "after.xml")

    assert sorted(before.values()) == ["error", "failure", "failure", "failure", "pass", "pass"]
    assert after == before


def test_a_harness_on_the_python_path_can_be_told_from_ours(
    repository: Path, installed: Path
) -> None:
    done = run(
        installed / "python",
        "-I",
        "-m",
        "harness",
        "--version",
        cwd=repository,
        env={"PYTHONPATH": str(repository)},
    )

    assert done.stdout.startswith("rosterready ")


def _outcomes(repository: Path, binaries: Path, report: Path) -> dict[str, str]:
    """Each of the vendor's tests and what pytest says of it."""
    run(
        binaries / "python",
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        f"--junitxml={report}",
        cwd=repository,
        expect=(1,),
    )
    return {
        str(case.get("name")): next((child.tag for child in case), "pass")
        for case in ET.parse(report).iter("testcase")
    }
