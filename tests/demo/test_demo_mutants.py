"""What is registered as a mutant or variant is complete, small, and runs."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from apps import MUTANTS, VARIANTS, app_of, lantern
from demo.pretend_clever import PretendClever, Rehearsal, Shared
from rehearsing import CATALOGUE

from harness.contract.sync import SyncState

ROOMS = ("harness.demo.mutants", "harness.demo.variants", "mutants", "variants")


def synced(name: str, *districts: Shared) -> Rehearsal:
    rehearsal = Rehearsal(lantern(name), PretendClever(*districts))
    assert rehearsal.sync().state is SyncState.COMPLETED
    return rehearsal


def adapters() -> Iterator[type[object]]:
    """Every adapter that is written in a module of mutants or variants."""
    for room in ROOMS:
        folder = getattr(importlib.import_module(room), "__path__", ())
        names = [room, *(module.name for module in pkgutil.iter_modules(folder, f"{room}."))]
        for module in map(importlib.import_module, names):
            for found in vars(module).values():
                adapts = {"connect", "sync", "snapshot"} <= set(dir(found))
                if adapts and getattr(found, "__module__", "") == module.__name__:
                    yield found


def test_every_adapter_is_registered() -> None:
    registered = {entry.app for entry in (*MUTANTS.values(), *VARIANTS.values())}

    assert {app.__name__ for app in adapters()} - {app.__name__ for app in registered} == {
        "Chooses",
        "OneProcess",
        "RemembersFailedSyncs",
        "ShowsOptionalValues",
        "WaitingAdapter",
        "FollowsWrongly",
        "_Portals",
        "_Running",
    }


def test_no_name_stands_for_two_apps() -> None:
    assert not set(MUTANTS) & set(VARIANTS)
    assert len(MUTANTS) + len(VARIANTS) == len(set(adapters())) - 8


def test_a_mutant_says_what_it_does_and_what_it_breaks() -> None:
    requirements = set(CATALOGUE.requirements.requirements)
    for mutant in MUTANTS.values():
        assert mutant.sees, mutant.name
        assert mutant.mistake, mutant.name
        assert mutant.breaks | mutant.blocks <= requirements, mutant.name
        assert not mutant.breaks & mutant.blocks, mutant.name
        assert mutant.breaks, mutant.name


@pytest.mark.slow
def test_a_mutant_is_a_few_lines() -> None:
    for name in MUTANTS:
        source = inspect.getsource(app_of(name))
        lines = source[source.index("\nclass ") :].splitlines()  # what the decorator says apart
        assert len(lines) <= 45, f"{name} has {len(lines)} lines"


MISTAKES_OF_LATER_DAYS = (
    "new-account-on-return",
    "not-idempotent",
    "rebuilds-classes",
    "hard-delete",
    "never-archives",
    "forgets-terms-and-courses",
    "never-restores",
    "never-restores-terms-and-courses",
    "restores-empty-classes",
    "restores-people-without-classes",
    "misses-the-second-class",
    "crosses-districts",
    "ignores-unsharing",
    "never-updates",
    "keeps-old-class",
    "never-takes-roles-away",
    "wipes-own-groups",
    "keeps-to-its-night",
    "history-tied-to-section",
    "forgets-work-of-archived",
    "leaves-work-in-the-browser",
    "archives-what-it-could-not-read",
    "says-it-went-well",
    "never-retries",
    "keyed-on-legacy-id",
    "keeps-old-person-active",
    "stays-locked-out",
    "loses-work-on-new-number",
    "matches-again-by-address",
    "refuses-known-addresses",
    "keeps-taken-addresses",
)


@pytest.mark.parametrize("name", MISTAKES_OF_LATER_DAYS)
def test_a_mistake_of_later_days_does_not_show_on_the_first(name: str, lakeside: Shared) -> None:
    reference = synced("demo", lakeside)

    assert synced(name, lakeside).holds() == reference.holds()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("stops-at-missing-email", "CHECK constraint failed"),
        ("stops-at-missing-first-name", "KeyError"),
        ("stops-at-unknown-member", "KeyError"),
        ("stops-at-textual-number", "ValueError"),
    ],
)
def test_a_value_taken_for_granted_ends_the_sync(name: str, said: str, lakeside: Shared) -> None:
    rehearsal = Rehearsal(lantern(name), PretendClever(lakeside))

    ended = rehearsal.sync()

    assert ended.state is SyncState.FAILED
    assert said in ended.reason
    assert rehearsal.holds().users == ()


def test_stopping_mutants_run_where_their_assumption_holds(lakeside: Shared) -> None:
    lakeside.drop("users", "carl")
    for shared in lakeside.records["users"].values():
        for role in shared["roles"].values():
            role["sis_id"] = "0017"
    for section in lakeside.records["sections"].values():
        section["students"] = [id for id in section["students"] if id != "not-shared"]

    for name in MUTANTS:
        if name.startswith("stops-at"):
            dee = lakeside.records["users"]["dee"]["roles"]["staff"]
            dee["staff_id"] = "18"
            assert synced(name, lakeside).holds().users
