"""What could not be read is not gone: who is lost, archived or cut off on such a day is found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from assess.deliveries import Year, answer, asked
from simulator import town
from suite.year_of_trouble import all_of, archived, day, emptied, index, less, request

from harness.assess.findings import FindingKind
from harness.contract.snapshot import HeldUser, Snapshot
from harness.district.data_model.roster import Roster
from harness.plan.plan import COMMON
from harness.suite.checks.observation import Observation
from harness.suite.checks.partial_reads import still_held

WHOLE = all_of(town.roster())
RECORDS = 2 + 2 + 2 + 3 + 7


def after(
    held: Snapshot, *, on: str = "html", before: Snapshot = WHOLE, shared: Roster | None = None
) -> Observation:
    """What is found on a day after which the app holds this."""
    entries = [*day("returns", held=before), *day(on, held=held, shared=shared)]
    return still_held(index(*entries), COMMON, "returns", on)


def test_an_app_that_holds_all_it_held_has_lost_nobody() -> None:
    observation = after(WHOLE)

    assert observation.findings == []
    assert observation.examined == RECORDS


def test_somebody_archived_on_a_day_of_trouble_is_found() -> None:
    [found] = after(archived(WHOLE, town.LEO)).findings

    assert found.finding_kind is FindingKind.UNREAD
    assert found.clever_id == town.LEO
    assert found.found == "archived"
    assert found.sentence == (
        "On the fault day `html` your app archived Leo Tester, still shared by Clever."
    )


def test_somebody_deleted_on_a_day_of_trouble_is_found() -> None:
    [found] = after(less(WHOLE, town.LEO)).findings

    assert found.found == "lost"


def test_a_loss_that_is_not_made_good_is_found_on_recovery() -> None:
    [found] = after(archived(WHOLE, town.LEO), on="recovery").findings

    assert found.sentence.startswith(
        "After the fault days, on the day `recovery`, Leo Tester is archived"
    )


def test_a_class_that_loses_its_students_is_found_once() -> None:
    [found] = after(emptied(WHOLE, town.MATH_2)).findings

    assert found.clever_id == town.MATH_2
    assert "removed" in found.sentence
    assert found.expected == "as before"


def test_a_school_and_a_child_count_as_ties() -> None:
    def untied(one: HeldUser) -> HeldUser:
        if one.clever_id == town.PARK:
            return replace(
                one, roles=tuple(replace(role, schools=role.schools[:1]) for role in one.roles)
            )
        return replace(one, student_relationships=()) if one.clever_id == town.AUNT else one

    found = after(replace(WHOLE, users=tuple(map(untied, WHOLE.users)))).findings

    assert {one.clever_id for one in found} == {town.PARK, town.AUNT}


def test_whoever_clever_shares_no_more_may_be_archived() -> None:
    shared = town.without(town.roster(), town.LEO)
    observation = after(archived(WHOLE, town.LEO), shared=shared)

    assert observation.findings == []
    assert observation.examined == RECORDS - 1


def test_whoever_the_app_did_not_hold_before_cannot_be_lost() -> None:
    without = less(WHOLE, town.LEO)

    assert after(without, before=without).findings == []


def test_a_tie_to_somebody_out_of_use_is_theirs_alone() -> None:
    """One loss is told once, and not again by each class the student was in."""
    held = archived(emptied(WHOLE, town.ART_1), town.LEO)

    found = {one.clever_id: one for one in after(held).findings}

    assert set(found) == {town.LEO, town.ART_1}
    assert "Leo" not in found[town.ART_1].found


def test_the_one_record_that_was_not_found_may_be_taken_for_gone_with_its_people() -> None:
    refused = request(f"/v3.1/sections/{town.ART_1}", status=404, fault="missing-record")
    entries = [
        *day("returns"),
        *day("slow", held=archived(emptied(WHOLE, town.ART_1), town.LEO), requests=[refused]),
    ]

    assert still_held(index(*entries), COMMON, "returns", "slow").findings == []


def test_a_snapshot_that_is_not_complete_accuses_nobody() -> None:
    observation = after(replace(archived(WHOLE, town.LEO), complete=False))

    assert observation.findings == []
    assert observation.undecided


@pytest.mark.parametrize(("archived_one", "accused"), [(4, []), (1, [1])])
def test_whoever_slid_off_the_first_page_before_a_sync_that_breaks_off_is_not_lost_by_it(
    archived_one: int, accused: list[int]
) -> None:
    """The app reads the first four users; a newcomer puts the last of them behind that page."""
    users = sorted(town.roster().users)
    before = town.without(town.roster(), users[0])
    rest = [
        answer(f"/v3.0/{kind}", sorted(getattr(before, kind)))
        for kind in ("schools", "terms", "courses", "sections")
    ]
    first = answer("/v3.0/users", users[1:5], listed=len(users) - 1)
    then = answer("/v3.0/users", users[:4], listed=len(users))
    holds = all_of(town.roster())
    four = replace(holds, users=tuple(u for u in holds.users if u.clever_id in users[1:5]))
    five = replace(holds, users=tuple(u for u in holds.users if u.clever_id in users[:5]))
    year = Year().day("first-share", before, first, *rest, held=four)
    year = year.day("too-many-requests", town.roster(), then, *rest, held=five)
    broken, lost = asked("/v3.0/sections", status=503), archived(five, users[archived_one])
    year = year.day("cut-off", town.roster(), broken, held=lost)

    found = still_held(year.index, COMMON, "too-many-requests", "cut-off").findings

    assert [one.clever_id for one in found] == [users[one] for one in accused]
