"""Mistakes that end a sync: values taken for granted that Clever does not guarantee."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Person
from harness.demo.schema import SCHEMA
from harness.demo.store import Store
from harness.demo.sync import DistrictSync, Ids


@mutant(
    "stops-at-missing-email",
    sees="one person without an address, and nobody is synced",
    mistake="a NOT NULL constraint on the e-mail address of users ends the sync",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={
        "R1",
        "R2",
        "R4",
        "R5",
        "R6",
        "R7",
        "R8",
        "R9",
        "D1",
        "G2",
        "G3",
        "G4",
        "G5",
        "G6",
        "G7",
        "G8",
        "G20",
        "T1",
        "T2",
        "T5",
        "T6",
        "T7",
    },
)
class StopsAtMissingEmail(DemoAdapter):
    """Everybody has an e-mail address."""

    class store(Store):
        schema = SCHEMA.replace(
            "email TEXT", "email TEXT CHECK (email IS NOT NULL OR clever_id IS NULL)"
        )


@mutant(
    "stops-at-missing-first-name",
    sees="one contact, and nobody is synced",
    mistake="takes `name.first` for granted, which contacts do not have",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={
        "R1",
        "R2",
        "R4",
        "R5",
        "R6",
        "R7",
        "R8",
        "R9",
        "D1",
        "G2",
        "G3",
        "G4",
        "G5",
        "G6",
        "G7",
        "G8",
        "G20",
        "T1",
        "T2",
        "T5",
        "T6",
        "T7",
    },
)
class StopsAtMissingFirstName(DemoAdapter):
    """Everybody has a first name."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            record["name"]["first"].strip()
            return super().person(record)


@mutant(
    "stops-at-unknown-member",
    sees="one student who is not shared, and nobody is synced",
    mistake="takes for granted that all ids in a section can be read",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={"R5", "R6", "R8", "R9", "D1", "G2", "G3", "G4", "G7"},
)
class StopsAtUnknownMember(DemoAdapter):
    """Whoever is in a class is among the users."""

    class district_sync(DistrictSync):
        def known(self, people: Iterable[str], users: Ids) -> list[int]:
            return [users[person] for person in people]


@mutant(
    "stops-at-textual-number",
    sees="one number with a letter, and nobody is synced",
    mistake="keeps `sis_id` and `staff_id` as numbers",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={"R2"},
)
class StopsAtTextualNumber(DemoAdapter):
    """Student numbers are numbers."""

    class reader(Reader):
        def sis_id(self, roles: dict[str, Record]) -> str | None:
            number = super().sis_id(roles)
            return None if number is None else str(int(number))
