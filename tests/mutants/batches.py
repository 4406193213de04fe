"""Mistakes about batches: what is written part by part, or swept since nothing wrote it."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from harness.demo.adapter import DemoAdapter
from harness.demo.registry import mutant
from harness.demo.roster import Person, Relationship, Roster
from harness.demo.store import Store
from harness.demo.sync import DistrictSync, Ids

BATCH = 100


@mutant(
    "a-batch-replaces-the-class",
    sees="most students are missing in their classes",
    mistake="sets the members of a section anew with each hundred people",
    cause="members-of-one-page",
    breaks={"R9"},
    blocks={"R5", "R8", "D1"},
    size="full",
)
class ABatchReplacesTheClass(DemoAdapter):
    """People are written in batches, and a class has the members we hear of."""

    class district_sync(DistrictSync):
        def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
            super().link(roster, saved)
            for batch in batches(roster.people):
                known = {person.clever_id: saved["users"][person.clever_id] for person in batch}
                for section in roster.sections:
                    row = saved["sections"][section.clever_id]
                    for role, people in (
                        ("teacher", section.teachers),
                        ("student", section.students),
                    ):
                        if members := self.known(people, known):
                            self.store.set_members(row, role, members)


@mutant(
    "sweeps-unchanged-links",
    sees="contacts do not see their children every other night",
    mistake="removes the relationships of a contact that are as they were in the last sync",
    cause="removes-what-did-not-change",
    breaks={"G4", "G5"},
)
class SweepsUnchangedLinks(DemoAdapter):
    """Links that the import has not written are left from people who are gone."""

    class store(Store):
        def set_relationships(
            self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
        ) -> None:
            relationships = tuple(relationships)
            query = "SELECT student_id, kind FROM relationships WHERE contact_id = ?"
            before = {
                (row["student_id"], row["kind"]) for row in self.db.execute(query, (contact,))
            }
            now = {(users[one.student], one.kind) for one in relationships if one.student in users}
            super().set_relationships(contact, () if now == before else relationships, users)


def batches(people: Iterable[Person]) -> Iterator[list[Person]]:
    """People in the order in which they are read, a hundred at a time."""
    rest = iter(people)
    while batch := list(islice(rest, BATCH)):
        yield batch
