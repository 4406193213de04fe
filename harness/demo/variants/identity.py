"""Other, equally good ways of knowing who is who."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Row as Held

from harness.demo.adapter import DemoAdapter
from harness.demo.export import Export
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


class CleverIdKey(DemoAdapter):
    """Its key is the Clever id; there is no other id by which the app knows a record."""

    class export(Export):
        def app_id(self, row: Held) -> str:
            return str(row["clever_id"] or row["id"])


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
