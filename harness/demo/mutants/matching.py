"""Mistakes in finding the accounts people had before Clever."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable

from harness.demo.adapter import DemoAdapter
from harness.demo.matching import Key, Matching
from harness.demo.roster import Person
from harness.demo.store import Held
from harness.demo.sync import DistrictSync


class MatchesByName(DemoAdapter):
    """How many Lenas of one family name can there be?"""

    class district_sync(DistrictSync):
        class matching(Matching):
            def keys_of_account(self, row: Held) -> Iterable[Key]:
                yield from super().keys_of_account(row)
                yield self.named(row["role"] == "student", row["first_name"], row["last_name"])

            def keys_of_person(self, person: Person) -> Iterable[Key]:
                yield from super().keys_of_person(person)
                student = any(role.name == "student" for role in person.roles)
                yield self.named(student, person.first_name, person.last_name)

            def named(self, student: bool, first: str | None, last: str | None) -> Key:
                return "name", student, f"{first} {last}".lower()


class DoublesMatchedAccounts(DemoAdapter):
    """Whoever comes through Clever is new; who misses an old account can ask the support."""

    class district_sync(DistrictSync):
        class matching(Matching):
            def account_of(self, person: Person) -> int | None:
                return None


class MergesAcrossRoles(DemoAdapter):
    """A number is a number, whoever has it."""

    class district_sync(DistrictSync):
        class matching(Matching):
            def keys(self, student: bool, email: str | None, number: str | None) -> Iterable[Key]:
                return super().keys(False, email, number)


class LosesWorkOnMatch(DemoAdapter):
    """The shelf is cleared when the account moves to Clever: the books are ordered anew anyway."""

    class district_sync(DistrictSync):
        class matching(Matching):
            def adopt(self, account: int) -> None:
                self.store.db.execute("DELETE FROM progress WHERE user_id = ?", (account,))
