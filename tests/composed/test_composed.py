"""Composed apps: harness and oracle agree on every requirement of a covering set of them."""

from __future__ import annotations

import pickle
from itertools import combinations, product

import pytest
from composed.comparing import Disagreement, compared
from composed.known import KNOWN, Known, unexplained
from composed.pairs import all_pairs, pairs_of
from composed.policies import DIMENSIONS, Policies, drawn, parse
from sharing import once

PAIRS = tuple(str(Policies(**row)) for row in all_pairs(DIMENSIONS))
APPS = tuple(dict.fromkeys((*PAIRS, *(known.example for known in KNOWN))))
QUICK = ("right", max(PAIRS, key=len))
"""Apps compared every time; all others are slow."""


def _found(app: str) -> tuple[list[Disagreement], list[str]]:
    """What one of the apps shows, played by whichever worker is first."""
    folder = once(
        f"composed-{APPS.index(app)}",
        lambda folder: (folder / "found").write_bytes(pickle.dumps(compared(parse(app)))),
    )
    found: tuple[list[Disagreement], list[str]] = pickle.loads((folder / "found").read_bytes())
    return found


@pytest.mark.parametrize(
    "app", [pytest.param(a, marks=[] if a in QUICK else [pytest.mark.slow]) for a in APPS]
)
def test_the_oracle_and_the_harness_agree_on_an_app(app: str) -> None:
    different, unlike = _found(app)

    assert not unlike, "the model on paper does not hold what the app held"
    assert not unexplained(different), "\n".join(map(str, unexplained(different)))


@pytest.mark.slow
@pytest.mark.parametrize("known", KNOWN, ids=lambda known: f"{known.requirement}-{known.example}")
def test_a_known_disagreement_still_shows(known: Known) -> None:
    assert any(known.covers(one) for one in _found(known.example)[0]), "delete it from KNOWN"


def test_every_two_values_meet_in_an_app() -> None:
    met = {pair for row in all_pairs(DIMENSIONS) for pair in pairs_of(row)}
    asked = {
        ((one, a), (other, b))
        for one, other in combinations(DIMENSIONS, 2)
        for a, b in product(DIMENSIONS[one], DIMENSIONS[other])
    }

    assert met == asked


def test_an_app_is_named_by_what_it_does_wrong() -> None:
    for seed in range(50):
        assert parse(str(drawn(seed))) == drawn(seed)
    assert str(Policies()) == "right"
    with pytest.raises(ValueError, match="key: found 'shoe-size'"):
        parse("key=shoe-size")
