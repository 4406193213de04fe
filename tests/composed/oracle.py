"""The oracle: what each requirement must come to for an app, from its policies and the texts.

It takes the year on paper (`composed.model`), what Clever shares on its days, and the texts of
`reports/requirements.yaml`. It knows no check. A requirement is *broken* where its text is, *open*
where the texts leave it to more than one owner, and otherwise whole; what is whole can still be
not proven when something else that is broken keeps it from being examined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from composed.claim import Claim
from composed.claims import CLAIMS
from composed.model import PaperDay
from composed.policies import Policies

MET, NOT_MET, NOT_PROVEN = "met", "not_met", "not_proven"
NOT_APPLICABLE, MANUAL = "not_applicable", "manual"

OUT_OF_SCOPE: Mapping[str, tuple[str, ...]] = {
    "students": ("G4", "G8"),
    "no-schools": ("G2", "G8"),
    "no-contacts": ("G4",),
}
"""What an app holds → the requirements that its declarations leave nothing of."""
INDEPENDENT = ("R3", "R10", "T4", "G1", "G6")
"""Requirements about requests and ends of syncs: what the app holds hides nothing of them."""

_NOBODY_LEFT = tuple(name for name in CLAIMS if name not in INDEPENDENT)
HIDING: Mapping[str, tuple[str, ...]] = {
    "R1": _NOBODY_LEFT,
    "R2": _NOBODY_LEFT,
    "R6": _NOBODY_LEFT,
    "R7": _NOBODY_LEFT,
    "T1": _NOBODY_LEFT,
    "T5": _NOBODY_LEFT,
    "G3": ("G8",),  # a role that is not held has no schools
}
"""Requirement → what it can leave nothing of to examine, when it is broken."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a requirement may come to, and why."""

    states: frozenset[str]
    why: str

    def __str__(self) -> str:
        return f"{' or '.join(sorted(self.states))} ({self.why})"


def expected(policies: Policies, days: Sequence[PaperDay]) -> dict[str, Expected]:
    """Requirement → what it must come to."""
    claims = {name: list(claim(policies, days)) for name, claim in CLAIMS.items()}
    hidden = {other for name, others in HIDING.items() if claims[name] for other in others}
    return {
        name: _of(name, found, name in hidden, policies, days) for name, found in claims.items()
    }


def _of(
    name: str, found: Sequence[Claim], hidden: bool, policies: Policies, days: Sequence[PaperDay]
) -> Expected:
    if name in OUT_OF_SCOPE.get(policies.holds, ()):
        return Expected(frozenset({NOT_APPLICABLE}), "declared not held")
    if policies.at_login and name in ("G4", "G8"):
        # Who teaches as well is expected, and can be missing before the roles are compared.
        states = {NOT_APPLICABLE, *((NOT_PROVEN,) if hidden and name == "G8" else ())}
        return Expected(frozenset(states), "contacts and staff come at their first login")
    if name == "T5":
        return _single_records(found, policies, days)
    definite = [claim for claim in found if not claim.open]
    if definite:
        return Expected(frozenset({NOT_MET}), str(definite[0]))
    beyond = name == "R2" and policies.reading == "big-page"
    if found:
        states = {MET, NOT_MET, NOT_PROVEN, *((MANUAL,) if beyond else ())}
        return Expected(frozenset(states), f"open: {found[0]}")
    if beyond:
        return Expected(
            frozenset({NOT_MET, NOT_PROVEN, MANUAL}), "what is beyond 10,000 records is lost"
        )
    if name == "G4" and not _ever_held(days, "contact"):
        return Expected(frozenset({NOT_PROVEN}), "contacts are held, and none was delivered")
    if name == "T3" and policies.failure != "retry":
        return Expected(frozenset({MET, NOT_PROVEN, NOT_APPLICABLE}), "nothing is ever retried")
    if hidden:
        return Expected(frozenset({MET, NOT_PROVEN}), "whole, but something else may hide it")
    return Expected(frozenset({MET}), "whole")


def _single_records(
    found: Sequence[Claim], policies: Policies, days: Sequence[PaperDay]
) -> Expected:
    """T5 speaks of apps that ask for single records, or for lists that hang on one."""
    if policies.reading != "class-members":
        return Expected(frozenset({NOT_APPLICABLE}), "no single record is asked for")
    definite = [claim for claim in found if not claim.open]
    if definite:
        return Expected(frozenset({NOT_MET}), str(definite[0]))
    if found:
        return Expected(frozenset({MET, NOT_MET, NOT_PROVEN}), f"open: {found[0]}")
    return Expected(frozenset({MET, NOT_PROVEN}), "the rest is synced")


def _ever_held(days: Sequence[PaperDay], role: str) -> bool:
    return any(held.role == role for day in days for user in day.after.users for held in user.roles)
