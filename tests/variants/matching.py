"""Other, equally honest ways with the accounts people had before Clever."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
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
            by_former_id = False

            def keys(self, student: bool, email: str | None, number: str | None) -> Iterable[Key]:
                return super().keys(student, None, number)


@variant("matches-by-address", "it matches by address alone, and says so")
class MatchesByAddress(DemoAdapter):
    """Our accounts from before have no numbers."""

    profile = replace(
        PROFILE,
        declares={**DECLARES, "matching-students": ("email",), "matching-teachers": ("email",)},
    )

    class district_sync(DistrictSync):
        class matching(Matching):
            by_former_id = False

            def keys(self, student: bool, email: str | None, number: str | None) -> Iterable[Key]:
                return super().keys(student, email, None)


@variant("asks-the-name-in-doubt", "an account that fits several people goes to their namesake")
class AsksTheNameInDoubt(DemoAdapter):
    """Of those whom an account fits, it is the one's who is called like its owner."""

    class district_sync(DistrictSync):
        class matching(Matching):
            def accounts_of(self, people: Iterable[Person]) -> Iterator[tuple[Person, int]]:
                fitting = [(person, self.account_of(person)) for person in people]
                times = Counter(account for _, account in fitting)
                for person, account in fitting:
                    if account is not None and (
                        times[account] == 1 or self.named(account) == person.first_name
                    ):
                        yield person, account

            def named(self, account: int) -> str | None:
                row = self.store.db.execute(
                    "SELECT first_name FROM users WHERE id = ?", (account,)
                ).fetchone()
                return str(row["first_name"])


@variant("undeclared-matching", "it matches nobody and declares nothing, so a person must tell")
class Undeclared(StartsNewAccounts):
    """It has not made up its mind, and has not said so either."""

    profile = replace(
        PROFILE,
        declares={key: row for key, row in DECLARES.items() if not key.startswith("matching")},
    )
