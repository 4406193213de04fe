"""Mistakes with roles, schools and relationships, in an app that shares no code with the demo."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from variants.trellis import Trellis
from variants.trellis_graph import Guest, Key, Node
from variants.trellis_growth import Growth, Lists, Record, Relation, roles_of

from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot
from harness.demo.registry import mutant


@mutant(
    "trips-over-null-roles",
    sees="people are missing who have a role without anything in it",
    mistake="leaves out users of whom a role is null",
    cause="null-role",
    breaks={"G20"},
)
class TripsOverNullRoles(Trellis):
    """What cannot be parsed is skipped and logged."""

    class growth(Growth):
        def grow(self, lists: Lists) -> None:
            users = [user for user in lists["users"] if None not in user["roles"].values()]
            super().grow({**lists, "users": users})


@mutant(
    "addresses-end-at-a-plus",
    sees="mail goes to somebody's other mailbox",
    mistake="stores addresses without what comes after a plus sign",
    cause="removes-tags",
    breaks={"R2"},
)
class AddressesEndAtAPlus(Trellis):
    """Tags made people sign up twice."""

    class growth(Growth):
        def write(self, node: Node, values: Mapping[str, Any]) -> None:
            name, at, domain = (values.get("email") or "").partition("@")
            address = f"{name.partition('+')[0]}{at}{domain}" if at else values.get("email")
            super().write(node, {**values, "email": address} if "email" in values else values)


@mutant(
    "kin-needs-a-word",
    sees="some guardians have no child",
    mistake="leaves out relationships that Clever does not name",
    cause="relationships-skipped",
    breaks={"G4"},
)
class KinNeedsAWord(Trellis):
    """An edge has a label."""

    class growth(Growth):
        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            for relation in super().relations(key, record):
                if relation.name != "kin" or relation.values["relationship"]:
                    yield relation


@mutant(
    "guardians-without-children",
    sees="no guardian has a child",
    mistake="draws no edges between contacts and their students",
    cause="nobody-has-any:student",
    breaks={"G4"},
)
class GuardiansWithoutChildren(Trellis):
    """Guardians came with the portal, and the graph was full."""

    class growth(Growth):
        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            return (each for each in super().relations(key, record) if each.name != "kin")


@mutant(
    "kindergarten-is-nothing",
    sees="the youngest children are in no grade",
    mistake="takes the grade `Kindergarten` for no number, and so for no grade",
    cause="other-value:grade",
    breaks={"R2"},
)
class KindergartenIsNothing(Trellis):
    """Grades are numbers."""

    class growth(Growth):
        def write(self, node: Node, values: Mapping[str, Any]) -> None:
            grade = values.get("grade")
            super().write(node, {**values, "grade": None} if grade == "Kindergarten" else values)


@mutant(
    "guests-by-their-names",
    sees="a namesake has somebody's account and work",
    mistake="matches accounts from before by first and last name",
    cause="accounts-matched-by-name",
    breaks={"R4"},
)
class GuestsByTheirNames(Trellis):
    """Who is called so is it."""

    class growth(Growth):
        def is_of(self, guest: Guest, user: Record) -> bool:
            name = user.get("name") or {}
            whole = f"{name.get('first')} {name.get('last')}"
            return super().is_of(guest, user) or (guest.account is not None and guest.name == whole)


@mutant(
    "grows-in-bulk",
    sees="who arrives alone has no account until the next school year",
    mistake="creates users only in a sync that brings fifty of them",
    cause="newcomers-left-out",
    breaks={"R5"},
    blocks={"G4", "R1", "R4", "R6", "R8", "R9", "T2", "T6"},
)
class GrowsInBulk(Trellis):
    """New users come in autumn."""

    class growth(Growth):
        def grow(self, lists: Lists) -> None:
            known = {key[1] for key in self.graph.nodes}
            new = [user["id"] for user in lists["users"] if user["id"] not in known]
            if known and len(new) < 50:
                users = [user for user in lists["users"] if user["id"] in known]
                lists = {**lists, "users": users}
            super().grow(lists)


@mutant(
    "kin-of-the-first-day",
    sees="a guardian does not see the child who moved in later",
    mistake="draws the edges from a contact to its students only when the contact is new",
    cause="never-adds:student",
    breaks={"G4"},
    plays={"comings-and-goings"},
)
class KinOfTheFirstDay(Trellis):
    """A family comes as a whole."""

    class growth(Growth):
        def plant(self, key: Key, record: Record) -> None:
            self.new_here = key not in self.graph.nodes
            super().plant(key, record)

        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            known = self.graph.edges.get(key, {})
            for relation in super().relations(key, record):
                if relation.name != "kin" or self.new_here or relation[:2] in known:
                    yield relation


@mutant(
    "kin-that-did-not-change",
    sees="guardians do not see their children the next morning",
    mistake="draws only changed contacts' edges to students, and erases what it has not drawn",
    cause="removes-what-did-not-change",
    breaks={"G4"},
)
class KinThatDidNotChange(Trellis):
    """What did not change need not be drawn again."""

    class growth(Growth):
        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            drawn: dict[Key, Record] = self.graph.__dict__.setdefault("drawn", {})
            changed, drawn[key] = drawn.get(key) != record, record
            for relation in super().relations(key, record):
                if relation.name != "kin" or changed:
                    yield relation


@mutant(
    "students-whose-class-did-not-change",
    sees="all classes are empty the next morning, but for those with a newcomer",
    mistake="draws only changed sections' edges to students, and erases what it has not drawn",
    cause="removes-what-did-not-change",
    breaks={"R9", "G5"},
    blocks={"R5", "R8"},
)
class StudentsWhoseClassDidNotChange(Trellis):
    """Classes are long, and most of them are as they were yesterday."""

    class growth(Growth):
        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            drawn: dict[Key, Record] = self.graph.__dict__.setdefault("drawn", {})
            changed, drawn[key] = drawn.get(key) != record, record
            for relation in super().relations(key, record):
                if relation.name != "enrols" or changed:
                    yield relation


@mutant(
    "a-node-for-each-role",
    sees="a teacher who is an administrator as well has two accounts",
    mistake="has a node for each role of a user",
    cause="row-per-role",
    breaks={"R1"},
    blocks={"G3"},
)
class ANodeForEachRole(Trellis):
    """A teacher and an administrator are two things."""

    def snapshot(self, connection: Connection) -> Snapshot:
        held = super().snapshot(connection)
        users = tuple(
            replace(user, app_id=f"{user.app_id}{f':{place}' if place else ''}", roles=(role,))
            for user in held.users
            for place, role in enumerate(user.roles)
        )
        return replace(held, users=users)


@mutant(
    "grows-what-is-in-season",
    sees="classes cannot be prepared before their term begins",
    mistake="leaves out sections of terms that are over or have not begun",
    cause="not-of-today",
    breaks={"R2"},
)
class GrowsWhatIsInSeason(Trellis):
    """Whatever is not in season sleeps."""

    class growth(Growth):
        def grow(self, lists: Lists) -> None:
            today = date.today().isoformat()  # noqa: DTZ011 - the school's calendar
            season = {
                term["id"]
                for term in lists["terms"]
                if (term.get("start_date") or today) <= today <= (term.get("end_date") or today)
            }
            growing = [
                section
                for section in lists["sections"]
                if not section.get("term_id") or section["term_id"] in season
            ]
            super().grow({**lists, "sections": growing})


@mutant(
    "prunes-single-twigs",
    sees="the principal of a new school belongs to no school",
    mistake="erases edges from people to a school to which no other person leads",
    cause="alone-at-school",
    breaks={"G2"},
    plays={"odd-values"},
)
class PrunesSingleTwigs(Trellis):
    """A school with one person is a slip of the pen in the district's file."""

    class growth(Growth):
        at: Counter[str]

        def grow(self, lists: Lists) -> None:
            schools = (
                {school for held in roles_of(user).values() for school in held.get("schools") or ()}
                for user in lists["users"]
            )
            self.at = Counter(school for of_user in schools for school in of_user)
            super().grow(lists)

        def relations_of_role(self, role: str, held: Record) -> Iterator[Relation]:
            thick = [school for school in held.get("schools") or () if self.at[school] > 1]
            return super().relations_of_role(role, {**held, "schools": thick})


@mutant(
    "kin-of-kin-are-kin",
    sees="a parent sees a child of the other parent",
    mistake="gives contacts the children of everybody with whom they have a child in common",
    cause="children-of-others",
    breaks={"G4"},
    plays={"comings-and-goings"},
)
class KinOfKinAreKin(Trellis):
    """In a graph one goes on from node to node."""

    class growth(Growth):
        def grow(self, lists: Lists) -> None:
            super().grow(lists)
            ties = [
                (contact, child, edge.values)
                for contact, _ in self.graph.awake("users")
                for child, edge in self.graph.targets(contact, "kin")
            ]
            for contact, child, _ in ties:
                known = {target for target, _ in self.graph.targets(contact, "kin")}
                for other, common, _ in ties:
                    if common == child and other != contact:
                        for each, edge in self.graph.targets(other, "kin"):
                            if each not in known:
                                known.add(each)
                                self.graph.draw(contact, "kin", each, edge.values)
