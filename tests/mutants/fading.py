"""Mistakes with values that a record had and has no more: updates that creating does not share."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Person, Roster
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids

UNSAID = "\0"
"""Stands for an address of which Clever's record says nothing."""


@mutant(
    "writes-only-what-is-said",
    sees="mail still goes to an address that the school has closed",
    mistake="keeps the e-mail address of a user whose record has none or null instead",
    cause="never-clears:email",
    breaks={"R5"},
    plays={"odd-values"},
)
class WritesOnlyWhatIsSaid(DemoAdapter):
    """What a record does not say has not changed: that is how PATCH works."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            return person if record.get("email") is not None else replace(person, email=UNSAID)

    class store(Store):
        def create(self, table: str, district: int, row: Row) -> int:
            return super().create(table, district, _said(row, email=None))

        def update(self, table: str, known: int, row: Row) -> None:
            kept = {key: value for key, value in row.items() if value != UNSAID}
            super().update(table, known, kept)


def _said(row: Row, **instead: None) -> Row:
    return {**row, **{key: value for key, value in instead.items() if row.get(key) == UNSAID}}


@mutant(
    "breaks-on-what-it-has-to-clear",
    sees="nothing is updated any more, since one student has lost the date of birth",
    mistake="ends the sync at a student without `dob` who had one",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={"R5", "R7"},
    plays={"odd-values"},
)
class BreaksOnWhatItHasToClear(DemoAdapter):
    """Whoever has a date of birth keeps it, so that it can be compared."""

    class reader(Reader):
        born: Mapping[str, object] = {}

        def read(self) -> Roster:
            self.born = {}
            return super().read()

        def person(self, record: Record) -> Person:
            student = (record.get("roles") or {}).get("student") or {}
            self.born = {**self.born, record["id"]: student.get("dob")}
            return super().person(record)

    class district_sync(DistrictSync):
        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            assert isinstance(self.reader, BreaksOnWhatItHasToClear.reader)
            for person, born in self.reader.born.items():
                if BORN.get(person) and not born:
                    raise TypeError("'NoneType' object is not subscriptable")
                BORN[person] = born
            return super().save(district, roster)


BORN: dict[str, object] = {}
"""Student → date of birth, as of the sync before."""


@mutant(
    "keeps-names-that-are-gone",
    sees="a course shows a name that the district has taken away",
    mistake="keeps the name of a course or a term that has none any more",
    cause="never-clears:name",
    breaks={"R5"},
    plays={"odd-values"},
)
class KeepsNamesThatAreGone(DemoAdapter):
    """Without a name nothing can be listed."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            if table in ("courses", "terms") and row["name"] is None:
                row = {key: value for key, value in row.items() if key != "name"}
            super().update(table, known, row)
