"""Mistakes in telling who is who."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from dataclasses import replace

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader, text
from harness.demo.registry import mutant
from harness.demo.roster import Person
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store

DUPLICATES_ALLOWED = SCHEMA.replace("clever_id TEXT UNIQUE", "clever_id TEXT")
"""Tables whose key is something else than the Clever id."""


@mutant(
    "keyed-on-sis-id",
    sees="people with one number, also of two districts, share an account",
    mistake="finds users by `sis_id` alone instead of Clever id",
    cause="looked-up-by:number",
    breaks={"R1", "R4"},
)
class KeyedOnSisId(DemoAdapter):
    """The district's own number is what our customers know and search for."""

    class store(Store):
        schema = DUPLICATES_ALLOWED

        def find(self, table: str, row: Row) -> int | None:
            if table == "users" and row["sis_id"]:
                return self.value("SELECT id FROM users WHERE sis_id = ?", row["sis_id"])
            return super().find(table, row)


@mutant(
    "keyed-on-own-numbers",
    sees="a student whose number the school corrects begins anew",
    mistake="finds people by `student_number` or `teacher_number`, by Clever id only without one",
    cause="looked-up-by:own-number",
    breaks={"R1"},
)
class KeyedOnOwnNumbers(DemoAdapter):
    """The number is on everybody's card; who has none is found by what Clever calls them."""

    class reader(Reader):
        def sis_id(self, roles: dict[str, Record]) -> str | None:
            own = (text(fields, f"{role}_number") for role, fields in roles.items())
            return next(filter(None, own), None)

    class store(Store):
        schema = DUPLICATES_ALLOWED

        def save(self, table: str, district: int, row: Row) -> int:
            self.district_id = district
            return super().save(table, district, row)

        def find(self, table: str, row: Row) -> int | None:
            if table == "users" and row["sis_id"]:
                query = (
                    "SELECT id FROM users WHERE sis_id = ? AND district_id = ? AND clever_id != ''"
                )
                return self.value(query, row["sis_id"], self.district_id)
            return super().find(table, row)


@mutant(
    "keyed-on-name",
    sees="terms or courses of one name are one",
    mistake="finds terms and courses by name instead of Clever id",
    cause="looked-up-by:name",
    breaks={"R1"},
    blocks={"R5", "R6"},
)
class KeyedOnName(DemoAdapter):
    """Terms and courses are only labels; one row for each label is tidier."""

    class store(Store):
        schema = DUPLICATES_ALLOWED

        def save(self, table: str, district: int, row: Row) -> int:
            self.district_id = district
            return super().save(table, district, row)

        def find(self, table: str, row: Row) -> int | None:
            queries = {
                "terms": "SELECT id FROM terms WHERE name = ? AND district_id = ?",
                "courses": "SELECT id FROM courses WHERE name = ? AND district_id = ?",
            }
            if table in queries and row["name"]:
                return self.value(queries[table], row["name"], self.district_id)
            return super().find(table, row)


@mutant(
    "keyed-on-any-name",
    sees="terms or courses of one name are one, and so are those without any",
    mistake="finds terms and courses by name instead of Clever id, without a name as well",
    cause="looked-up-by:name",
    breaks={"R1"},
    blocks={"R2", "R5", "R6", "R7"},
    plays={"odd-values"},
)
class KeyedOnAnyName(KeyedOnName):
    """What has no name is in the dictionary, too, once."""

    class store(KeyedOnName.store):
        def find(self, table: str, row: Row) -> int | None:
            if table in ("terms", "courses") and not row["name"]:
                query = f"SELECT id FROM {table} WHERE coalesce(name, '') = '' AND district_id = ?"
                return self.value(query, self.district_id)
            return super().find(table, row)


@mutant(
    "one-term-of-a-name-and-start",
    sees="terms of several schools that begin on one day are one",
    mistake="gives a new term the row of a term that has the same name and first day",
    cause="looked-up-by:name",
    breaks={"R1"},
    blocks={"R2", "R5", "R6"},
)
class OneTermOfANameAndStart(KeyedOnName):
    """A term that is called the same and begins on the same day is the same term."""

    class store(KeyedOnName.store):
        def find(self, table: str, row: Row) -> int | None:
            known = Store.find(self, table, row)
            if table != "terms" or known is not None:
                return known
            query = "SELECT id FROM terms WHERE name = ? AND start_date = ? AND district_id = ?"
            return self.value(query, row["name"], row["start_date"], self.district_id)


@mutant(
    "not-idempotent",
    sees="contacts and administrators get a new account every night",
    mistake="never finds users again who have no `sis_id`",
    cause="adds-again",
    breaks={"R1", "G5"},
)
class NotIdempotent(DemoAdapter):
    """People without a number of the district are matched on that number like everybody else."""

    class store(Store):
        schema = DUPLICATES_ALLOWED

        def find(self, table: str, row: Row) -> int | None:
            if table == "users" and row["sis_id"] is None:
                return None
            return super().find(table, row)


@mutant(
    "rebuilds-classes",
    sees="links to a class are dead the next morning",
    mistake="deletes and creates all sections in every sync",
    cause="recreates",
    breaks={"R6", "G5"},
)
class RebuildsClasses(DemoAdapter):
    """Classes are easier to build anew every night than to compare."""

    class store(Store):
        def find(self, table: str, row: Row) -> int | None:
            if table == "sections":
                self.db.execute("DELETE FROM sections WHERE clever_id = ?", (row["clever_id"],))
            return super().find(table, row)


@mutant(
    "replaces-accounts",
    sees="everybody begins anew every morning, without the work of the day before",
    mistake="replaces the row of every user in every sync (INSERT OR REPLACE)",
    cause="recreates",
    breaks={"R1", "R4", "R6", "R8", "G5", "D1", "D2"},
)
class ReplacesAccounts(DemoAdapter):
    """One statement writes a record, whether it is there or not."""

    class store(Store):
        def find(self, table: str, row: Row) -> int | None:
            known = super().find(table, row)
            if table != "users" or known is None:
                return known
            self.db.execute("DELETE FROM progress WHERE user_id = ?", (known,))
            self.db.execute("DELETE FROM users WHERE id = ?", (known,))
            return None


@mutant(
    "keyed-on-legacy-id",
    sees="who gives up teaching has a second account",
    mistake="finds employees by the `legacy_id` of their first role instead of Clever id",
    cause="looked-up-by:legacy_id",
    breaks={"R1"},
)
class KeyedOnLegacyId(DemoAdapter):
    """Version 2 gave every role an id of its own, and our tables still have it."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            roles = self.held(record["roles"])
            kept = (roles[role] for role in ("teacher", "staff", "district_admin") if role in roles)
            former = next((role.get("legacy_id") for role in kept), None)
            return replace(super().person(record), grade=former)

    class store(Store):
        schema = DUPLICATES_ALLOWED

        def find(self, table: str, row: Row) -> int | None:
            if table == "users" and row["grade"]:
                return self.value("SELECT id FROM users WHERE grade = ?", row["grade"])
            return super().find(table, row)


@mutant(
    "keyed-on-created",
    sees="who is created anew has a second account",
    mistake="finds users by Clever id and `created`",
    cause="looked-up-by:created",
    breaks={"R1", "R6"},
)
class KeyedOnCreated(DemoAdapter):
    """A record that was created on another day is another record."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            return replace(super().person(record), grade=record["created"])

    class store(Store):
        schema = DUPLICATES_ALLOWED

        def find(self, table: str, row: Row) -> int | None:
            known = super().find(table, row)
            if table != "users" or known is None:
                return known
            query = "SELECT id FROM users WHERE clever_id = ? AND grade = ?"
            return self.value(query, row["clever_id"], row["grade"])
