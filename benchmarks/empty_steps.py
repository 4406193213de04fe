"""Empty steps: the scenarios of the catalogue, run by pytest-bdd with steps that do nothing."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import warnings
from pathlib import Path

import pytest

from harness.resources import SUITE

_CONFTEST = """\
from pytest_bdd import given, parsers, then, when

@given(parsers.re(".*"))
@when(parsers.re(".*"))
@then(parsers.re(".*"))
def nothing():
    pass

def pytest_bdd_apply_tag(tag, function):
    return True  # requirements, and no marks of pytest's
"""
_TESTS = """\
from pytest_bdd import scenarios

scenarios({features!r})
"""


class _Counter:
    """A plugin object: how many scenarios passed."""

    passed = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.passed += report.when == "call" and report.passed


def write(folder: Path, features: Path) -> None:
    """Writes a suite of these features to a folder, with the settings that judging has."""
    (folder / "conftest.py").write_text(_CONFTEST)
    (folder / "test_scenarios.py").write_text(_TESTS.format(features=str(features.resolve())))
    (folder / "pytest.ini").write_text((SUITE / "pytest.ini").read_text())


def run(folder: Path) -> int:
    """Runs that suite; returns how many scenarios passed."""
    counter, modules = _Counter(), set(sys.modules)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    options = ["-c", str(folder / "pytest.ini"), "--rootdir", str(folder)]
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
        pytest.main([*options, "-p", "pytest_bdd.plugin", str(folder)], plugins=[counter])
    del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
    for name in set(sys.modules) - modules:
        if name.endswith(("conftest", "test_scenarios")):
            del sys.modules[name]
    return counter.passed
