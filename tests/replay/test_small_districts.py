"""A breakdown in a small district is put down to what happens there, or to the district."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harness.contract.sync import Sync, SyncState
from harness.district.population.sizes import Size
from harness.plan.plan import (
    COMMON,
    NEIGHBOUR,
    Incident,
    PlacedChange,
    PlacedIncident,
    Plan,
    PlannedScenario,
)
from harness.recording.recording import (
    BisectOutcome,
    BisectResult,
    Entry,
    Restarted,
    RunInterrupted,
    Synced,
)
from harness.replay.bisect.search import BisectSearch, placed_on
from harness.replay.bisect.subplans import parts_of, trial, without
from harness.replay.breakdown import Breakdown, breakdowns, first_breakdown

LOST, LATER = Incident.NOTHING_SHARED, Incident.YEAR_LATER


def row(edge_case: str, district: str = "") -> PlannedScenario:
    return PlannedScenario(
        id=edge_case, feature="", rule="", name="", line=1, requirements=(), edge_case=edge_case,
        district=district,
    )  # fmt: skip


PLAN = Plan(
    scenarios=(row("moves"), row("closes", "small"), row("forgets", "small")),
    days={
        COMMON: ("first-share", "midyear", "returns"),
        NEIGHBOUR: ("first-share", "returns"),
        "small": ("first-share", "midyear", "returns"),
    },
    changes=(
        PlacedChange(edge_case="moves", change="moves", day="midyear"),
        PlacedChange(edge_case="closes", change="closes", day="returns"),
    ),
    incidents=(
        PlacedIncident(district="small", what=LOST, day="midyear"),
        PlacedIncident(district="small", what=LATER, day="returns"),
        PlacedIncident(district=NEIGHBOUR, what=LATER, day="returns"),
        PlacedIncident(district=NEIGHBOUR, what=Incident.DISCONNECTS, day="first-share"),
    ),
    edge_cases=("moves", "closes", "forgets"),
)


def synced(
    district: str, day: str, state: SyncState = SyncState.FAILED, reason: str = "it broke"
) -> Synced:
    return Synced(district=district, day=day, sync=Sync(state=state, reason=reason), seconds=0)


def stopped(district: str, day: str, during: str = "snapshot") -> RunInterrupted:
    message = "demo: snapshot of district 57a4ce58f224363800000001 raised KeyError: 'x'"
    return RunInterrupted(
        district=district,
        day=day,
        during=during,
        fault="adapter",
        message=message,
        problem="snapshot raised KeyError: 'x'",
    )


def searched(
    answer: Callable[[Plan, frozenset[str]], Entry | None], breakdown: Breakdown
) -> tuple[BisectResult, int]:
    """The result of a search, and how many attempts it took."""
    attempts: list[str] = []

    def attempt(plan: Plan, salt: str, size: Size) -> Sequence[Entry]:
        attempts.append(salt)
        found = answer(plan, frozenset((*plan.edge_cases, *(h.what for h in plan.incidents))))
        return [found] if found else []

    search = BisectSearch(
        plan=PLAN, breakdown=breakdown, attempt=attempt, salt="s", report=lambda what: None
    )
    return search.search(placed_on(PLAN, breakdown)), len(attempts)


BROKEN = Breakdown(district="small", day="returns", what="it broke")


def test_a_part_of_a_small_district_is_an_edge_case_or_what_happens_to_it_until_then() -> None:
    assert parts_of(PLAN, "small", "midyear") == ["closes", "forgets", LOST]
    assert parts_of(PLAN, COMMON, "returns") == ["moves"]
    assert placed_on(PLAN, BROKEN)[-1] == LATER


def test_an_attempt_plays_the_small_district_alone_with_these_parts() -> None:
    part = trial(PLAN, {"closes", LOST}, "returns", "small")

    assert part.syncs == 3
    assert part.days["small"] == ("first-share", "midyear", "returns")
    assert [change.edge_case for change in part.changes] == ["closes"]
    assert [(one.district, one.what) for one in part.incidents] == [("small", LOST)]


def test_a_year_without_a_happening_keeps_the_same_one_elsewhere() -> None:
    found = BisectResult(
        district="small", day="returns", what="", result=BisectOutcome.CULPRIT, incidents=(LATER,)
    )

    left = without(PLAN, found)

    assert [(one.district, one.what) for one in left.incidents] == [
        ("small", LOST),
        (NEIGHBOUR, LATER),
        (NEIGHBOUR, Incident.DISCONNECTS),
    ]
    assert left.edge_cases == PLAN.edge_cases
    assert left.syncs == PLAN.syncs


def test_a_year_without_a_district_has_nothing_of_it() -> None:
    found = BisectResult(
        district="small", day="first-share", what="", result=BisectOutcome.DISTRICT
    )

    left = without(PLAN, found)

    assert left.syncs == PLAN.syncs - 3
    assert left.edge_cases == ("moves",)
    assert {one.district for one in left.incidents} == {NEIGHBOUR}
    assert [change.edge_case for change in left.changes] == ["moves"]


def test_what_happens_to_the_district_is_found() -> None:
    found, attempts = searched(
        lambda plan, parts: synced("small", "returns") if LATER in parts else None, BROKEN
    )

    assert (found.result, found.district) == ("culprit", "small")
    assert (found.edge_cases, found.incidents) == ((), (LATER,))
    assert attempts <= 9


def test_an_edge_case_and_a_happening_that_meet_are_found() -> None:
    found, _ = searched(
        lambda plan, parts: synced("small", "returns") if {"closes", LOST} <= parts else None,
        BROKEN,
    )

    assert (found.result, found.edge_cases, found.incidents) == ("together", ("closes",), (LOST,))


def test_a_district_that_breaks_it_with_nothing_in_it_is_the_culprit_itself() -> None:
    found, attempts = searched(lambda plan, parts: synced("small", "returns"), BROKEN)

    assert (found.result, found.edge_cases, found.incidents) == ("district", (), ())
    assert attempts == 2


def test_an_app_that_is_gone_for_every_district_gives_no_answer() -> None:
    """Without this its next trip would end before it began, and all that was seen be lost."""
    gone = Breakdown(district="small", day="returns", what="x", unanswered=True)

    found, attempts = searched(
        lambda plan, parts: stopped(COMMON, "first-share", during="connect"), gone
    )

    assert (found.result, attempts) == ("no answer", 1)


def test_each_district_has_its_first_breakdown_in_the_order_they_happened() -> None:
    entries: list[Entry] = [
        synced("small", "midyear", SyncState.TIMED_OUT),
        synced(COMMON, "midyear", SyncState.TIMED_OUT),
        synced("small", "returns"),
        stopped(NEIGHBOUR, "returns", during="connect"),
    ]

    found = breakdowns(entries, PLAN)

    assert [(one.district, one.day, one.unanswered) for one in found] == [
        ("small", "midyear", False),
        (COMMON, "midyear", False),
        (NEIGHBOUR, "returns", True),
    ]
    assert found[2].what == "snapshot raised KeyError: 'x'"


def test_a_sync_that_nothing_could_be_read_in_may_fail_and_may_not_kill() -> None:
    failed = synced(NEIGHBOUR, "first-share", reason="401")
    died = Restarted(
        district=NEIGHBOUR, day="first-share", during="snapshot", message="snapshot raised OSError"
    )

    assert first_breakdown([failed], PLAN) is None
    breakdown = first_breakdown([failed, died], PLAN)
    assert breakdown is not None
    assert breakdown.what == "the app's process died and was started again: 401"


def test_an_app_that_fails_a_sync_and_answers_no_more_is_not_answering() -> None:
    breakdown = first_breakdown([synced("small", "midyear"), stopped("small", "midyear")], PLAN)

    assert breakdown is not None
    assert breakdown.unanswered


def test_an_app_that_never_began_cannot_be_narrowed_down() -> None:
    assert first_breakdown([stopped(COMMON, "first-share", during="connect")], PLAN) is None
    assert first_breakdown([stopped(COMMON, "before")], PLAN) is None


def test_an_app_that_fails_in_front_of_a_district_without_anybody_has_not_broken_down() -> None:
    assert first_breakdown([synced("small", "midyear")], PLAN) is None
