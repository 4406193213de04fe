"""What more than one folder of tests needs."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Generator, Iterator
from pathlib import Path
from types import CodeType

import pytest
from apps import APPS, QUICK
from distribution import CHECKOUT, build
from rehearsing import year_of
from sample import sampled
from sharing import SHARED, once

PROCESSOR = "processor"
INSTALLED = "ROSTERREADY_INSTALLED"
"""The environment variable with a file that is there once the gate has installed its packages."""
PATIENCE = 300.0
COMPILED = 60.0
"""Seconds after which the first worker is no longer waited for."""
WORKED = pytest.StashKey[float]()


@pytest.fixture(scope="session")
def wheel() -> Path:
    """The wheel of this checkout."""
    folder = once("wheel", lambda folder: build("wheel", CHECKOUT, folder))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c() -> None:
    """Ctrl-C is heard, also where a shell started pytest in the background and ignores it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config: pytest.Config) -> None:
    """Workers inherit the environment of the process that starts them."""
    gc.set_threshold(500_000, 20, 50)  # as the command line does
    if SHARED not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="rosterready-rehearsed-")
        os.environ[SHARED] = folder.name
        config.add_cleanup(folder.cleanup)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """In a fresh checkout workers collect after the first one, not beside it.

    Else each would compile all modules and rewrite all assertions, which takes longer than to
    collect what is compiled.
    """
    worker = getattr(session.config, "workerinput", {}).get("workerid")
    compiled = any(Path(__file__).parent.glob("__pycache__/test_*.pyc"))
    if worker is None or compiled or sys.dont_write_bytecode:
        return (yield)
    collected = Path(os.environ[SHARED], "collected")
    until = time.monotonic() + COMPILED
    while worker != "gw0" and not collected.exists() and time.monotonic() < until:
        time.sleep(0.1)
    try:
        return (yield)
    finally:
        collected.touch()


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected stays: going through it for garbage takes as long as some rehearsals."""
    gc.collect()
    gc.freeze()
    session.stash[WORKED] = _processor_seconds()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors: some tests wait for a program or a timeout."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is about apps outside the sample is left to `./check --all`, and to the gate what is
    about any app that is not quick.

    Coverage is measured of the quick tests and of what is marked: it doubles what a test takes.
    """
    items.sort(key=_turn)
    for item in items:
        rehearsed = _rehearsed(item)
        if rehearsed - sampled():
            item.add_marker(pytest.mark.exhaustive)
        if rehearsed - {"demo", *QUICK} and not item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.slow)
        if item.get_closest_marker("slow") and not item.get_closest_marker("measured"):
            item.add_marker(pytest.mark.no_cover)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What the gate installs while it tests is there before a test that needs it begins."""
    needs = item.get_closest_marker("needs")
    if needs is None:
        return
    installed = os.environ.get(INSTALLED)
    until = time.monotonic() + PATIENCE
    while installed and not Path(installed).exists() and time.monotonic() < until:
        time.sleep(0.5)
    if "chromium" in needs.args and not shutil.which("chromium"):
        pytest.skip("no chromium on this machine")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Each report says how long the processor worked since the one before, in a worker."""
    report = yield
    before, now = item.session.stash.get(WORKED, 0.0), _processor_seconds()
    item.session.stash[WORKED] = now
    report.user_properties = [*report.user_properties, (PROCESSOR, now - before)]
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where the time of a long run went, of all workers together."""
    spent: defaultdict[str, float] = defaultdict(float)
    worked: defaultdict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                spent[_part(report)] += report.duration
                worked[_part(report)] += _processor_seconds_of(report)
    if sum(spent.values()) > 60:
        parts = (f"{part} {spent[part]:.0f} s ({worked[part]:.0f} s)" for part in sorted(spent))
        terminalreporter.write_line(f"Time of all workers (of processors): {', '.join(parts)}.")


def _processor_seconds() -> float:
    """How long processors worked for this process and those it has seen end."""
    return sum(os.times()[:4])


def _processor_seconds_of(report: pytest.TestReport) -> float:
    """How long they worked for one step of a test."""
    return sum(float(str(said)) for name, said in report.user_properties if name == PROCESSOR)


def _part(report: pytest.TestReport) -> str:
    """What a test is for, as far as it takes time."""
    if "slow" not in report.keywords:
        return "quick tests"
    if "test_composed.py" in report.nodeid:
        return "composed apps"
    called = report.nodeid.partition("[")[2].removesuffix("]")
    return "apps of the matrix" if called in APPS else "other slow tests"


def _turn(item: pytest.Item) -> tuple[int, tuple[str, ...]]:
    """Tests about the rehearsal of one app are neighbours, so that workers do not wait for it.

    So are apps with the same year, whose days a worker computes once. What asks about all
    rehearsals comes last, when they have been played side by side, and so does what needs programs
    that are being installed.
    """
    if item.get_closest_marker("asks_all") or item.get_closest_marker("needs"):
        return 2, ()
    name = _name(item)
    return (1, (*year_of(name), name)) if name in _rehearsed(item) else (0, ())


def _rehearsed(item: pytest.Item) -> frozenset[str]:
    """The apps whose rehearsals a test asks for: that of its parameter, and those it names."""
    module = item.getparent(pytest.Module)
    if not isinstance(item, pytest.Function) or not (
        module and {"rehearsed", "recorded"} & vars(module.obj).keys()
    ):
        return frozenset()
    return APPS & {_name(item), *_constants(item.function.__code__.co_consts)}


def _name(item: pytest.Item) -> str:
    """The parameter that is the name of an app, in most tests about apps."""
    called = getattr(item, "callspec", None)
    return str(called.params.get("name", "")) if called else ""


def _constants(values: tuple[object, ...]) -> Iterator[str]:
    """The texts among the constants of a function, those in tuples and comprehensions included."""
    for value in values:
        if isinstance(value, tuple):
            yield from _constants(value)
        elif isinstance(value, CodeType):
            yield from _constants(value.co_consts)
        elif isinstance(value, str):
            yield value
