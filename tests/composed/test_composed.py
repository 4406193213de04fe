"""Composed apps: harness and oracle agree on every requirement of a covering set of them."""

from __future__ import annotations

import pickle
from itertools import combinations, product

import pytest
from composed.causes import CAUSES
from composed.comparing import Comparison, compared
from composed.known import KNOWN, unexplained
from composed.pairs import all_pairs, pairs_of
from composed.policies import DIMENSIONS, Policies, drawn, parse
from composed.rehearsal import SEED, rehearsed
from sample import Shows, cover
from sharing import once

from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import Verdict

ROWS = {str(Policies(**row)): row for row in all_pairs(DIMENSIONS)}
PAIRS = tuple(ROWS)
ONCE_MISJUDGED = (
    "reading=big-page",
    "holds=students",
    "holds=no-schools,roles=first",
    "reading=first-page,holds=students",
    "reading=first-page,holds=no-schools",
    "reading=first-page,teachers=primary",
    "reading=class-members,failure=keep-read",
    "tenancy=row-per-role",
    "key=email,absence=nothing",
    "key=sis-id",
    "key=name,absence=nothing,returning=new-account",
    "reading=first-page,absence=second-time,failure=keep-read",
    "tenancy=row-per-school,rows=declared,absence=nothing",
    "tenancy=row-per-school,rows=declared,returning=stay-archived,failure=as-empty",
    "reading=class-members,failure=stop,requires=email",
    "tenancy=row-per-school,places=of-person",
    "returning=new-account,ids=key",
    "returning=new-account,ids=key,work=enrollment",
)
"""Small apps that the harness once judged other than the oracle."""
APPS = tuple(dict.fromkeys((*PAIRS, *ONCE_MISJUDGED, *(known.example for known in KNOWN))))
SAMPLED = {
    "right",
    *cover({app: Shows(needed=frozenset(row.items())) for app, row in ROWS.items()}),
}
"""Apps in which every value of every policy is met once: those of the gate."""
EVERY_APP = [
    pytest.param(app, marks=[] if app in SAMPLED else [pytest.mark.exhaustive]) for app in APPS
]


def _found(app: str) -> Comparison:
    """What one of the apps shows, played by whichever worker is first."""
    folder = once(
        f"composed-{APPS.index(app)}",
        lambda folder: (folder / "found").write_bytes(pickle.dumps(compared(parse(app)))),
    )
    found: Comparison = pickle.loads((folder / "found").read_bytes())
    return found


@pytest.mark.slow
@pytest.mark.measured
@pytest.mark.parametrize("app", EVERY_APP)
def test_the_oracle_and_the_harness_agree_on_an_app(app: str) -> None:
    found = _found(app)
    different = unexplained(found.disagreements)

    assert not found.unlike, "the model on paper does not hold what the app held"
    assert not different, "\n".join(map(str, different))


@pytest.mark.slow
@pytest.mark.measured
@pytest.mark.parametrize("app", EVERY_APP)
def test_what_is_said_of_an_app_is_so(app: str) -> None:
    assert _found(app).untrue == ()
    assert _found(app).answers == ()


@pytest.mark.slow
@pytest.mark.exhaustive
def test_every_known_disagreement_still_shows() -> None:
    for known in KNOWN:
        assert any(known.covers(one) for one in _found(known.example).disagreements), (
            f"delete {known} there"
        )


def _verdict(app: str, seed: int = SEED) -> tuple[Verdict, dict[str, RequirementState]]:
    results = rehearsed(parse(app), seed)[1]
    return results.verdict, {row.id: row.state for row in results.requirements}


@pytest.mark.parametrize(
    "app",
    [
        "reading=first-page",
        pytest.param("key=email,tenancy=row-per-role", marks=pytest.mark.exhaustive),
    ],
)
@pytest.mark.slow
def test_ids_of_the_app_do_not_change_a_verdict(app: str) -> None:
    assert _verdict(app) == _verdict(f"{app},ids=uuid")


@pytest.mark.parametrize("app", ["right", "teachers=two,memberships=add-only"])
@pytest.mark.slow
@pytest.mark.exhaustive
def test_a_seed_does_not_change_a_verdict(app: str) -> None:
    assert _verdict(app) == _verdict(app, SEED + 1) == _verdict(app, SEED + 2)


@pytest.mark.parametrize(("app", "cause"), CAUSES.items())
@pytest.mark.slow
@pytest.mark.exhaustive
def test_an_app_of_another_design_has_the_same_likely_cause(app: str, cause: str) -> None:
    assert rehearsed(parse(app))[1].causes[0].id == cause


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
