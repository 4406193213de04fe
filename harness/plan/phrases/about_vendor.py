"""`Then` steps about what the vendor declares, and about what is the app's own."""

from __future__ import annotations

from harness.contract.declarations import DECLARATIONS
from harness.plan.demands import Demands
from harness.plan.phrases.phrase import SINCE, WHO, Groups, then
from harness.prose import did_you_mean


def _declaration(demands: Demands, groups: Groups) -> None:
    key = groups["key"]
    if key not in DECLARATIONS:
        raise demands.wrong(
            f'nothing that can be declared is called "{key}"',
            did_you_mean(
                key,
                DECLARATIONS,
                otherwise="The keys are in harness/contract/declarations.py.",
            ),
        )


DECLARED = then(r'"(?P<key>[a-z-]+)" is as the vendor declares', _declaration)
ACCOUNTS = then(r"accounts exist for whom the vendor declares")
BACK_IN_GROUPS = then(rf"{WHO} (?:is|are) in the groups of {SINCE} again")
OWN_STAYS = then(r"local users and groups are left alone")
