"""Mistakes about people of two districts who agree in something."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from harness.demo.adapter import DemoAdapter
from harness.demo.registry import mutant
from harness.demo.store import Row, Store


@mutant(
    "knows-addresses-of-all-districts",
    sees="accounts of one district belong to people of another",
    mistake="takes a new user for the one with the same address, in whichever district",
    cause="touches-another-district",
    breaks={"G6", "R1"},
    plays={"odd-values"},
)
class KnowsAddressesOfAllDistricts(DemoAdapter):
    """Everybody in the world has one address."""

    class store(Store):
        def find(self, table: str, row: Row) -> int | None:
            known = super().find(table, row)
            if table != "users" or known is not None or not row["email"]:
                return known
            return self.elsewhere(row)

        def elsewhere(self, row: Row) -> int | None:
            return self.value(
                "SELECT users.id FROM users JOIN roles ON user_id = users.id"
                " WHERE email = ? AND clever_id IS NOT NULL AND district_id <> ?",
                row["email"],
                self.asking,
            )

        asking = 0

        def save(self, table: str, district: int, row: Row) -> int:
            self.asking = district
            return super().save(table, district, row)


@mutant(
    "knows-colleagues-of-all-districts",
    sees="a teacher's account belongs to a namesake of another district",
    mistake="takes a new employee for the one with the same name and address in another district",
    cause="touches-another-district",
    breaks={"G6", "R1"},
    plays={"odd-values"},
)
class KnowsColleaguesOfAllDistricts(DemoAdapter):
    """A teacher who works in two districts has one account, since it is one person."""

    class store(KnowsAddressesOfAllDistricts.store):
        def elsewhere(self, row: Row) -> int | None:
            return self.value(
                "SELECT users.id FROM users JOIN roles ON user_id = users.id"
                " WHERE role IN ('teacher', 'staff') AND clever_id IS NOT NULL"
                " AND email = ? AND first_name = ? AND last_name = ? AND district_id <> ?",
                *(row[column] for column in ("email", "first_name", "last_name")),
                self.asking,
            )
