"""Declared: whether what the vendor says of its app is what the rehearsal saw."""

from __future__ import annotations

from collections.abc import Sequence

from harness.assess.findings import Finding, Shape
from harness.assess.handmade import lasting
from harness.assess.matching import Fate, outcome
from harness.assess.world import World
from harness.contract.adapter import Capability
from harness.contract.claims import CLAIMS, NONE, said_of
from harness.contract.edit import Lasting
from harness.district.records import Kind
from harness.plan.plan import COMMON
from harness.recording.recording import Acted
from harness.suite.checks.examination import Examination
from harness.suite.checks.sentences import sentence

_SEEN = {
    Lasting.PERSISTS: "it was still there after the next sync",
    Lasting.OVERWRITTEN: "the next sync undid it",
    Lasting.NOT_POSSIBLE: "nobody could do it",
}


def nothing_declared(world: World, claim: str) -> str:
    """Why a claim is not judged when the vendor makes none; "" when it makes one."""
    if claim in world.profile.declares:
        return ""
    return f"The vendor declares nothing about {CLAIMS[claim].what}."


def edit_as_declared(world: World, claim: str, acts: Sequence[Acted]) -> Examination:
    """What became of an edit is what the vendor declares of edits of its kind."""
    said = world.profile.declares[claim]
    if Capability.EDITS not in world.capabilities:
        return _unseen(world, claim, "its adapter makes no edits, so nobody saw it")
    seen = Examination()
    for act in acts:
        became = lasting(world, act)
        if became is None:
            seen.not_applicable = _unseen(world, claim, "no look can show it").not_applicable
            continue
        seen.examined += 1
        if became not in said:
            seen.findings.append(
                contradiction(world, claim, act.day, _SEEN[became], observed=became)
            )
    return seen


def matching_as_declared(world: World, claim: str) -> Examination:
    """People are matched to accounts from before by what the vendor declares, and by no more."""
    role = claim.removeprefix("matching-").removesuffix("s")
    tried = [one for act in world.accounts if not act.refused for one in [outcome(world, act)]]
    own = [
        one
        for one in tried
        if one.own
        and one.fate in (Fate.MATCHED, Fate.APART)
        and role in world.roster(COMMON, one.day).users[one.person.clever_id]["roles"]
    ]
    if not own:
        return _unseen(world, claim, "nobody was seen with an account from before")
    said = set(world.profile.declares[claim]) - {NONE}
    seen = Examination()
    for one in own:
        if world.holdings(COMMON, one.day).active(Kind.USERS, one.person.clever_id) is None:
            continue  # presence: nobody is matched who is not there
        seen.examined += 1
        if (one.fate is Fate.MATCHED) != (one.act.what in said):
            words = "was" if one.fate is Fate.MATCHED else "was not"
            by = {"email": "e-mail address", "number": "number"}[one.act.what]
            seen.findings.append(
                contradiction(
                    world,
                    claim,
                    one.day,
                    f"{one.person.name} {words} matched by {by}",
                    observed=f"{words} matched by {by}",
                )
            )
    return seen


def contradiction(world: World, claim: str, day: str, seen: str, *, observed: str) -> Finding:
    """A finding that denies a declaration; `seen` ends the sentence."""
    said = said_of(claim, world.profile.declares[claim])
    return Finding(
        check="",
        day=day,
        district=COMMON,
        shape=Shape.DECLARED,
        kind="",
        clever_id="",
        name=claim,
        sentence=sentence(f"You declare that {said}; {seen}."),
        field=claim,
        expected=", ".join(world.profile.declares[claim]),
        found=observed,
    )


def _unseen(world: World, claim: str, why: str) -> Examination:
    said = said_of(claim, world.profile.declares[claim])
    return Examination(not_applicable=f"The vendor declares that {said}; {why}.")
