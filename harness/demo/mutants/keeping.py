"""Mistakes in what is kept: who is who, what becomes of those who leave, and whose work it is."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app
# ruff: noqa: S608 - the names of tables in these statements are our own constants

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from harness.contract.declarations import YES
from harness.demo.adapter import DemoAdapter
from harness.demo.profile import DECLARES, PROFILE
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync

DUPLICATES_ALLOWED = SCHEMA.replace("clever_id TEXT UNIQUE", "clever_id TEXT")
"""Tables whose key is something else than the Clever id."""


@mutant(
    "keyed-on-email",
    sees="people who share an address share an account; a new address is a new account",
    mistake="finds users by e-mail address instead of Clever id",
    cause="looked-up-by:email",
    breaks={"R1", "R6", "R9"},
    blocks={"R5", "R8", "G4"},
)
class KeyedOnEmail(DemoAdapter):
    """People sign in with their e-mail address, so that is their account."""

    class store(Store):
        schema = DUPLICATES_ALLOWED

        def find(self, table: str, row: Row) -> int | None:
            if table == "users" and row["email"]:
                return self.value("SELECT id FROM users WHERE email = ?", row["email"])
            return super().find(table, row)


@mutant(
    "new-account-on-return",
    sees="who comes back finds an empty account",
    mistake="creates a second account for an archived user who is shared again",
    cause="new-record-for-known",
    breaks={"R1", "R6"},
)
class NewAccountOnReturn(DemoAdapter):
    """Archived accounts are out of the way; who comes back starts afresh."""

    class store(Store):
        schema = DUPLICATES_ALLOWED

        def find(self, table: str, row: Row) -> int | None:
            known = super().find(table, row)
            if table != "users" or known is None:
                return known
            return self.value(
                "SELECT id FROM users WHERE clever_id = ? AND NOT archived", row["clever_id"]
            )


@mutant(
    "hard-delete",
    sees="who comes back has lost everything",
    mistake="deletes what is no longer shared, with all that hangs on it",
    cause="deletes-instead-of-archiving",
    breaks={"R6", "R8"},
)
class HardDelete(DemoAdapter):
    """Privacy law: whoever is gone from Clever is gone from our database."""

    class store(Store):
        def archive(self, table: str, rows: Collection[int]) -> None:
            if table == "users":
                self.each("DELETE FROM progress WHERE user_id = ?", ((row,) for row in rows))
            self.each(f"DELETE FROM {table} WHERE id = ?", ((row,) for row in rows))


@mutant(
    "never-archives",
    sees="who has left can still sign in",
    mistake="does nothing about records that are no longer shared",
    cause="keeps-active",
    breaks={"R6"},
)
class NeverArchives(DemoAdapter):
    """Accounts that are not used do no harm."""

    class store(Store):
        def archive(self, table: str, rows: Collection[int]) -> None:
            pass


@mutant(
    "never-restores",
    sees="who comes back stays locked out",
    mistake="updates an archived record that is shared again and leaves it archived",
    cause="never-restores",
    breaks={"R6"},
    blocks={"R5", "R8", "R9", "G2", "G4", "G6", "T7"},
)
class NeverRestores(DemoAdapter):
    """Archiving was a decision; nobody decided to undo it."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            self.write(table, known, row)


@mutant(
    "crosses-districts",
    sees="the sync of one district locks out another",
    mistake="archives everything that is not in the reading, whichever district it belongs to",
    cause="touches-another-district",
    breaks={"G6"},
    blocks={"T1"},
)
class CrossesDistricts(DemoAdapter):
    """Whoever was not in tonight's data has left. It worked as long as we had one customer."""

    class store(Store):
        def active(self, table: str, district: int) -> set[int]:
            query = f"SELECT id FROM {table} WHERE clever_id IS NOT NULL AND NOT archived"
            return {row["id"] for row in self.db.execute(query)}


@mutant(
    "never-clears",
    sees="an address that was taken away stays in use",
    mistake="writes only values that Clever gives, so that none ever becomes empty",
    cause="never-clears",
    breaks={"R5"},
)
class NeverClears(DemoAdapter):
    """What Clever leaves empty says nothing, so what we know stays."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            given = {column: value for column, value in row.items() if value is not None}
            super().update(table, known, given)


@mutant(
    "history-tied-to-section",
    sees="work is lost when a class is closed or left",
    mistake="deletes the progress of students who leave a section or whose section is archived",
    cause="work-tied-to-class",
    breaks={"R8"},
)
class HistoryTiedToSection(DemoAdapter):
    """Work is done in a class. Who leaves it, or whose class is closed, hands the books in."""

    class store(Store):
        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            before = self.members(section)
            super().set_members(section, role, people)
            self.hand_in(before - self.members(section))

        def archive(self, table: str, rows: Collection[int]) -> None:
            if table == "sections":
                self.hand_in({member for row in rows for member in self.members(row)})
            super().archive(table, rows)

        def members(self, section: int) -> set[int]:
            query = "SELECT user_id FROM members WHERE section_id = ?"
            return {row["user_id"] for row in self.db.execute(query, (section,))}

        def hand_in(self, users: Iterable[int]) -> None:
            self.each("DELETE FROM progress WHERE user_id = ?", ((user,) for user in users))


@mutant(
    "dies-on-travellers",
    sees="nothing is updated any more",
    mistake="raises an exception when an administrator has more than two schools",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={"G2"},
)
class DiesOnTravellers(DemoAdapter):
    """The timetable of an administrator has two columns: a school in the morning, one after."""

    class district_sync(DistrictSync):
        def apply(self, roster: Roster) -> None:
            for person in roster.people:
                for role in person.roles:
                    if role.name == "staff":
                        _morning, *_afternoon = role.schools
                        if len(_afternoon) > 1:
                            raise ValueError(f"no column for {len(role.schools)} schools")
            super().apply(roster)


@mutant(
    "claims-archiving",
    sees="who has left is said to be archived and signs in",
    mistake="declares archiving, and archives nothing",
    cause="keeps-active",
    breaks={"R6", "D1"},
)
class ClaimsArchiving(NeverArchives):
    """Leavers are archived, says the form that nobody tried out."""

    profile = replace(PROFILE, declares={**DECLARES, "archives": (YES,)})
