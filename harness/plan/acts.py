"""Acts: what a step says people do in the app, as the plan keeps it."""

from __future__ import annotations

from collections.abc import Mapping

from harness.plan.plan import ActKind, OldAccount, PlacedAct

_OF_ANOTHER = {
    "namesake": (OldAccount.NAME, "has a namesake with an account"),
    "teacher with the number": (OldAccount.ROLE, "shares a number with a teacher's account"),
}
_OWN = {
    "e-mail address": (OldAccount.EMAIL, "has an account with the same e-mail address"),
    "student number": (OldAccount.NUMBER, "has an account with the same student number"),
}


def old_account(edge_case: str, groups: Mapping[str, str]) -> PlacedAct:
    """An account from before Clever, from the groups of `OLD_ACCOUNT`."""
    if other := groups.get("other"):
        what, words = _OF_ANOTHER[other]
    else:
        what, words = _OWN[groups["same"]]
    return PlacedAct(
        edge_case=edge_case,
        person=groups["who"],
        act=words,
        day=groups["day"],
        kind=ActKind.ACCOUNT,
        what=what,
    )
