"""The gate's sample of the apps shows every kind of thing that all of them show together."""

from __future__ import annotations

from collections.abc import Iterable

import kill_matrix
import pytest
from apps import APPS, MUTANTS, QUICK, VARIANTS, mode_of
from rehearsing import CATALOGUE
from sample import MISTAKES, Shows, cover, sampled

from harness.contract.profile import Profile
from harness.contract.sync import Mode
from harness.demo.registry import Mutant


def broken(mutants: Iterable[Mutant]) -> set[str]:
    """The requirements that some app breaks."""
    return {key for row in mutants for key in row.breaks}


def districts_failed(names: Iterable[str]) -> set[str]:
    """The districts of the year with a check that some app fails."""
    columns = kill_matrix.kept()
    failed = set[str]().union(*(columns[name] for name in names))
    plans = [CATALOGUE.plan(mode=mode) for mode in (Mode.FULL, Mode.EVENTS)]
    return {row.district for plan in plans for row in plan.scenarios if row.id in failed}


def declared(names: Iterable[str]) -> set[str]:
    """What is declared of some app, apart from the values."""
    profiles = [getattr(VARIANTS[name].app, "profile", Profile()) for name in names]
    tables = ("not_held", "rows", "accounts", "declares")
    return {f"{table}.{key}" for row in profiles for table in tables for key in getattr(row, table)}


def test_every_requirement_that_an_app_breaks_is_broken_in_the_sample() -> None:
    every = broken(MUTANTS.values())

    assert every
    assert broken(MUTANTS[name] for name in sampled() & MUTANTS.keys()) == every


def test_every_district_with_a_check_that_fails_has_such_a_check_in_the_sample() -> None:
    every = districts_failed(MUTANTS)

    assert every
    assert districts_failed(sampled() & MUTANTS.keys()) == every


def test_everything_that_is_declared_of_an_app_is_declared_of_an_app_of_the_sample() -> None:
    assert declared(sampled() & VARIANTS.keys()) == declared(VARIANTS)


def test_the_sample_is_small_and_has_the_quick_apps_and_both_modes() -> None:
    assert {"demo", *QUICK} <= sampled() <= APPS
    assert len(sampled() & MUTANTS.keys()) >= MISTAKES
    assert len(sampled()) <= 45, "an app takes four seconds, and the gate has ten minutes"
    assert {mode_of(name) for name in sampled() & MUTANTS.keys()} == {Mode.FULL, Mode.EVENTS}


def test_what_is_about_an_app_outside_the_sample_waits_for_all(
    request: pytest.FixtureRequest,
) -> None:
    """Of whatever this run has collected."""
    about = [
        (item.callspec.params.get("name"), item)
        for item in request.session.items
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        if item.module.__name__.endswith(("test_mutants", "test_right_but_different"))
    ]

    for name, item in about:
        left_out = item.get_closest_marker("exhaustive") is not None
        assert left_out == (name in APPS - sampled()), item.nodeid


def test_a_cover_shows_all_that_is_needed_and_as_much_else_as_its_size_allows() -> None:
    apps = {
        "much": Shows(frozenset("abc"), frozenset("x")),
        "last": Shows(frozenset("cd"), frozenset("x")),
        "part": Shows(frozenset("ab"), frozenset("xy")),
        "none": Shows(frozenset("a"), frozenset("x")),
    }

    assert cover(apps) == ["much", "last"]
    assert cover(apps, 3) == ["much", "last", "part"]
    assert cover(apps, 9) == ["much", "last", "part", "none"]
