"""Acts: what a step says people do in the app, as the plan keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from harness.contract.edit import EditKind
from harness.plan.plan import ActKind, OldAccount, PlacedAct

_OF_ANOTHER = {
    "namesake": (OldAccount.NAME, "has a namesake with an account"),
    "teacher with the number": (OldAccount.ROLE, "shares a number with a teacher's account"),
}
_OWN = {
    "e-mail address": (OldAccount.EMAIL, "has an account with the same e-mail address"),
    "student number": (OldAccount.NUMBER, "has an account with the same student number"),
}
EDITS: Mapping[EditKind, str] = {
    EditKind.ADD_ROLE: r"(?P<who>.+) (?P<act>is made an administrator by hand)",
    EditKind.CREATE_USER: r"(?P<who>.+) (?P<act>gives a guest an account by hand)",
    EditKind.CREATE_GROUP: r"(?P<who>.+) (?P<act>become a group by hand)",
    EditKind.SPLIT_SECTION: (
        r"(?P<who>.+) (?P<act>(?:becomes|become) a subgroup of (?P<section>.+) by hand)"
    ),
    EditKind.ADD_STUDENT: r"(?P<who>.+) (?P<act>is added to (?P<section>.+) by hand)",
    EditKind.REMOVE_STUDENT: r"(?P<who>.+) (?P<act>is taken out of (?P<section>.+) by hand)",
}
"""What can be done by hand, and how a scenario says it."""


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


def edit(edge_case: str, day: str, deed: str) -> PlacedAct | None:
    """Something done by hand; None when it is none of `EDITS`."""
    for kind, pattern in EDITS.items():
        if found := re.fullmatch(pattern, deed):
            return PlacedAct(
                edge_case=edge_case,
                person=found["who"],
                act=found["act"],
                day=day,
                kind=ActKind.EDIT,
                what=kind,
                section=found.groupdict().get("section", ""),
            )
    return None
