"""Other, equally good ways of knowing who is who."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Collection, Iterable
from sqlite3 import Row as Held

from harness.demo.adapter import DemoAdapter
from harness.demo.registry import variant
from harness.demo.roster import Person
from harness.demo.rows import user_row
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids

Mark = tuple[object, ...]
"""What tells people apart who have lost their Clever id."""


@variant("unique-email", "no two of its users share an e-mail address")
class UniqueEmail(DemoAdapter):
    """No two users share an e-mail address, in no district; the second goes without."""

    class store(Store):
        schema = SCHEMA.replace("email TEXT", "email TEXT UNIQUE")

        def create(self, table: str, district: int, row: Row) -> int:
            return super().create(table, district, self.free(table, 0, row))

        def update(self, table: str, known: int, row: Row) -> None:
            super().update(table, known, self.free(table, known, row))

        def free(self, table: str, known: int, row: Row) -> Row:
            """The row, without its address if another user has it."""
            if table != "users":
                return row
            query = "SELECT id FROM users WHERE email = ? AND id <> ?"
            taken = self.value(query, row["email"], known)
            return row if taken is None else {**row, "email": None}

    class district_sync(DistrictSync):
        def keep(self, table: str, district: int, rows: Iterable[Row]) -> Ids:
            """Gives out the addresses anew each time, so that two people can exchange theirs."""
            if table == "users":
                self.store.db.execute(
                    "UPDATE users SET email = NULL"
                    " WHERE district_id = ? AND clever_id IS NOT NULL AND NOT archived",
                    (district,),
                )
            return super().keep(table, district, rows)


@variant("matches-again", "who gets another Clever id goes on with the account of before")
class MatchesAgain(DemoAdapter):
    """Whom Clever takes for a new user goes on with the old account, if it is surely theirs."""

    class district_sync(DistrictSync):
        def match(self, district: int, people: Iterable[Person]) -> None:
            super().match(district, people)
            people = tuple(people)
            free = self.free(district, {person.clever_id for person in people})
            for person in people:
                row = user_row(person)
                account = free.get(self.mark(row, any(r.name == "student" for r in person.roles)))
                if account is not None and self.store.find("users", row) is None:
                    self.renew(account, row)

        def free(self, district: int, here: Collection[str]) -> dict[Mark, int]:
            """Accounts of people whom Clever no longer shares, by what nobody else has."""
            rows = self.store.db.execute(
                "SELECT users.*, role FROM users JOIN roles ON user_id = users.id"
                " WHERE district_id = ? AND clever_id IS NOT NULL AND email IS NOT NULL",
                (district,),
            )
            return {
                self.mark(row, row["role"] == "student"): row["id"]
                for row in rows
                if row["clever_id"] not in here
            }

        def mark(self, row: Row | Held, student: bool) -> Mark:
            """The address and the name; each alone can be somebody else's."""
            return row["email"], row["first_name"], row["last_name"], student

        def renew(self, account: int, row: Row) -> None:
            self.store.write("users", account, {"clever_id": row["clever_id"]})


@variant("moves-work-along", "who gets another Clever id has the work in a new account")
class MovesWorkAlong(MatchesAgain):
    """As above, with a new account; the work is moved there, and the old account is archived."""

    class district_sync(MatchesAgain.district_sync):
        def match(self, district: int, people: Iterable[Person]) -> None:
            self.district = district
            super().match(district, people)

        def renew(self, account: int, row: Row) -> None:
            new = self.store.create("users", self.district, row)
            self.store.db.execute(
                "UPDATE progress SET user_id = ? WHERE user_id = ?", (new, account)
            )
