"""Whom an app merges, leaves out since the first share, or does not read to: each once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assess.deliveries import Year, answer
from simulator import town

from harness.contract.snapshot import HeldUser, Snapshot
from harness.district.data_model.records import Kind
from harness.district.data_model.roster import Roster
from harness.plan.plan import COMMON
from harness.suite.checks import pages
from harness.suite.checks.left_out import left_out_before
from harness.suite.checks.merged_records import merged
from harness.suite.checks.rejected_records import among_many

FIRST, LATER = "first-share", "midyear"
ROSTER = town.roster()
ADA, BEA, CLEO, DORA = (town.number("a1", one) for one in range(11, 15))
NAMES = {ADA: "Ada", BEA: "Bea", CLEO: "Cleo", DORA: "Dora"}


def town_of(*students: str, **names: str) -> Roster:
    """The town with these students more."""
    users = dict(ROSTER.users)
    for clever_id in students:
        users[clever_id] = town.student(
            clever_id, names.get(clever_id) or NAMES[clever_id], [town.ELM]
        )
    return replace(ROSTER, users=dict(sorted(users.items())))


def year(first: tuple[Roster, Iterable[str]], later: tuple[Roster, Iterable[str]]) -> Year:
    played = Year()
    for name, (shared, held) in ((FIRST, first), (LATER, later)):
        rows = tuple(HeldUser(clever_id=one, app_id=one[-4:]) for one in held)
        delivery = answer("/v3.0/users", list(shared.users))
        played.day(name, shared, delivery, held=Snapshot(users=rows))
    return played


def test_a_record_without_a_row_whose_namesake_has_one_is_merged() -> None:
    shared = town_of(ADA, BEA, **{ADA: "Same", BEA: "Same"})
    index = year((shared, shared.users.keys() - {BEA}), (shared, shared.users)).index

    assert list(merged(index, COMMON, FIRST, Kind.USERS)) == [BEA]


def test_a_record_is_not_merged_by_a_value_that_others_share_with_rows_of_their_own() -> None:
    names = {ADA: "Same", BEA: "Same", CLEO: "Alike", DORA: "Alike"}
    shared = town_of(*names, **names)
    index = year((shared, shared.users.keys() - {BEA}), (shared, shared.users)).index

    assert merged(index, COMMON, FIRST, Kind.USERS) == {}


def test_a_newcomer_is_left_out_like_somebody_of_the_first_share() -> None:
    shared, grown = town_of(ADA), town_of(ADA, BEA, CLEO, DORA)
    held = shared.users.keys() - {ADA}
    index = year((shared, held), (grown, {*held, CLEO, DORA})).index

    days = left_out_before(index, COMMON, LATER, index.record_of(Kind.USERS, BEA))

    assert [(day.day, [row.clever_id for row in day.absent]) for day in days] == [(FIRST, [ADA])]


def test_newcomers_who_are_all_left_out_are_a_matter_of_their_own() -> None:
    shared, grown = town_of(ADA), town_of(ADA, BEA, CLEO, DORA)
    held = shared.users.keys() - {ADA}
    index = year((shared, held), (grown, held)).index

    assert left_out_before(index, COMMON, LATER, index.record_of(Kind.USERS, BEA)) == ()


def test_a_list_that_outgrows_its_first_page_is_not_read_to_its_end() -> None:
    grown = town_of(ADA)
    played = Year()
    for name, shared in ((FIRST, ROSTER), (LATER, grown)):
        page = sorted(shared.users)[: len(ROSTER.users)]
        rows = tuple(HeldUser(clever_id=one, app_id=one[-4:]) for one in page)
        delivery = answer("/v3.0/users", page, listed=len(shared.users))
        played.day(name, shared, delivery, held=Snapshot(users=rows))

    unread = pages.pages_not_followed(played.index)

    assert [(one.district, one.day, one.gap.kind) for one in unread] == [
        (COMMON, LATER, Kind.USERS)
    ]


def test_who_asks_for_more_than_there_is_never_turns_a_page() -> None:
    def lists(query: str) -> str:
        shared = (ROSTER, answer("/v3.0/users", list(ROSTER.users), query=query))
        index = Year().day(FIRST, *shared).index
        return pages.never_turned(pages.lists_on_calm_days(index))

    assert "up to 10,000 records at once" in lists("limit=10000")
    assert lists("limit=100") == ""


def test_who_is_missing_with_many_others_is_one_of_them() -> None:
    batch = [town.number("a2", one) for one in range(20, 40)]
    shared = town_of(*batch, **{one: f"Name{one[-2:]}" for one in batch})

    def one_of_many(missing: Iterable[str]) -> bool:
        held = shared.users.keys() - {*missing}
        index = year((shared, held), (shared, shared.users)).index
        return among_many(index, COMMON, FIRST, Kind.USERS, batch[3])

    assert one_of_many(batch[:10])
    assert not one_of_many([batch[3]])
