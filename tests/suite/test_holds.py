"""A sync may wait for a person's approval when much has changed at Clever, and then only."""

from __future__ import annotations

from dataclasses import replace

import pytest
from simulator import town
from suite.year_of_trouble import all_of, day, index

from harness.contract.sync import Sync, SyncState
from harness.district.data_model.roster import Roster
from harness.plan.plan import COMMON
from harness.recording.recording import Entry, Published, Synced
from harness.suite.checks.holds import needless

TOWN = town.roster()
WITHOUT_LEO = replace(TOWN, users={i: u for i, u in TOWN.users.items() if i != town.LEO})


def held_on_quiet(
    earlier: Roster, later: Roster, *, approved: bool = True, faults: tuple[str, ...] = ()
) -> list[str]:
    """What is found when the sync after `later` is held, and completes once approved."""
    entries: list[Entry] = [
        *day("rollover", held=all_of(earlier), shared=earlier, state=SyncState.COMPLETED),
        *day("quiet", held=all_of(later), shared=later, state=SyncState.HELD),
    ]
    done = Sync(state=SyncState.COMPLETED) if approved else None
    entries = [
        replace(entry, approved=done)
        if isinstance(entry, Synced) and entry.sync.state is SyncState.HELD
        else replace(entry, faults=faults if entry.day == "rollover" else ())
        if isinstance(entry, Published)
        else entry
        for entry in entries
    ]
    return [f.sentence for f in needless(index(*entries), COMMON, ("rollover", "quiet")).findings]


def test_a_hold_on_a_day_without_changes_has_no_reason() -> None:
    assert held_on_quiet(TOWN, TOWN) == [
        "The sync on the day `quiet` waited for approval, although nothing had changed "
        "since the day `rollover`: so"
    ]


@pytest.mark.parametrize(("earlier", "later"), [(TOWN, WITHOUT_LEO), (WITHOUT_LEO, TOWN)])
def test_a_hold_has_a_reason_when_much_of_a_role_goes_or_comes(
    earlier: Roster, later: Roster
) -> None:
    assert held_on_quiet(earlier, later) == []


def test_a_hold_after_a_day_of_faults_is_left_to_the_app() -> None:
    assert held_on_quiet(TOWN, TOWN, faults=("server-errors",)) == []


def test_what_nobody_approved_is_judged_by_what_became_of_it() -> None:
    assert held_on_quiet(TOWN, TOWN, approved=False) == []
