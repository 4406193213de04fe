"""A breakdown is narrowed down to who is behind it, within its budget."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rehearsing import CATALOGUE, isolated, rehearsed

from harness.contract.sync import Sync, SyncState
from harness.district.population.sizes import Size
from harness.plan.plan import COMMON, NEIGHBOUR, Plan
from harness.recording.recording import BisectResult, Entry, Synced
from harness.replay.bisect.ddmin import BudgetSpentError, smallest
from harness.replay.bisect.search import BisectSearch
from harness.replay.bisect.subplans import trial
from harness.replay.breakdown import Breakdown

CASES = tuple(f"case-{number:02}" for number in range(30))
PLAN = Plan(
    scenarios=(),
    days={COMMON: ("first-share", "midyear", "quiet"), NEIGHBOUR: ("first-share",)},
    edge_cases=CASES,
)
BROKEN = Breakdown(day="midyear", what="it broke")


def searched(
    breaks: Callable[[frozenset[str]], bool], *, budget: int = 150, suspects: Sequence[str] = ()
) -> BisectResult:
    """The result of a search in which a set of edge cases breaks the sync or does not."""
    seen: list[str] = []

    def attempt(plan: Plan, salt: str, size: Size) -> Sequence[Entry]:
        assert plan.days[COMMON] == ("first-share", "midyear")
        seen.append(salt)
        state = SyncState.FAILED if breaks(frozenset(plan.edge_cases)) else SyncState.COMPLETED
        return [
            Synced(district=COMMON, day="midyear", sync=Sync(state=state, reason="x"), seconds=0)
        ]

    search = BisectSearch(
        plan=PLAN,
        breakdown=BROKEN,
        attempt=attempt,
        salt="s",
        report=lambda what: None,
        budget=budget,
    )
    found = search.search(suspects)
    assert len(set(seen)) == len(seen), "every attempt is in a fresh district"
    assert found.syncs <= budget
    return found


def test_who_breaks_it_by_chance_is_no_culprit() -> None:
    chance = iter([False, False, True, True, True, True, True, True, False])

    assert searched(lambda cases: next(chance, False)).result == "does not repeat"


def test_one_culprit_is_found() -> None:
    found = searched(lambda cases: "case-17" in cases)

    assert (found.result, found.edge_cases) == ("culprit", ("case-17",))


def test_two_that_only_break_it_together_are_found() -> None:
    found = searched(lambda cases: {"case-03", "case-21"} <= cases)

    assert (found.result, found.edge_cases) == ("together", ("case-03", "case-21"))


def test_what_breaks_without_any_edge_case_is_background() -> None:
    assert searched(lambda cases: True).result == "background"


def test_what_does_not_happen_again_does_not_repeat() -> None:
    assert searched(lambda cases: False).result == "does not repeat"


def test_what_happens_one_time_in_three_does_not_repeat() -> None:
    times = iter(range(1000))

    assert searched(lambda cases: next(times) % 3 == 0).result == "does not repeat"


def test_a_suspect_saves_the_search() -> None:
    wide = searched(lambda cases: "case-17" in cases)
    near = searched(lambda cases: "case-17" in cases, suspects=["case-17"])

    assert near.edge_cases == wide.edge_cases
    assert near.syncs < wide.syncs


def test_a_spent_budget_says_how_far_it_came() -> None:
    found = searched(lambda cases: {"case-03", "case-21"} <= cases, budget=14)

    assert found.result == "not narrowed"
    assert {"case-03", "case-21"} <= set(found.edge_cases)
    assert found.syncs <= 14


def test_a_part_of_a_plan_keeps_what_happens_up_to_a_day() -> None:
    part = trial(PLAN, {"case-01"}, "midyear")

    assert part.edge_cases == ("case-01",)
    assert part.syncs == 2


@given(st.sets(st.integers(0, 39), min_size=1, max_size=4))
def test_delta_debugging_finds_a_smallest_part(needed: set[int]) -> None:
    found = smallest(range(40), lambda part: needed <= set(part))

    assert set(found) == needed


def test_a_search_out_of_budget_returns_what_it_had() -> None:
    tries = iter(range(4))

    def happens(part: Sequence[int]) -> bool:
        if next(tries, None) is None:
            raise BudgetSpentError
        return 7 in part

    assert 7 in smallest(range(64), happens)


RESULTS: dict[str, tuple[str, ...]] = {
    "dies-on-travellers": ("culprit", "culprit"),
    "dies-when-two-things-meet": ("together",),
    "dies-one-time-in-three": ("does not repeat",) * 3,
    "stops-at-missing-email": ("background",),
    "swallows-and-says-ok": ("culprit",),
}


SUMMER = (
    "the school year ends, and no new one has begun",
    "the district is paused, still without classes",
)
BEHIND: dict[str, list[tuple[str, str, str]]] = {
    "dies-on-ten-teachers": [("common", "culprit", "ten-teachers-share-a-class")],
    "dies-when-tokens-change": [("neighbour", "culprit", "the district gets a new token")],
    "dies-on-a-refusal": [("lists-fail", "culprit", "the token stops working while the app reads")],
    "dies-in-small-districts": [
        (name, "district", "") for name in ("neighbour", "mishaps", "summer", "lists-fail")
    ],
    "export-dies-in-summer": [("summer", "culprit", what) for what in SUMMER],
    "fails-when-a-school-closes": [("mishaps", "culprit", "school-closes")],
}
"""Mutant → district, result, and what is behind each of its breakdowns."""

COMPLETES = "standing/every-sync-of-the-school-year-completes"
ENDS = "lists/every-sync-ends-by-itself-while-one-list-fails"
DIES_ON = {"dies-on-a-refusal": {ENDS: ["refused", "refused-midway"]}}
"""Mutant → check → fault days on which its process dies too, which is not narrowed down."""

AFTER_A_NEW_TOKEN = {"dies-when-tokens-change": [("lists-fail", "short-pages")]}
"""Mutant → other days on which its process dies, which is not narrowed down either."""


@pytest.mark.slow
@pytest.mark.parametrize("name", BEHIND)
def test_what_breaks_a_small_district_or_ends_the_process_is_named(name: str) -> None:
    found = isolated(name)

    assert [
        (one.district, one.result, ", ".join((*one.edge_cases, *one.incidents))) for one in found
    ] == BEHIND[name]
    assert sum(one.syncs for one in found) <= 150
    failing = {c.id: c for c in rehearsed(name).checks if c.outcome == "fail"}
    completion = failing.pop(COMPLETES)
    assert {
        check: [finding.day for finding in one.findings] for check, one in failing.items()
    } == DIES_ON.get(name, {})
    narrowed = {(one.district, one.day) for one in found}
    findings = [f for f in completion.findings if (f.district, f.day) in narrowed]
    others = [(f.district, f.day) for f in completion.findings if f not in findings]
    assert others == AFTER_A_NEW_TOKEN.get(name, [])
    for one, finding in zip(found, findings, strict=True):
        assert (finding.district, finding.day) == (one.district, one.day)
        assert one.district == COMMON or f"of the {one.district} district" in finding.sentence
        assert all(what in finding.sentence for what in (*one.edge_cases, *one.incidents))


@pytest.mark.slow
@pytest.mark.parametrize("name", BEHIND)
def test_what_is_not_behind_it_is_judged_as_ever(name: str) -> None:
    plan = CATALOGUE.plan()
    behind = {part for one in isolated(name) for part in (*one.edge_cases, *one.incidents)}
    behind |= {one.district for one in isolated(name) if one.result == "district"}
    related = {
        row.edge_case or row.id
        for row in plan.scenarios
        if not behind.isdisjoint((row.edge_case, row.district, *(h.what for h in row.incidents)))
        or (row.neighbour and NEIGHBOUR in behind)
    }

    for check in rehearsed(name).checks:
        if (check.edge_case or check.id) not in related:
            known = {COMPLETES, *DIES_ON.get(name, {})}
            assert check.id in known or check.outcome in ("pass", "not_applicable"), check.id


@pytest.mark.slow
@pytest.mark.parametrize("name", RESULTS)
def test_each_crash_mutant_ends_in_the_right_result(name: str) -> None:
    found = isolated(name)

    assert tuple(one.result for one in found) == RESULTS[name]
    assert sum(one.syncs for one in found) <= 150


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["dies-on-travellers", "dies-when-two-things-meet", "swallows-and-says-ok"]
)
def test_every_unrelated_edge_case_has_a_verdict_all_the_same(name: str) -> None:
    culprits = {case for one in isolated(name) for case in one.edge_cases}

    assert culprits
    for check in rehearsed(name).checks:
        if check.edge_case and check.edge_case not in culprits:
            assert check.outcome in ("pass", "not_applicable"), check.id
        if check.edge_case in culprits:
            assert check.outcome == "blocked", check.id
