"""Mistakes with people, their roles and accounts, in an app that shares no code with the demo."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from variants.trellis import Trellis
from variants.trellis_graph import NUMBERS, Edge, Graph, Guest, Key, Node
from variants.trellis_growth import Growth, Lists, Record, Relation, roles_of

from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot, Work
from harness.demo.registry import mutant


@mutant(
    "heirs-of-an-address",
    sees="somebody new has the account and the work of somebody who left",
    mistake="gives a new user the sleeping account that has the same e-mail address",
    cause="looked-up-by:email",
    breaks={"R1", "R6"},
    blocks={"R8"},
)
class HeirsOfAnAddress(Trellis):
    """Who has the address is who had it."""

    class growth(Growth):
        def new(self, key: Key, record: Record) -> Node:
            address = (record.get("email") or "").lower() if key[0] == "users" else ""
            for other, node in list(self.graph.nodes.items()):
                asleep = other[0] == "users" and not node.awake
                if address and asleep and (node.values["email"] or "").lower() == address:
                    self.graph.edges.pop(other, None)
                    return self.graph.nodes.pop(other)
            return super().new(key, record)


@mutant(
    "roles-that-lead-nowhere",
    sees="a former district administrator still sees every school",
    mistake="never takes away a role that names no school",
    cause="never-removes:role",
    breaks={"G3"},
)
class RolesThatLeadNowhere(Trellis):
    """A role ends when its school is taken away."""

    class growth(Growth):
        def is_over(self, relation: str, target: Key, edge: Edge) -> bool:
            return target != ("schools", "") and super().is_over(relation, target, edge)


@mutant(
    "whoever-teaches-is-staff",
    sees="a teacher who works in the office as well is not found there",
    mistake="leaves out that somebody is on the staff who teaches",
    cause="drops-role:staff",
    breaks={"G3"},
    blocks={"G8"},
)
class WhoeverTeachesIsStaff(Trellis):
    """An edge less for every teacher: what goes without saying is not said."""

    class growth(Growth):
        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            teaches = key[0] == "users" and "teacher" in roles_of(record)
            for relation in super().relations(key, record):
                if not teaches or relation.name != "role:staff":
                    yield relation


@mutant(
    "people-of-no-list",
    sees="nameless people are in classes",
    mistake="creates a user for every Clever ID that a section names",
    cause="invents-accounts",
    breaks={"G7"},
)
class PeopleOfNoList(Trellis):
    """Whatever an edge leads to is a node."""

    class growth(Growth):
        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            for relation in super().relations(key, record):
                if relation.target[0] == "users" and relation.target not in self.graph.nodes:
                    self.graph.nodes[relation.target] = Node(references=1)
                yield relation


@mutant(
    "roles-by-their-names",
    sees="students are listed as teachers",
    mistake="takes a role that is null for one that somebody has",
    cause="takes-null-for-a-role",
    breaks={"G20"},
)
class RolesByTheirNames(Trellis):
    """`"teacher" in roles` is true of a key with nothing behind it."""

    class growth(Growth):
        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            yield from super().relations(key, record)
            for role in record.get("roles", ()):
                if role not in roles_of(record):
                    yield Relation(f"role:{role}", ("schools", ""))


@mutant(
    "a-number-is-a-number",
    sees="a student finds the account of a teacher",
    mistake="matches accounts from before by address, number or former ID, whatever the role",
    cause="accounts-matched-across-roles",
    breaks={"R4"},
)
class ANumberIsANumber(Trellis):
    """Guests have no role in a graph of addresses and numbers."""

    class growth(Growth):
        def is_of(self, guest: Guest, user: Record) -> bool:
            if guest.account is None:
                return False
            pupil, adult = (
                replace(guest, account=replace(guest.account, role=role))
                for role in ("student", "teacher")
            )
            return super().is_of(pupil, user) or super().is_of(adult, user)


@mutant(
    "guests-are-counted",
    sees="two children whose numbers differ in zeros alone start anew",
    mistake="compares the numbers of accounts from before as integers",
    cause="numbers-compared-without-zeros",
    breaks={"R4", "D1"},
    plays={"comings-and-goings"},
)
class GuestsAreCounted(Trellis):
    """Guests wear numbers, and a number is an integer."""

    class growth(Growth):
        def is_of(self, guest: Guest, user: Record) -> bool:
            pupil, account = roles_of(user).get("student"), guest.account
            if super().is_of(guest, user) or not pupil or not account or account.role != "student":
                return super().is_of(guest, user)
            numbers = account.number or "", pupil.get("student_number") or ""
            return all(map(str.isdigit, numbers)) and len(set(map(int, numbers))) == 1


@mutant(
    "the-first-who-fits",
    sees="somebody has the account of a namesake",
    mistake="gives an account from before to the first of several people whom it fits",
    cause="accounts-that-fit-several",
    breaks={"G9"},
    plays={"comings-and-goings"},
)
class TheFirstWhoFits(Trellis):
    """A search returns a list, and its first entry is the best."""

    class growth(Growth):
        def fitting(self, users: Sequence[Record]) -> dict[str, Guest]:
            found: dict[str, Guest] = {}
            for guest in self.graph.guests:
                for user in users:
                    new = ("users", user["id"]) not in self.graph.nodes
                    if new and user["id"] not in found and self.is_of(guest, user):
                        found[user["id"]] = guest
                        break
            return found


@mutant(
    "guests-leave-their-books",
    sees="who used the app before Clever finds an empty account",
    mistake="deletes the work of accounts from before when it matches them",
    cause="work-lost-at-match",
    breaks={"R4"},
)
class GuestsLeaveTheirBooks(Trellis):
    """A guest becomes a member and starts anew."""

    class growth(Growth):
        def new(self, key: Key, record: Record) -> Node:
            node = super().new(key, record)
            node.work.clear()
            return node


@mutant(
    "guests-stay-guests",
    sees="who used the app before Clever has a second, empty account",
    mistake="declares that accounts from before are matched, and matches none",
    cause="second-accounts",
    breaks={"R4", "D1"},
)
class GuestsStayGuests(Trellis):
    """Guests were to be matched in the next release."""

    class growth(Growth):
        def fitting(self, users: Sequence[Record]) -> dict[str, Guest]:
            return {}


@mutant(
    "guests-have-one-day",
    sees="whose class joins in autumn has a second, empty account",
    mistake="looks for accounts from before only as long as its graph is empty",
    cause="accounts-matched-once",
    breaks={"R4", "D1"},
)
class GuestsHaveOneDay(Trellis):
    """Guests are asked on the day the graph is planted."""

    class growth(Growth):
        def fitting(self, users: Sequence[Record]) -> dict[str, Guest]:
            return {} if self.graph.nodes else super().fitting(users)


@mutant(
    "one-kind-of-kin",
    sees="a grandmother is shown as a mother",
    mistake="gives a contact its first relationship to all of its students",
    cause="other-relationships",
    breaks={"G4"},
)
class OneKindOfKin(Trellis):
    """Somebody is a mother, or is not."""

    class growth(Growth):
        def relations(self, key: Key, record: Record) -> Iterator[Relation]:
            first: Mapping[str, Any] = {}
            for relation in super().relations(key, record):
                if relation.name == "kin":
                    first = first or relation.values
                    yield relation._replace(values=first)
                else:
                    yield relation


@mutant(
    "administrators-are-staff",
    sees="district administrators see one school, if any",
    mistake="makes staff of `district_admin`",
    cause="takes-one-role-for-another",
    breaks={"G3"},
)
class AdministratorsAreStaff(Trellis):
    """The app has three roles."""

    class growth(Growth):
        def relations_of_role(self, role: str, held: Record) -> Iterator[Relation]:
            known = "staff" if role == "district_admin" else role
            return super().relations_of_role(known, held)


@mutant(
    "who-sleeps-forgets",
    sees="the work of a student who comes back is gone",
    mistake="deletes the work of a user who is archived",
    cause="deletes-work-with-account",
    breaks={"R8"},
)
class WhoSleepsForgets(Trellis):
    """A node that nobody refers to needs little room."""

    class graph(Graph):
        def refer(self, relation: str, target: Key, change: int) -> None:
            super().refer(relation, target, change)
            node = self.nodes.get(target)
            if node and not node.awake:
                node.work.clear()


@mutant(
    "addresses-without-a-plus",
    sees="some people get no mail",
    mistake="stores no e-mail address that has a plus sign",
    cause="drops-field:email",
    breaks={"R2"},
)
class AddressesWithoutAPlus(Trellis):
    """The pattern of an address is older than the plus sign."""

    class growth(Growth):
        def write(self, node: Node, values: Mapping[str, Any]) -> None:
            address = values.get("email") or ""
            super().write(node, {**values, "email": None} if "+" in address else values)


@mutant(
    "labels-of-a-hundred-letters",
    sees="parents with a very long address get no mail",
    mistake="keeps the first hundred characters of the e-mail address of a contact",
    cause="cut-short",
    breaks={"R2"},
    plays={"odd-values"},
)
class LabelsOfAHundredLetters(Trellis):
    """Parents were added later, with a column of their own."""

    class growth(Growth):
        def plant(self, key: Key, record: Record) -> None:
            if key[0] == "users" and "contact" in roles_of(record):
                record = {**record, "email": (record.get("email") or "")[:100]}
            super().plant(key, record)


@mutant(
    "one-cellar-for-all-gardens",
    sees="work of another district's children turns up with strangers",
    mistake="stores work by the place of an account in its graph, in one store for all graphs",
    cause="work-of-another-district",
    breaks={"R8"},
)
class OneCellarForAllGardens(Trellis):
    """What is stored is found by its shelf."""

    shelves: dict[tuple[str, str], int]
    cellar: dict[int, dict[str, None]]

    def snapshot(self, connection: Connection) -> Snapshot:
        if not hasattr(self, "cellar"):
            self.shelves, self.cellar = {}, {}
        held, district = super().snapshot(connection), connection.district
        for user in held.users:
            filled = sum(where == district for where, _ in self.shelves)
            self.shelves.setdefault((district, user.app_id), filled)
        found = []
        for work in held.progress:
            shelf = self.shelves.get((district, work.account))
            if shelf is not None:
                self.cellar.setdefault(shelf, {})[work.lesson] = None
        for (where, account), shelf in self.shelves.items():
            if where == district:
                found += [Work(account=account, lesson=each) for each in self.cellar.get(shelf, ())]
        return replace(held, progress=tuple(dict.fromkeys((*held.progress, *found))))


@mutant(
    "one-address-in-all-gardens",
    sees="people have no account, since somebody of another district has their address",
    mistake="leaves out users whose e-mail address somebody of another district had first",
    cause="needs-unique:email",
    breaks={"R2"},
    plays={"odd-values"},
)
class OneAddressInAllGardens(Trellis):
    """There is one page to sign in, and whoever signs in is found by the address."""

    def __init__(self, clock: str = "") -> None:
        super().__init__(clock)
        self.owners: dict[str, str] = {}

    def read(self, connection: Connection) -> Lists:
        lists, here = super().read(connection), connection.district
        users = [
            user
            for user in lists["users"]
            if self.owners.setdefault((user.get("email") or user["id"]).lower(), here) == here
        ]
        return {**lists, "users": users}


@mutant(
    "classes-that-sprout-anew",
    sees="a class that is renamed is there again, and its old links lead nowhere",
    mistake="gives a section another number when its name changes",
    cause="looked-up-by:name",
    breaks={"R1"},
)
class ClassesThatSproutAnew(Trellis):
    """A class is what it is called."""

    class growth(Growth):
        def plant(self, key: Key, record: Record) -> None:
            node = self.graph.nodes.get(key)
            if key[0] == "sections" and node and node.values["name"] != record["name"]:
                node.number = next(NUMBERS)
            super().plant(key, record)
