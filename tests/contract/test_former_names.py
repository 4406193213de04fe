"""Names that were replaced are still understood, and who uses them is told what to write."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from harness.contract import snapshot
from harness.contract.decode import ShapeError, from_dict
from harness.contract.former_names import FormerNameWarning, formerly
from harness.contract.snapshot import HeldUser, StudentRelationship


@formerly(weight="mass")
@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    mass: int = 0


def test_a_document_may_use_the_former_name() -> None:
    assert from_dict(Box, {"weight": 3}) == from_dict(Box, {"mass": 3}) == Box(mass=3)


def test_a_wrong_value_under_a_former_name_is_refused() -> None:
    with pytest.raises(ShapeError, match="mass: found 'x', expected a whole number"):
        from_dict(Box, {"weight": "x"})


def test_an_adapter_in_python_may_use_the_former_names() -> None:
    with pytest.warns(FormerNameWarning, match="found `Guardian`.*write `StudentRelationship`"):
        shape = snapshot.Guardian  # type: ignore[attr-defined]
    with pytest.warns(FormerNameWarning, match="HeldUser: found `guardians`"):
        user = HeldUser(clever_id="5f01", app_id="1", guardians=(shape(student="5f02"),))  # type: ignore[call-arg]

    assert user.student_relationships == (StudentRelationship(student="5f02"),)


def test_a_name_that_never_was_is_refused() -> None:
    with pytest.raises(TypeError, match="parents"):
        HeldUser(clever_id="5f01", app_id="1", parents=())  # type: ignore[call-arg]
    with pytest.raises(AttributeError, match="Parent"):
        snapshot.Parent  # type: ignore[attr-defined]  # noqa: B018
