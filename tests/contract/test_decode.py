"""Plain documents become values of fixed shape, or the path to what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pytest

from harness.contract.decode import ShapeError, from_dict


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    name: str
    colour: Colour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    parts: tuple[Part, ...]
    weight: float = 0.0
    count: int = 0
    good: bool = True
    notes: Mapping[str, Part] = field(default_factory=dict)


def test_a_document_becomes_a_value() -> None:
    document = {
        "parts": [{"name": "lid", "colour": "red"}, {"name": "box", "colour": None}],
        "weight": 3,
        "notes": {"spare": {"name": "key"}},
    }

    assert from_dict(Whole, document) == Whole(
        parts=(Part(name="lid", colour=Colour.RED), Part(name="box")),
        weight=3,
        notes={"spare": Part(name="key")},
    )


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([], "found [], expected an object"),
        ({}, "lacks parts"),
        ({"parts": {}}, "parts: found {}, expected a list"),
        ({"parts": [{}]}, "parts[0]: lacks name"),
        ({"parts": [{"name": "a"}, {"name": 3}]}, "parts[1].name: found 3, expected a string"),
        (
            {"parts": [{"name": "a", "colour": "green"}]},
            "parts[0].colour: found 'green', expected one of red, blue",
        ),
        ({"parts": [], "count": True}, "count: found True, expected a whole number"),
        ({"parts": [], "count": 1.0}, "count: found 1.0, expected a whole number"),
        ({"parts": [], "good": 1}, "good: found 1, expected true or false"),
        ({"parts": [], "weight": "1"}, "weight: found '1', expected a number"),
        ({"parts": [], "notes": {"x": {"nam": 1}}}, "notes.x: unknown key 'nam'"),
        ({"parts": [], "notes": []}, "notes: found [], expected an object"),
    ],
)
def test_what_does_not_fit_is_named_with_its_path(document: object, said: str) -> None:
    with pytest.raises(ShapeError) as caught:
        from_dict(Whole, document)

    assert str(caught.value).startswith(said)
