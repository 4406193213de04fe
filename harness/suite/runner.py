"""Runner: judges a recording by running its scenarios, in process. The only caller of pytest."""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd.feature import get_feature

from harness.assess.check_result import CheckResult
from harness.assess.recording_index import RecordingIndex
from harness.errors import SuiteError
from harness.plan.plan import Plan
from harness.resources import SUITE
from harness.suite.recorder import Recorder
from harness.suite.selection import selected
from harness.suite.steps.binding import BoundStep

_NOT_NEEDED = (
    *(
        "assertion",
        "cacheprovider",
        "capture",
        "debugging",
        "doctest",
        "faulthandler",
        "junitxml",
        "legacypath",
    ),
    *("logging", "monkeypatch", "pastebin", "recwarn", "setuponly", "setupplan", "skipping"),
    *(
        "stepwise",
        "subtests",
        "terminal",
        "threadexception",
        "tmpdir",
        "unittest",
        "unraisableexception",
    ),
    "warnings",
)
"""Plugins of pytest: their hooks and fixtures take time at each of some 1,500 steps."""


def judge(index: RecordingIndex, plan: Plan, features: Path) -> tuple[CheckResult, ...]:
    """What judging each scenario of the plan came to: no vendor, no network, no clock.

    Raises SuiteError when the scenarios cannot be run at all.
    """
    recorder, ending = Recorder(plan, index), _Ending()
    with _hermetic(), without_garbage_collection(), selected(features, recorder.judged):
        pytest.main(
            [
                "-c",
                str(SUITE / "pytest.ini"),
                "--rootdir",
                str(SUITE),
                "--confcutdir",
                str(SUITE),
                *(f"-pno:{name}" for name in _NOT_NEEDED),
                "-p",
                "pytest_bdd.plugin",
                str(SUITE / "test_scenarios.py"),
            ],
            plugins=[recorder, ending],
        )
    if ending.interrupted:
        raise KeyboardInterrupt
    if ending.broken:
        raise SuiteError(
            f"judging broke: {ending.broken}",
            hint="The recording is kept: `rosterready judge` judges it again. Check that "
            "rosterready and what it depends on are installed whole.",
        )
    return recorder.results()


def get_ready(features: Path) -> None:
    """Read what `judge` would read first: the plugin, the steps, and the scenarios they are of."""
    importlib.import_module("pytest_bdd.plugin")
    for steps in sorted((SUITE / "steps").glob("[a-z]*.py")):
        importlib.import_module(f"harness.suite.steps.{steps.stem}")
    for file in sorted(features.resolve().glob("*.feature")):
        for scenario in get_feature(str(file.parent), file.name).scenarios.values():
            for step in scenario.steps:
                BoundStep(step.type.capitalize()).parse_arguments(step.name)


class _Ending:
    """A plugin object: how pytest ended where it would keep that to itself."""

    def __init__(self) -> None:
        self.interrupted = False
        self.broken = ""

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        by_pytest = isinstance(excinfo.value, pytest.Session.Interrupted)  # nothing was collected
        self.interrupted = isinstance(excinfo.value, KeyboardInterrupt) and not by_pytest

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and not self.broken:
            self.broken = str(report.longrepr).strip().splitlines()[-1]

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self.broken = excinfo.exconly()


@contextlib.contextmanager
def without_garbage_collection() -> Iterator[None]:
    """A recording is large and stays: going through it for garbage doubles the time of judging."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if not gc.get_freeze_count():  # what was made meanwhile counts as old, unlooked at
                gc.freeze()
                gc.unfreeze()
            gc.enable()


@contextlib.contextmanager
def _hermetic() -> Iterator[None]:
    """Nothing of the surroundings reaches pytest, and nothing of the run stays behind."""
    environment = {k: v for k, v in os.environ.items() if k.startswith("PYTEST")}
    for key in environment:
        del os.environ[key]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    modules = set(sys.modules)
    try:
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
            warnings.catch_warnings(action="ignore"),
        ):
            yield
    finally:
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update(environment)
        # A second run in one process would otherwise be given the first run's scenarios.
        for name in set(sys.modules) - modules:
            if name.endswith(("suite.conftest", "test_scenarios")):
                del sys.modules[name]
