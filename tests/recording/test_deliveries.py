"""What an answer delivered, as short as ranges of numbers, and the same for whoever reads it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from simulator import town

from harness.recording.deliveries import RecordNumbers


def _numbers(users: int) -> tuple[RecordNumbers, list[str]]:
    numbers, roster = RecordNumbers(), town.crowd(users)
    numbers.learn("common", roster)
    return numbers, sorted(roster.users)


def test_a_page_is_one_range() -> None:
    numbers, ids = _numbers(250)

    packed = numbers.pack("common", ids[100:200])

    first, _, last = packed.partition("-")
    assert int(last) - int(first) == 99
    assert list(numbers.unpack("common", packed)) == ids[100:200]


@given(chosen=st.sets(st.integers(0, 59)))
def test_what_is_packed_is_unpacked(chosen: set[int]) -> None:
    numbers, ids = _numbers(60)
    some = {ids[place] for place in chosen}

    assert set(numbers.unpack("common", numbers.pack("common", some))) == some


def test_a_later_roster_leaves_the_numbers_of_the_first() -> None:
    numbers, ids = _numbers(20)
    packed = numbers.pack("common", ids[:10])

    numbers.learn("common", town.crowd(40))

    assert list(numbers.unpack("common", packed)) == ids[:10]


def test_a_record_that_was_never_published_stands_by_its_id() -> None:
    numbers, ids = _numbers(3)
    stranger = "f" * 24

    packed = numbers.pack("common", [*ids, stranger])

    assert packed.endswith(stranger)
    assert set(numbers.unpack("common", packed)) == {*ids, stranger}


def test_districts_have_numbers_of_their_own() -> None:
    numbers, ids = _numbers(3)

    assert numbers.pack("neighbor", ids[:1]) == ids[0]
