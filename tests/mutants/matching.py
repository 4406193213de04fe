"""Mistakes in finding the accounts people had before Clever."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from harness.demo.adapter import DemoAdapter
from harness.demo.matching import Key, Matching
from harness.demo.registry import mutant
from harness.demo.roster import Person
from harness.demo.store import Held, Row, Store
from harness.demo.sync import DistrictSync


@mutant(
    "matches-by-name",
    sees="a student finds the work of a namesake",
    mistake="gives people accounts from before Clever that have the same name",
    cause="accounts-matched-by-name",
    breaks={"R4"},
)
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


@mutant(
    "doubles-matched-accounts",
    sees="who used the app before Clever starts anew",
    mistake="declares that accounts from before are matched, and matches none",
    cause="second-accounts",
    breaks={"R4", "D1"},
    plays={"comings-and-goings"},
)
class DoublesMatchedAccounts(DemoAdapter):
    """Whoever comes through Clever is new; who misses an old account can ask the support."""

    class district_sync(DistrictSync):
        class matching(Matching):
            def account_of(self, person: Person) -> int | None:
                return None


@mutant(
    "matches-by-exact-spelling",
    sees="whose address was typed with a capital letter starts anew",
    mistake="compares e-mail addresses with their capital letters when it looks for accounts from "
    "before Clever",
    cause="addresses-compared-with-case",
    breaks={"R4"},
)
class MatchesByExactSpelling(DemoAdapter):
    """An address is a string, and strings are equal or they are not."""

    class district_sync(DistrictSync):
        class matching(Matching):
            def keys(self, student: bool, email: str | None, number: str | None) -> Iterable[Key]:
                if email:
                    yield "email", student, email
                yield from super().keys(student, None, number)


@mutant(
    "merges-across-roles",
    sees="a student finds the account of a teacher",
    mistake="matches numbers of students with those of teachers",
    cause="accounts-matched-across-roles",
    breaks={"R4"},
)
class MergesAcrossRoles(DemoAdapter):
    """A number is a number, whoever has it."""

    class district_sync(DistrictSync):
        class matching(Matching):
            def keys(self, student: bool, email: str | None, number: str | None) -> Iterable[Key]:
                return super().keys(False, email, number)


@mutant(
    "files-accounts-by-integers",
    sees="a child finds the work of another, whose number is the same but for its zeros",
    mistake="takes numbers for integers when it looks for accounts from before Clever",
    cause="numbers-compared-without-zeros",
    breaks={"R4", "G9", "D1"},
    plays={"comings-and-goings"},
)
class FilesAccountsByIntegers(DemoAdapter):
    """A number is an integer, and whoever comes first takes the account from the file."""

    class district_sync(DistrictSync):
        class matching(Matching):
            def accounts_of(self, people: Iterable[Person]) -> Iterator[tuple[Person, int]]:
                others, given = [], set()
                numbered = {
                    (student, int(value)): max(accounts)
                    for (name, student, value), accounts in self.accounts.items()
                    if name == "number" and value.isdigit()
                }
                for person in people:
                    student = any(role.name == "student" for role in person.roles)
                    text = person.sis_id or ""
                    number = int(text) if text.isdigit() else -1
                    if (account := numbered.pop((student, number), None)) is None:
                        others.append(person)
                    else:
                        given.add(account)
                        yield person, account
                for person, account in super().accounts_of(others):
                    if account not in given:
                        yield person, account


@mutant(
    "loses-work-on-match",
    sees="who used the app before Clever finds the account, and it is empty",
    mistake="deletes the work of accounts that it matches",
    cause="work-lost-at-match",
    breaks={"R4"},
)
class LosesWorkOnMatch(DemoAdapter):
    """The shelf is cleared when the account moves to Clever: the books are ordered anew anyway."""

    class district_sync(DistrictSync):
        def match(self, district: int, people: Iterable[Person]) -> None:
            before = self.unmatched(district)
            super().match(district, people)
            matched = before - self.unmatched(district)
            self.store.each("DELETE FROM progress WHERE user_id = ?", ((row,) for row in matched))

        def unmatched(self, district: int) -> set[int]:
            return {account["id"] for account in self.store.before_clever(district)}


@mutant(
    "gives-accounts-to-the-first",
    sees="a child finds the work of a sister",
    mistake="gives an account from before Clever to the first of several people whom it fits",
    cause="accounts-that-fit-several",
    breaks={"G9"},
    plays={"comings-and-goings"},
)
class GivesAccountsToTheFirst(DemoAdapter):
    """Whoever comes first to the desk gets the card."""

    class district_sync(DistrictSync):
        class matching(Matching):
            def accounts_of(self, people: Iterable[Person]) -> Iterator[tuple[Person, int]]:
                given: set[int] = set()
                for person in people:
                    account = self.account_of(person)
                    if account is not None and account not in given:
                        given.add(account)
                        yield person, account


@mutant(
    "knows-one-former-id",
    sees="a teacher who is also staff starts anew",
    mistake="translates the Clever ID of version 2 of a user's first role only",
    cause="second-accounts",
    breaks={"R4", "D1"},
    plays={"comings-and-goings"},
)
class KnowsOneFormerId(DemoAdapter):
    """A user has one id, and so one id of before."""

    class district_sync(DistrictSync):
        class matching(Matching):
            def keys_of_person(self, person: Person) -> Iterable[Key]:
                return super().keys_of_person(replace(person, former_ids=person.former_ids[:1]))


@mutant(
    "merges-siblings",
    sees="two sisters share an account",
    mistake="takes students for the same who have the same address and last name",
    cause="looked-up-by:email",
    breaks={"R1"},
    blocks={"G9"},
    plays={"comings-and-goings"},
)
class MergesSiblings(DemoAdapter):
    """One mailbox, one family name: one child, whom a school has entered twice."""

    class store(Store):
        def find(self, table: str, row: Row) -> int | None:
            known = super().find(table, row)
            if known is not None or table != "users" or not (row["grade"] and row["email"]):
                return known
            return self.value(
                "SELECT id FROM users WHERE email = ? AND last_name = ? AND grade IS NOT NULL"
                " AND clever_id IS NOT NULL AND NOT archived",
                row["email"],
                row["last_name"],
            )


@mutant(
    "matches-when-a-district-connects",
    sees="whose class joins in autumn starts anew",
    mistake="looks for accounts from before Clever in the first sync of a district alone",
    cause="accounts-matched-once",
    breaks={"R4", "D1"},
)
class MatchesWhenADistrictConnects(DemoAdapter):
    """There is a wizard for that, and it is done when everybody is there."""

    class district_sync(DistrictSync):
        def match(self, district: int, people: Iterable[Person]) -> None:
            known = "SELECT 1 FROM users WHERE district_id = ? AND clever_id IS NOT NULL"
            if self.store.value(known, district) is None:
                super().match(district, people)
