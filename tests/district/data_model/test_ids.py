from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.district.data_model.ids import Block, Ids

IDS = Ids(salt="a", district="common")


@pytest.mark.no_cover
@given(st.text(), st.sampled_from(list(Block)), st.integers(0, 599))
def test_a_clever_id_is_24_lower_case_hex_digits(salt: str, block: Block, number: int) -> None:
    ids = Ids(salt=salt, district="common")

    assert re.fullmatch(r"[0-9a-f]{24}", ids.clever_id(block, ids.ordinary_position(block, number)))


@given(st.text())
def test_blocks_of_users_follow_each_other_whatever_the_salt(salt: str) -> None:
    ids = Ids(salt=salt, district="common")
    blocks = (Block.STUDENT, Block.TEACHER, Block.CONTACT, Block.STAFF, Block.DISTRICT_ADMIN)

    borders = [(ids.clever_id(block, 0), ids.clever_id(block, 2**32 - 1)) for block in blocks]

    assert [edge for border in borders for edge in border] == sorted(
        edge for border in borders for edge in border
    )


@given(st.text(), st.text())
def test_a_cast_stands_between_ordinary_records_and_never_on_one(uid: str, salt: str) -> None:
    ids = Ids(salt=salt, district="common")
    position = ids.cast_position(Block.STUDENT, uid, 600)

    assert 0 <= position < 600 << 20
    assert position % 2 == 1
    assert ids.ordinary_position(Block.STUDENT, position >> 20) % 2 == 0


def test_the_place_of_a_cast_does_not_depend_on_the_salt() -> None:
    other = Ids(salt="b", district="common")

    assert IDS.cast_position(Block.STUDENT, "x/Maya", 600) == other.cast_position(
        Block.STUDENT, "x/Maya", 600
    )


@pytest.mark.parametrize("block", [Block.STUDENT, Block.TEACHER, Block.SECTION, Block.CONTACT])
def test_sis_numbers_are_unique_within_a_block(block: Block) -> None:
    numbers = [IDS.sis_id(block, IDS.ordinary_position(block, number)) for number in range(80)]

    assert len(set(numbers)) == 80
    assert len({len(number) for number in numbers}) == 1


def test_a_year_has_ids_of_its_own() -> None:
    assert IDS.clever_id(Block.TERM, 1, 1) > IDS.clever_id(Block.TERM, 2**32 - 1, 0)


def test_a_legacy_id_is_never_the_id() -> None:
    assert IDS.legacy_id("teacher", 3) != IDS.clever_id(Block.TEACHER, 3)
