"""Other, equally honest ways with the accounts people had before Clever."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from harness.contract.declarations import NONE
from harness.demo.adapter import DemoAdapter
from harness.demo.matching import Key, Matching
from harness.demo.profile import DECLARES, PROFILE
from harness.demo.registry import variant
from harness.demo.roster import Person
from harness.demo.sync import DistrictSync


@variant("starts-new-accounts", "it matches nobody to accounts from before, and says so")
class StartsNewAccounts(DemoAdapter):
    """Whoever comes through Clever starts with an empty shelf, and the contract says so."""

    profile = replace(
        PROFILE,
        declares={**DECLARES, "matching-students": (NONE,), "matching-teachers": (NONE,)},
    )

    class district_sync(DistrictSync):
        class matching(Matching):
            def account_of(self, person: Person) -> int | None:
                return None


@variant("matches-by-number", "it matches by number alone, and says so")
class MatchesByNumber(DemoAdapter):
    """Addresses are passed on from leavers to newcomers here; numbers are not."""

    profile = replace(
        PROFILE,
        declares={**DECLARES, "matching-students": ("number",), "matching-teachers": ("number",)},
    )

    class district_sync(DistrictSync):
        class matching(Matching):
            def keys(self, student: bool, email: str | None, number: str | None) -> Iterable[Key]:
                return super().keys(student, None, number)


@variant("undeclared-matching", "it matches nobody and declares nothing, so a person must tell")
class Undeclared(StartsNewAccounts):
    """It has not made up its mind, and has not said so either."""

    profile = replace(
        PROFILE,
        declares={key: row for key, row in DECLARES.items() if not key.startswith("matching")},
    )
