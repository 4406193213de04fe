"""Mistakes about people who agree in something: the first of them is kept."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mutants.picky import role_of

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Person, Roster
from harness.demo.store import Row
from harness.demo.sync import DistrictSync, Ids


class KeepsFirst(Reader, ABC):
    """Leaves out who agrees with somebody before them in what this app goes by."""

    def read(self) -> Roster:
        self.marks: dict[str, object] = {}
        roster = super().read()
        return replace(roster, people=tuple(self.once(roster)))

    def once(self, roster: Roster) -> Iterator[Person]:
        seen = set()
        for person in roster.people:
            mark = self.marks[person.clever_id]
            if mark is None or mark not in seen:
                seen.add(mark)
                yield person

    def person(self, record: Record) -> Person:
        self.marks[record["id"]] = self.mark(record)
        return super().person(record)

    @abstractmethod
    def mark(self, record: Record) -> object:
        """What nobody else should have; None for people who are left alone."""


@mutant(
    "loses-leading-zeros",
    sees="a student whose number begins with zeros has no account",
    mistake="takes students for the same whose `sis_id` is the same as a number",
    cause="looked-up-by:number",
    breaks={"R1"},
)
class LosesLeadingZeros(DemoAdapter):
    """A student's number is a number, and unique."""

    class reader(KeepsFirst):
        def mark(self, record: Record) -> object:
            number = role_of(record, "student").get("sis_id") or ""
            return int(number) if number.isdigit() else None


@mutant(
    "one-account-per-number",
    sees="a teacher whose number a student has has no account",
    mistake="takes users of one number for the same, whatever they are",
    cause="looked-up-by:number",
    breaks={"R1"},
)
class OneAccountPerNumber(DemoAdapter):
    """A district gives every number once, whoever gets it."""

    class reader(KeepsFirst):
        def mark(self, record: Record) -> object:
            return self.sis_id(self.held(record["roles"]))


@mutant(
    "one-account-per-state-id",
    sees="a teacher whose state ID a student has has no account",
    mistake="takes students and teachers of one `state_id` for the same",
    cause="looked-up-by:number",
    breaks={"R1"},
)
class OneAccountPerStateId(DemoAdapter):
    """The state gives every number once, whoever gets it."""

    class reader(KeepsFirst):
        def mark(self, record: Record) -> object:
            of_person = {**role_of(record, "teacher"), **role_of(record, "student")}
            return of_person.get("state_id") or None


@mutant(
    "one-employee-per-username",
    sees="an employee whose username somebody else at a school has has no account",
    mistake="takes teachers and staff of one `district_username` for the same",
    cause="looked-up-by:username",
    breaks={"R2"},
)
class OneEmployeePerUsername(DemoAdapter):
    """Who works at a school signs in at its network, with a username that nobody else has."""

    class reader(KeepsFirst):
        def mark(self, record: Record) -> object:
            employee = {**role_of(record, "teacher"), **role_of(record, "staff")}
            return (employee.get("credentials") or {}).get("district_username") or None


@mutant(
    "merges-same-birthdays",
    sees="two students of one name and birthday share an account",
    mistake="takes students of one name and `dob` for the same",
    cause="looked-up-by:birthday",
    breaks={"R1"},
)
class MergesSameBirthdays(DemoAdapter):
    """Who has the name and the birthday of another child was entered twice."""

    class reader(KeepsFirst):
        def mark(self, record: Record) -> object:
            born = role_of(record, "student").get("dob")
            return (born, record["name"]["first"], record["name"]["last"]) if born else None


@mutant(
    "one-account-for-twins",
    sees="one of two twins has no account",
    mistake="takes students of one address and `dob` for the same",
    cause="looked-up-by:email",
    breaks={"R1", "R2"},
    blocks={"G9"},
    plays={"comings-and-goings"},
)
class OneAccountForTwins(DemoAdapter):
    """A child who was entered twice has one birthday, and one address that mail reaches."""

    class reader(KeepsFirst):
        def mark(self, record: Record) -> object:
            born = role_of(record, "student").get("dob")
            address = record.get("email")
            return (born, address) if born and address else None


@mutant(
    "one-teacher-per-name",
    sees="a teacher whose name a colleague has, has no account",
    mistake="takes teachers of one name for the same",
    cause="looked-up-by:name",
    breaks={"R1"},
    plays={"comings-and-goings"},
)
class OneTeacherPerName(DemoAdapter):
    """There is one Ms Lund at each school."""

    class reader(KeepsFirst):
        def mark(self, record: Record) -> object:
            name = record["name"]
            return (name.get("first"), name["last"]) if role_of(record, "teacher") else None


@mutant(
    "one-class-per-name-and-term",
    sees="of two classes of one name in a term one is missing",
    mistake="takes sections of one name, school and term for the same",
    cause="looked-up-by:name",
    breaks={"R1"},
)
class OneClassPerNameAndTerm(DemoAdapter):
    """A timetable has every name once."""

    class reader(Reader):
        def records(self, kind: str) -> list[Record]:
            found = super().records(kind)
            if kind != "sections":
                return found
            first: dict[object, Record] = {}
            for section in found:
                term = section.get("term_id")
                named = (section.get("name"), section["school"], term) if term else section["id"]
                first.setdefault(named, section)
            return list(first.values())


@mutant(
    "one-contact-per-name",
    sees="a contact whose name somebody else has does not see the child",
    mistake="takes contacts of one name for the same",
    cause="looked-up-by:name",
    breaks={"R1"},
    blocks={"G4"},
)
class OneContactPerName(DemoAdapter):
    """A contact is a name and a telephone number, and the number changes."""

    class reader(KeepsFirst):
        def mark(self, record: Record) -> object:
            return record["name"]["last"] if "contact" in record["roles"] else None


@mutant(
    "merges-contacts-entered-twice",
    sees="a contact whom a school entered twice sees one of two children",
    mistake="takes contacts of one name and address for the same",
    cause="looked-up-by:email",
    breaks={"R1"},
    blocks={"G4"},
)
class MergesContactsEnteredTwice(DemoAdapter):
    """One name and one address are one person, and schools enter people twice."""

    class reader(KeepsFirst):
        def mark(self, record: Record) -> object:
            address = record.get("email") if "contact" in record["roles"] else None
            return (record["name"]["last"], address.lower()) if address else None


@mutant(
    "needs-unique-usernames",
    sees="a student whose username somebody else has has no account",
    mistake="leaves out students whose `district_username` another student has",
    cause="looked-up-by:username",
    breaks={"R2"},
    blocks={"R8"},
)
class NeedsUniqueUsernames(DemoAdapter):
    """Children sign in with their username, so no two can have one."""

    class reader(KeepsFirst):
        def mark(self, record: Record) -> object:
            credentials = role_of(record, "student").get("credentials") or {}
            return credentials.get("district_username") or None


@mutant(
    "one-account-for-namesakes",
    sees="of two students of one name one is in the classes of both",
    mistake="gives students of one name one account, and the second of them no other",
    cause="looked-up-by:name",
    breaks={"R1", "R9"},
    blocks={"R2", "R5"},
)
class OneAccountForNamesakes(DemoAdapter):
    """The district has entered a student twice: both of its numbers are the same person."""

    class district_sync(DistrictSync):
        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            self.names = {
                person.clever_id: (person.first_name, person.last_name)
                for person in roster.people
                if any(role.name == "student" for role in person.roles)
            }
            return super().save(district, roster)

        def keep(self, table: str, district: int, rows: Iterable[Row]) -> Ids:
            if table != "users":
                return super().keep(table, district, rows)
            accounts: dict[object, int] = {}
            ids: dict[str, int] = {}
            for row in rows:
                clever_id = str(row["clever_id"])
                name = self.names.get(clever_id, clever_id)
                if name not in accounts:
                    accounts[name] = self.store.save(table, district, row)
                ids[clever_id] = accounts[name]
            return ids
