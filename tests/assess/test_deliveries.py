"""What reached the app, with which request, and why the rest did not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from assess.deliveries import Year, answer, asked
from simulator import town

from harness.assess.deliveries import Reach
from harness.assess.gap import Gap, GapReason
from harness.assess.recording_index import NotReachedError
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON
from harness.recording.recording import LoggedRequest

ROSTER = town.roster()
USERS = sorted(ROSTER.users)
STUDENTS = [town.MAYA, town.LEO, town.IRIS]


def gaps_of(kind: Kind, *requests: LoggedRequest) -> tuple[Gap, ...]:
    return Year().day("first-share", ROSTER, *requests).index.gaps(COMMON, "first-share", kind)


def gap_of(kind: Kind, *requests: LoggedRequest) -> Gap:
    [gap] = gaps_of(kind, *requests)
    return gap


def test_a_record_is_delivered_by_the_page_it_was_on() -> None:
    pages = (
        answer("/v3.0/users", USERS[:3], query="limit=3", listed=len(USERS)),
        answer("/v3.0/users", USERS[3:6], query="limit=3", first=3, listed=len(USERS)),
    )
    deliveries = Year().day("first-share", ROSTER, *pages).index.deliveries

    words = deliveries.words(COMMON, "first-share", USERS[4])

    assert words == f"GET /v3.0/users?limit=3 (page 2 of {-(-len(USERS) // 3)})"
    assert deliveries.words(COMMON, "first-share", USERS[-1]) == ""


def test_how_a_record_reached_the_app_is_one_of_four() -> None:
    year = Year().day(
        "first-share",
        ROSTER,
        answer("/v3.0/sections", [town.ART_1]),
        asked(f"/v3.0/users/{town.ADMIN}", status=503),
    )
    deliveries, section = year.index.deliveries, ROSTER.sections[town.ART_1]

    assert deliveries.reach(COMMON, "first-share", town.ART_1) is Reach.DELIVERED
    assert deliveries.reach(COMMON, "first-share", section["students"][0]) is Reach.NAMED
    assert deliveries.reach(COMMON, "first-share", section["school"]) is Reach.NAMED
    assert deliveries.reach(COMMON, "first-share", town.ADMIN) is Reach.FAILED
    assert deliveries.reach(COMMON, "first-share", town.MATH_2) is Reach.NEVER


def test_a_delivery_counts_until_the_record_leaves() -> None:
    away = town.without(ROSTER, town.MAYA)
    year = Year().day("first-share", ROSTER, answer("/v3.0/users", [town.MAYA, town.LEO]))
    deliveries = year.day("midyear", away).day("departures", ROSTER).index.deliveries

    assert town.LEO in deliveries.delivered(COMMON, "departures")
    assert town.MAYA in deliveries.delivered(COMMON, "first-share")
    assert town.MAYA not in deliveries.delivered(COMMON, "departures")


def test_an_answer_that_broke_off_delivers_nothing() -> None:
    broken = replace(answer("/v3.0/users", (), listed=len(USERS)), records=4)

    gap = gap_of(Kind.USERS, broken)

    assert gap.reason is GapReason.FAILED
    assert gap.clever_ids == frozenset(USERS)


def test_a_page_that_was_not_followed_is_a_fact() -> None:
    gap = gap_of(Kind.USERS, answer("/v3.0/users", USERS[:2], query="limit=2", listed=len(USERS)))

    assert gap.reason is GapReason.NOT_FOLLOWED
    assert gap.clever_ids == frozenset(USERS[2:])
    assert f"read 2 of {len(USERS)} records of /users" in gap.sentence
    assert gap.request == f"GET /v3.0/users?limit=2 (page 1 of {-(-len(USERS) // 2)})"


def test_a_page_that_failed_is_not_one_that_was_not_followed() -> None:
    first = answer("/v3.0/users", USERS[:2], query="limit=2", listed=len(USERS))
    second = asked("/v3.0/users", f"limit=2&starting_after={USERS[1]}", status=503)

    gap = gap_of(Kind.USERS, first, second, second)

    assert gap.reason is GapReason.FAILED
    assert "with 503" in gap.sentence


def test_what_was_answered_at_the_second_try_did_not_fail() -> None:
    whole = answer("/v3.0/users", USERS)

    assert gaps_of(Kind.USERS, asked("/v3.0/users", "limit=100", status=503), whole) == ()


def test_a_role_that_was_not_asked_for_is_named_as_a_filter() -> None:
    gap = gap_of(Kind.USERS, answer("/v3.0/users", STUDENTS, query="limit=100&role=student"))

    assert gap.reason is GapReason.NARROWED
    assert gap.clever_ids == frozenset(USERS) - frozenset(STUDENTS)
    assert "/users with role=student only" in gap.sentence


def test_people_read_from_their_classes_leave_out_who_has_none() -> None:
    members = (*ROSTER.sections[town.ART_1]["students"], *ROSTER.sections[town.ART_1]["teachers"])

    gap = gap_of(Kind.USERS, answer(f"/v3.0/sections/{town.ART_1}/users", members))

    assert gap.reason is GapReason.NARROWED
    assert town.ADMIN in gap.clever_ids
    assert "lists like /sections/{id}/users only" in gap.sentence


def test_lists_of_members_read_in_part_are_counted() -> None:
    path = f"/v3.0/sections/{town.ART_1}/users"

    gap = gap_of(Kind.USERS, answer(path, STUDENTS[:1], query="limit=1", listed=3))

    assert gap.reason is GapReason.NOT_FOLLOWED
    assert "1 list like /sections/{id}/users in part, as 1 of 3 records" in gap.sentence


def test_a_list_nobody_asked_for_is_named() -> None:
    gap = gap_of(Kind.TERMS, answer("/v3.0/users", USERS))

    assert gap.reason is GapReason.NEVER_ASKED
    assert gap.place == "/terms"


@pytest.mark.parametrize(
    ("path", "place", "expected"),
    [
        ("/v3.0/students", "/v3.0/students", "/users?role=student"),
        ("/v2.1/users", "/v2.1/users", "/users"),
    ],
)
def test_a_path_that_version_3_does_not_have_explains_who_is_missing(
    path: str, place: str, expected: str
) -> None:
    found = gaps_of(Kind.USERS, asked(path))

    [gap] = [one for one in found if one.reason is GapReason.NO_SUCH_PATH]
    assert (gap.place, gap.expected) == (place, expected)
    assert town.MAYA in gap.clever_ids


def test_a_link_joined_wrongly_is_behind_the_second_page() -> None:
    first = answer("/v3.0/users", USERS[:2], query="limit=2", listed=len(USERS))

    gap = gap_of(Kind.USERS, first, asked("/v3.0/v3.0/users", f"limit=2&starting_after={USERS[1]}"))

    assert gap.reason is GapReason.NO_SUCH_PATH
    assert gap.clever_ids == frozenset(USERS[2:])


def test_nothing_is_known_of_deliveries_in_a_recording_without_them() -> None:
    old = replace(answer("/v3.0/users", (), listed=None), records=len(USERS))

    index = Year().day("first-share", ROSTER, old).index

    assert not index.deliveries_known
    with pytest.raises(NotReachedError, match="earlier version"):
        index.gaps(COMMON, "first-share", Kind.USERS)
