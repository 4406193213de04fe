"""Mistakes about contacts and the children they belong to."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Person, Relationship, Roster
from harness.demo.store import Store
from harness.demo.sync import DistrictSync, Ids


@mutant(
    "relationship-is-set-once",
    sees="a guardian is shown as the neighbour they were before",
    mistake="keeps the first `relationship` of a contact to a student",
    cause="other-relationships",
    breaks={"G4"},
)
class RelationshipIsSetOnce(DemoAdapter):
    """What somebody is to a child is entered with the contact."""

    class store(Store):
        def set_relationships(
            self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
        ) -> None:
            query = "SELECT student_id, kind FROM relationships WHERE contact_id = ?"
            before = {row["student_id"]: row["kind"] for row in self.db.execute(query, (contact,))}
            kept = (
                replace(one, kind=before.get(users.get(one.student), one.kind))
                for one in relationships
            )
            super().set_relationships(contact, kept, users)


@mutant(
    "work-goes-with-the-contacts",
    sees="a child who gets another guardian starts anew",
    mistake="deletes the work of students whose contacts change",
    cause="work-lost",
    breaks={"R8"},
    plays={"comings-and-goings"},
)
class WorkGoesWithTheContacts(DemoAdapter):
    """A household is what its adults are. When they change it is set up again."""

    class store(Store):
        def set_relationships(
            self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
        ) -> None:
            ties = tuple(relationships)
            now = {users[tie.student] for tie in ties if tie.student in users}
            before = self.children(contact)
            changed = before ^ now if before else ()
            super().set_relationships(contact, ties, users)
            self.each("DELETE FROM progress WHERE user_id = ?", ((row,) for row in changed))

        def children(self, contact: int) -> set[int]:
            query = "SELECT student_id FROM relationships WHERE contact_id = ?"
            return {row["student_id"] for row in self.db.execute(query, (contact,))}


@mutant(
    "shows-children-of-the-household",
    sees="a parent sees a child of the other parent",
    mistake="gives contacts all children of those with whom they share one",
    cause="children-of-others",
    breaks={"G4"},
    plays={"comings-and-goings"},
)
class ShowsChildrenOfTheHousehold(DemoAdapter):
    """Who has a child in common is a household, and a household has its children in common."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            adults: dict[str, list[Person]] = {}
            for person in roster.people:
                for tie in person.relationships:
                    adults.setdefault(tie.student, []).append(person)
            return replace(roster, people=tuple(self.at_home(p, adults) for p in roster.people))

        def at_home(self, person: Person, adults: Mapping[str, Sequence[Person]]) -> Person:
            own = {tie.student: tie for tie in person.relationships}
            shared = [
                tie for child in own for adult in adults[child] for tie in adult.relationships
            ]
            ties = {tie.student: tie for tie in shared} | own
            return replace(person, relationships=tuple(ties.values()))


@mutant(
    "one-contact-per-student",
    sees="one of two parents does not see the child",
    mistake="takes a student's other contacts away when adding one",
    cause="relationships-skipped",
    breaks={"G4"},
)
class OneContactPerStudent(DemoAdapter):
    """A child has a person to call, and that is one telephone number."""

    class store(Store):
        def set_relationships(
            self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
        ) -> None:
            relationships = list(relationships)
            self.each(
                "DELETE FROM relationships WHERE student_id = ?",
                ((users[one.student],) for one in relationships if one.student in users),
            )
            super().set_relationships(contact, relationships, users)


@mutant(
    "two-contacts-per-student",
    sees="a child's third contact does not see the child",
    mistake="keeps the first two contacts of a student",
    cause="relationships-skipped",
    breaks={"G4"},
)
class TwoContactsPerStudent(DemoAdapter):
    """The form of a child has a column for the mother and one for the father."""

    class store(Store):
        columns = 2

        def set_relationships(
            self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
        ) -> None:
            super().set_relationships(contact, (), users)  # first its own places become free
            query = "SELECT count(DISTINCT contact_id) FROM relationships WHERE student_id = ?"
            free = [
                one
                for one in relationships
                if (self.value(query, users.get(one.student)) or 0) < self.columns
            ]
            super().set_relationships(contact, free, users)


@mutant(
    "four-children-per-contact",
    sees="a contact does not see the fifth child",
    mistake="keeps the first four `student_relationships` of a contact",
    cause="fixed-number:student",
    breaks={"G4"},
)
class FourChildrenPerContact(DemoAdapter):
    """Nobody who made the form had more than four children."""

    class store(Store):
        columns = 4

        def set_relationships(
            self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
        ) -> None:
            super().set_relationships(contact, list(relationships)[: self.columns], users)


@mutant(
    "drops-unnamed-relationships",
    sees="some guardians do not see their children",
    mistake="leaves out `student_relationships` whose `relationship` is empty",
    cause="relationships-skipped",
    breaks={"G4"},
)
class DropsUnnamedRelationships(DemoAdapter):
    """Who does not say what they are to a child has no business with it."""

    class reader(Reader):
        def relationships(self, contact: Record) -> tuple[Relationship, ...]:
            return tuple(one for one in super().relationships(contact) if one.kind)


@mutant(
    "never-archives-contacts",
    sees="former guardians can still sign in",
    mistake="archives no contact",
    cause="keeps-active",
    breaks={"R6"},
    plays={"comings-and-goings"},
)
class NeverArchivesContacts(DemoAdapter):
    """Families come and go with their children, so nothing is to be done about them."""

    class store(Store):
        def archive(self, table: str, rows: Collection[int]) -> None:
            query = "SELECT user_id FROM roles WHERE role = 'contact'"
            contacts = {row["user_id"] for row in self.db.execute(query)}
            super().archive(table, set(rows) - contacts if table == "users" else rows)


@mutant(
    "archives-families-together",
    sees="a parent is locked out when one of the children leaves",
    mistake="archives all contacts of a student who is no longer shared",
    cause="archives-what-is-shared",
    breaks={"R6"},
    blocks={"G4"},
    size="full",
)
class ArchivesFamiliesTogether(DemoAdapter):
    """When a child leaves, so does the family."""

    class district_sync(DistrictSync):
        families = (
            "SELECT contact_id, users.clever_id FROM relationships"
            " JOIN users ON users.id = student_id WHERE users.district_id = ? AND NOT archived"
        )

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            shared = {person.clever_id for person in roster.people}
            rows = self.store.db.execute(self.families, (district,))
            self.left = {row["contact_id"] for row in rows if row["clever_id"] not in shared}
            return super().save(district, roster)

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            return absent | self.left if table == "users" else absent
