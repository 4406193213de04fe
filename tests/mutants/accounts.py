"""Vendors who declare who has an account, and apps that do not keep to it."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from dataclasses import replace

from variants.accounts import DIRECTORY, OnlyWithAClass, OnlyWithAnAddress, SelectiveReader

from harness.contract.account_rules import AccountRule
from harness.demo.adapter import DemoAdapter
from harness.demo.profile import PROFILE
from harness.demo.registry import mutant
from harness.demo.roster import Person, Roster


@mutant(
    "claims-accounts-at-login",
    sees="teachers who never signed in are listed as users, and are paid for",
    mistake="declares that teachers get accounts at their first login, and its sync creates them",
    cause="contradicts-declarations",
    breaks={"D1"},
)
class ClaimsAccountsAtLogin(DemoAdapter):
    """The sync creates whoever it reads, whatever the form says."""

    profile = replace(PROFILE, declares=DIRECTORY, accounts={"teachers": (AccountRule.AT_LOGIN,)})


@mutant(
    "claims-seats-by-class",
    sees="people without a class are promised to have no account, and have one",
    mistake="declares accounts only for those whom a class lists, and gives everybody one",
    cause="contradicts-declarations",
    breaks={"D1"},
)
class ClaimsSeatsByClass(DemoAdapter):
    """Seats are counted by class on the invoice, and nowhere else."""

    profile = OnlyWithAClass.profile


@mutant(
    "needs-every-address",
    sees="teachers and staff without an e-mail address have no account",
    mistake="declares that students need an e-mail address, and leaves out others without one, too",
    cause="odd-value:email",
    breaks={"R7"},
    blocks={"G4", "R1"},
)
class NeedsEveryAddress(OnlyWithAnAddress):
    """The form for an account has one rule for all."""

    class reader(SelectiveReader):
        def admits(self, person: Person, roster: Roster) -> bool:
            return bool(person.email)
