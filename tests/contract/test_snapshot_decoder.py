"""Snapshots are read as `from_dict` reads them, and unchanged rows are the same objects."""

from __future__ import annotations

from typing import Any

import pytest

from harness.contract.decode import ShapeError, from_dict
from harness.contract.snapshot import Snapshot
from harness.contract.snapshot_decoder import SnapshotDecoder

MAYA = {"clever_id": "5f01", "app_id": "1", "roles": [{"role": "student", "schools": ["5e01"]}]}
LEO = {"clever_id": "5f02", "app_id": "2", "first_name": "Leo"}


def snapshot(*users: dict[str, Any]) -> dict[str, Any]:
    return {"schools": [{"clever_id": "5e01", "app_id": "1"}], "users": list(users)}


def test_an_unchanged_row_is_the_same_object() -> None:
    decoder = SnapshotDecoder()
    before = decoder.decode(snapshot(MAYA, LEO))

    after = decoder.decode(snapshot({**LEO, "first_name": "Leon"}, MAYA))

    assert after == from_dict(Snapshot, snapshot({**LEO, "first_name": "Leon"}, MAYA))
    assert after.users[1] is before.users[0]
    assert after.schools[0] is before.schools[0]
    assert after.users[0].first_name == "Leon"


def test_a_row_that_changes_back_is_read_again() -> None:
    decoder = SnapshotDecoder()
    for one in (LEO, {**LEO, "first_name": "Leon"}, LEO):
        assert decoder.decode(snapshot(one)).users == from_dict(Snapshot, snapshot(one)).users


def test_two_rows_of_one_id_stay_two() -> None:
    decoder = SnapshotDecoder()
    twice = snapshot(MAYA, MAYA, {**MAYA, "email": "maya@example.org"})

    for _ in range(2):
        assert decoder.decode(twice) == from_dict(Snapshot, twice)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (snapshot(MAYA, {**LEO, "email": 7}), r"users\[1\].email: found 7"),
        (snapshot({"app_id": "1"}), r"users\[0\]: lacks clever_id"),
        ({"users": ["Maya"]}, r"users\[0\]: found 'Maya', expected an object"),
        ([], r"found \[\], expected an object"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(document: object, said: str) -> None:
    decoder = SnapshotDecoder()
    decoder.decode(snapshot(MAYA, LEO))

    with pytest.raises(ShapeError, match=said):
        decoder.decode(document)
