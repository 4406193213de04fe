"""Each edge case is failed by an app that is well else: it asks for what no other does."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from apps import MUTANTS
from killing import Kills
from rehearsing import CATALOGUE, rehearsed

ALIKE = 3
"""Apps that are named for an edge case none fails alone."""


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.asks_all
def test_each_edge_case_is_failed_by_an_app_that_is_well_else() -> None:
    """The control group and four in five of the scenarios of all other edge cases are unbroken."""
    apps = [Kills(name, rehearsed(name)) for name in MUTANTS]
    failed_alone = frozenset().union(*(app.alone for app in apps))

    open_cases = [case for case in sorted(CATALOGUE.edge_cases) if case not in failed_alone]
    assert not open_cases, listed(open_cases, apps)


def listed(edge_cases: Iterable[str], apps: Iterable[Kills]) -> str:
    """Each of these edge cases, with the apps that fail it and why that does not count."""
    lines = ["No app fails these edge cases and is well else:"]
    for case in edge_cases:
        failing = sorted((app for app in apps if case in app.failed), key=lambda app: app.control)
        why = "; ".join(app.why_not(case) for app in failing[:ALIKE])
        lines.append(f"  {case}: {why or 'no app fails it at all'}")
    return "\n".join(lines)


@pytest.mark.slow
def test_an_app_that_mistakes_everybody_fails_no_edge_case_alone() -> None:
    app = Kills("one-class-per-student", rehearsed("one-class-per-student"))

    assert app.failed
    assert app.alone == frozenset()


def test_an_app_with_one_mistake_fails_the_edge_cases_about_it_alone() -> None:
    app = Kills("primary-teacher-only", rehearsed("primary-teacher-only"))

    assert "two-teachers-share-a-class" in app.alone
    assert "student-returns" not in app.failed


def test_a_right_app_fails_none() -> None:
    assert Kills("demo", rehearsed("demo")).failed == frozenset()


@pytest.mark.slow
def test_what_no_app_fails_alone_is_listed_with_the_reasons() -> None:
    app = Kills("one-class-per-student", rehearsed("one-class-per-student"))
    case = min(app.failed)

    said = listed([case, "nobody-asks-this"], [app])

    assert f"  {case}: one-class-per-student breaks " in said
    assert "  nobody-asks-this: no app fails it at all" in said


def test_at_most_twenty_edge_cases_are_about_text_alone() -> None:
    assert sum(case.group == "names" for case in CATALOGUE.edge_cases.values()) <= 20
