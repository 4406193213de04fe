"""Acts: what people do in the app, and the accounts they had in it before Clever."""

from __future__ import annotations

from collections.abc import Callable

from harness.contract.edit import EditKind
from harness.plan.demands import Demands
from harness.plan.names import listed
from harness.plan.phrases.phrase import DAY, GIVEN, SECTION, WHEN, WHO, Groups, Phrase, when
from harness.plan.plan import OldAccount, PlacedAct

_OF_ANOTHER = {
    "namesake": (OldAccount.NAME, "has a namesake with an account"),
    "teacher with the number": (OldAccount.ROLE, "shares a number with a teacher's account"),
}
_OWN = {
    "e-mail address": (OldAccount.EMAIL, "has an account with the same e-mail address"),
    "e-mail address in other capitals": (
        OldAccount.CAPITALS,
        "has an account with the same e-mail address in other capitals",
    ),
    "student number": (OldAccount.NUMBER, "has an account with the same student number"),
    "former Clever ID": (OldAccount.FORMER_ID, "has an account with the same former Clever ID"),
    "shared e-mail address": (
        OldAccount.SHARED,
        "has an account with the same shared e-mail address",
    ),
}
_ADDRESS_OF_ANOTHER = OldAccount.MIXED, "has an account with the e-mail address of another person"


def _old_account(demands: Demands, groups: Groups) -> None:
    if "owner" in groups:
        account, words = _ADDRESS_OF_ANOTHER
    else:
        other = groups.get("other")
        account, words = _OF_ANOTHER[other] if other else _OWN[groups["same"]]
    demands.acts.append(
        PlacedAct(
            edge_case=demands.given_case().id,
            person=groups["who"],
            act=words,
            day=groups["day"],
            account=account,
            other=groups.get("owner", ""),
        )
    )


def _lessons(demands: Demands, groups: Groups) -> None:
    edge_case, day = demands.given_case().id, groups["day"]
    for person in listed(groups["who"]):
        act = PlacedAct(edge_case=edge_case, person=person, act="finishes a lesson", day=day)
        demands.acts.append(act)


def _edit(kind: EditKind) -> Callable[[Demands, Groups], None]:
    def places(demands: Demands, groups: Groups) -> None:
        demands.acts.append(
            PlacedAct(
                edge_case=demands.given_case().id,
                person=groups["who"],
                act=groups["act"],
                day=groups["day"],
                edit=kind,
                section=groups.get("section", ""),
            )
        )

    return places


OLD_ACCOUNT = Phrase(
    (GIVEN,),
    rf"on {DAY} (?:a (?P<other>namesake|teacher with the number) of )?{WHO} has an account"
    r"(?(other)| with (?:the e-mail address of (?P<owner>.+)|the same (?P<same>e-mail address"
    r"(?: in other capitals)?|student number|former Clever ID|shared e-mail address)))",
    _old_account,
    of_before=True,
)
FINISHES = Phrase((GIVEN, WHEN), rf"on {DAY} {WHO} finish(?:es)? a lesson", _lessons)
ADD_ROLE = when(
    rf"on {DAY} {WHO} (?P<act>is manually made an administrator)", _edit(EditKind.ADD_ROLE)
)
CREATE_USER = when(
    rf"on {DAY} {WHO} (?P<act>manually creates a guest account)", _edit(EditKind.CREATE_USER)
)
CREATE_GROUP = when(rf"on {DAY} {WHO} (?P<act>are manually grouped)", _edit(EditKind.CREATE_GROUP))
SPLIT_SECTION = when(
    rf"on {DAY} {WHO} (?P<act>(?:is|are) manually put into a subgroup of {SECTION})",
    _edit(EditKind.SPLIT_SECTION),
)
ADD_STUDENT = when(
    rf"on {DAY} {WHO} (?P<act>is manually added to {SECTION})", _edit(EditKind.ADD_STUDENT)
)
REMOVE_STUDENT = when(
    rf"on {DAY} {WHO} (?P<act>is manually removed from {SECTION})", _edit(EditKind.REMOVE_STUDENT)
)
RENAME_SECTION = when(
    rf"on {DAY} {WHO} (?P<act>manually renames {SECTION})", _edit(EditKind.RENAME_SECTION)
)
EDITS = (
    ADD_ROLE,
    CREATE_USER,
    CREATE_GROUP,
    SPLIT_SECTION,
    ADD_STUDENT,
    REMOVE_STUDENT,
    RENAME_SECTION,
)
