"""Mistakes with numbers, usernames and addresses that go from one person to another."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record
from harness.demo.export import PROGRESS, Export
from harness.demo.reader import Reader, text
from harness.demo.registry import mutant
from harness.demo.roster import Person, Roster
from harness.demo.schema import SCHEMA
from harness.demo.store import Held, Row, Store
from harness.demo.sync import DistrictSync, Ids

HERE = {"comings-and-goings"}


class NumberReader(Reader):
    """Also reads the numbers that are on people's cards, each with its role."""

    def __init__(self, client: Client) -> None:
        super().__init__(client)
        self.numbers: dict[str, tuple[str, ...]] = {}

    def person(self, record: Record) -> Person:
        roles = self.held(record.get("roles") or {})
        own = ((role, text(fields, f"{role}_number")) for role, fields in roles.items())
        self.numbers[record["id"]] = tuple(f"{role} {number}" for role, number in own if number)
        return super().person(record)


class NumberStore(Store):
    """Also knows the numbers of the people it holds."""

    schema = SCHEMA + (
        "CREATE TABLE IF NOT EXISTS numbers (user_id INTEGER, district_id INTEGER, number TEXT);"
    )
    read: Mapping[str, tuple[str, ...]] = {}

    def save(self, table: str, district: int, row: Row) -> int:
        if table != "users":
            return super().save(table, district, row)
        numbers = self.read.get(str(row["clever_id"]), ())
        if self.find(table, row) is None:
            for number in numbers:
                if holder := self.holder(number, district):
                    self.write(table, holder, row)
        user = super().save(table, district, row)
        self.keep(user, district, numbers)
        return user

    def holder(self, number: str, district: int) -> int | None:
        """Whose account somebody new with this number gets."""
        return None

    def account_with(self, number: str, district: int, *, archived: bool) -> int | None:
        query = (
            "SELECT users.id FROM users JOIN numbers ON user_id = users.id"
            " WHERE number = ? AND users.district_id = ? AND archived = ?"
        )
        return self.value(query, number, district, archived)

    def keep(self, user: int, district: int, numbers: tuple[str, ...]) -> None:
        self.db.execute("DELETE FROM numbers WHERE user_id = ?", (user,))
        rows = ((user, district, number) for number in numbers)
        self.each("INSERT INTO numbers (user_id, district_id, number) VALUES (?, ?, ?)", rows)


class NumberSync(DistrictSync):
    def save(self, district: int, roster: Roster) -> dict[str, Ids]:
        assert isinstance(self.store, NumberStore)
        assert isinstance(self.reader, NumberReader)
        self.store.read = self.reader.numbers
        return super().save(district, roster)


@mutant(
    "reopens-accounts-by-number",
    sees="a new student finds the lessons of one who has left",
    mistake="gives a new user the archived account with the same `student_number` or"
    " `teacher_number`",
    cause="looked-up-by:own-number",
    breaks={"R1", "R6"},
    plays=HERE,
)
class ReopensAccountsByNumber(DemoAdapter):
    """Who was entered anew at the school has a new Clever ID, and still the old card."""

    reader = NumberReader
    district_sync = NumberSync

    class store(NumberStore):
        def holder(self, number: str, district: int) -> int | None:
            return self.account_with(number, district, archived=True)


@mutant(
    "joins-people-by-number",
    sees="a new student and another one share an account",
    mistake="takes a new user for whoever had the same `student_number` or `teacher_number` last,"
    " and keeps a number that goes",
    cause="looked-up-by:own-number",
    breaks={"R1"},
    plays=HERE,
)
class JoinsPeopleByNumber(DemoAdapter):
    """The same number is the same person, of those who are here."""

    reader = NumberReader
    district_sync = NumberSync

    class store(NumberStore):
        def holder(self, number: str, district: int) -> int | None:
            return self.account_with(number, district, archived=False)

        def keep(self, user: int, district: int, numbers: tuple[str, ...]) -> None:
            if numbers:
                super().keep(user, district, numbers)


@mutant(
    "restores-while-the-number-is-free",
    sees="who comes back stays locked out, because somebody else has the number by now",
    mistake="restores a user only if no active one has the same `student_number` or"
    " `teacher_number`",
    cause="never-restores",
    breaks={"R6"},
    plays=HERE,
)
class RestoresWhileTheNumberIsFree(DemoAdapter):
    """Two people with one number could not both borrow books."""

    reader = NumberReader
    district_sync = NumberSync

    class store(NumberStore):
        def update(self, table: str, known: int, row: Row) -> None:
            archived = self.value(f"SELECT archived FROM {table} WHERE id = ?", known)
            if table == "users" and archived and self.is_taken(known):
                self.write(table, known, row)
            else:
                super().update(table, known, row)

        def is_taken(self, user: int) -> bool:
            query = (
                "SELECT 1 FROM numbers AS own JOIN numbers AS other ON own.number = other.number"
                " AND own.district_id = other.district_id AND own.user_id != other.user_id"
                " JOIN users ON users.id = other.user_id WHERE own.user_id = ? AND NOT archived"
            )
            return self.value(query, user) is not None


@mutant(
    "lets-go-of-who-loses-a-number",
    sees="a student whose number the school takes back cannot sign in",
    mistake="leaves out users who had a `student_number` or `teacher_number` and have none now",
    cause="odd-value:teacher_number",
    breaks={"R7"},
    blocks={"R1"},
    plays=HERE,
)
class LetsGoOfWhoLosesANumber(DemoAdapter):
    """A record without its number was not entered completely, and waits for the next night."""

    reader = NumberReader

    class store(NumberStore):
        def numbered(self, clever_id: str) -> set[str]:
            """The roles in which somebody had a number."""
            query = (
                "SELECT number FROM users JOIN numbers ON user_id = users.id WHERE clever_id = ?"
            )
            rows = self.db.execute(query, (clever_id,))
            return {row["number"].partition(" ")[0] for row in rows}

    class district_sync(NumberSync):
        def read(self) -> Roster:
            roster = super().read()
            return replace(roster, people=tuple(filter(self.is_complete, roster.people)))

        def is_complete(self, person: Person) -> bool:
            assert isinstance(self.store, LetsGoOfWhoLosesANumber.store)
            assert isinstance(self.reader, NumberReader)
            numbered = self.store.numbered(person.clever_id) & {role.name for role in person.roles}
            now = self.reader.numbers[person.clever_id]
            return numbered <= {number.partition(" ")[0] for number in now}


OWN_SHELF = "coalesce((SELECT number FROM numbers WHERE user_id = users.id), users.id)"
ON_SHELVES = PROGRESS.replace("users.id = user_id", f"{OWN_SHELF} = shelf")
"""The work of a district, each piece with whoever has the number that it is stored under."""


@mutant(
    "keeps-work-under-the-number",
    sees="a new student finds the lessons of whoever had the number before",
    mistake="stores work under `student_number` or `teacher_number`, and moves it there when"
    " somebody has another",
    cause="work-moves:own-number",
    breaks={"R8"},
    plays=HERE,
)
class KeepsWorkUnderTheNumber(DemoAdapter):
    """The bookshelves are in the library, where people are their cards."""

    reader = NumberReader
    district_sync = NumberSync

    class store(NumberStore):
        schema = NumberStore.schema.replace("lesson TEXT NOT NULL", "lesson TEXT, shelf TEXT")

        def finish_lesson(self, user: int, lesson: str) -> None:
            self.insert("progress", {"user_id": user, "lesson": lesson, "shelf": self.shelf(user)})

        def keep(self, user: int, district: int, numbers: tuple[str, ...]) -> None:
            before = self.shelf(user)
            super().keep(user, district, numbers)
            if numbers:
                change = "UPDATE progress SET shelf = ? WHERE shelf = ? AND user_id = ?"
                self.db.execute(change, (self.shelf(user), before, user))

        def shelf(self, user: int) -> int | None:
            return self.value(f"SELECT {OWN_SHELF} FROM users WHERE id = ?", user)

    class export(Export):
        def rows(self, query: str) -> Iterable[Held]:
            return super().rows(ON_SHELVES if query == PROGRESS else query)
