"""Thens about what the vendor declares, and about what is the app's own."""

from __future__ import annotations

from harness.contract.declarations import DECLARATIONS
from harness.plan.demands import Demands
from harness.plan.phrases.phrase import Groups, then
from harness.prose import did_you_mean


def _claim(demands: Demands, groups: Groups) -> None:
    claim = groups["claim"]
    if claim not in DECLARATIONS:
        raise demands.wrong(
            f'nothing that can be declared is called "{claim}"',
            did_you_mean(
                claim,
                DECLARATIONS,
                otherwise="The keys are in harness/contract/declarations.py.",
            ),
        )


DECLARED = then(r'"(?P<claim>[a-z-]+)" is as the vendor declares', _claim)
OWN_STAYS = then(r"users and groups of the app's own are left alone")
