"""Mistakes with values that are unusual, on whichever record they stand."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mutants.picky import Picky

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Person, Relationship, Roster


@mutant(
    "stores-ascii-beside-names",
    sees="people and classes with a number or a title in another script are missing",
    mistake="leaves out records with a text beyond ASCII in another field than a name",
    cause="odd-value:title",
    breaks={"R2"},
    plays={"odd-values"},
)
class StoresAsciiBesideNames(DemoAdapter):
    """People have the letters of the world in their names; numbers and titles have ours."""

    class client(Picky):
        paths = ("courses", "terms", "sections", "users")

        def accepts(self, record: Record) -> object:
            return all(text.isascii() for text in texts_in(record))


@mutant(
    "expects-small-letters-in-addresses",
    sees="parents and administrators whose address is in capitals have no account",
    mistake="leaves out contacts and staff whose `email` is not in small letters",
    cause="odd-value:email",
    breaks={"R2"},
    plays={"odd-values"},
)
class ExpectsSmallLettersInAddresses(DemoAdapter):
    """Whoever is invited by mail has an address in small letters."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            address = record.get("email") or ""
            reads_only = not {"student", "teacher"} & record["roles"].keys()
            return not reads_only or address == address.lower()


@mutant(
    "takes-lms-status-for-granted",
    sees="people and classes are missing whose status in the learning system is unknown",
    mistake="takes `lms_status` to be there, and never null",
    cause="odd-value:lms_status",
    breaks={"R7"},
    plays={"odd-values"},
)
class TakesLmsStatusForGranted(DemoAdapter):
    """Clever says of everybody whether the learning system has them."""

    class client(Picky):
        paths = ("sections", "users")

        def accepts(self, record: Record) -> object:
            return record["lms_status"]["synced_in_lms"] in (True, False)


@mutant(
    "spells-schools-in-ascii",
    sees="a school is missing that has an accent in its name",
    mistake="leaves out schools whose `name` is not ASCII",
    cause="odd-value:name",
    breaks={"R2"},
    plays={"odd-values"},
)
class SpellsSchoolsInAscii(DemoAdapter):
    """Our addresses on the web begin with the name of the school."""

    class client(Picky):
        paths = ("schools",)

        def accepts(self, record: Record) -> object:
            return record["name"].isascii()


def texts_in(value: Any) -> Iterator[str]:
    """All texts in a record, however deep, but for names."""
    match value:
        case str():
            yield value
        case dict():
            for key, part in value.items():
                if key not in ("name", "preferred_name"):
                    yield from texts_in(part)
        case list():
            for part in value:
                yield from texts_in(part)


@mutant(
    "links-each-once",
    sees="a mother, a boy and a teacher have no accounts, and their class is missing",
    mistake="leaves out users and classes with a list in which something stands twice",
    cause="odd-value:schools",
    breaks={"R2"},
    blocks={"G4", "R9"},
    plays={"odd-values"},
)
class LinksEachOnce(DemoAdapter):
    """The table takes each link once, and who does not fit into it is reported and skipped."""

    class reader(Reader):
        def records(self, kind: str) -> list[Record]:
            return [record for record in super().records(kind) if not listed_twice(record)]


def listed_twice(record: Record) -> bool:
    """Whether a list of a class, or of one of a user's roles, has an entry twice."""
    parts = [record, *filter(None, (record.get("roles") or {}).values())]
    return any(is_repetitive(value) for part in parts for value in part.values())


def is_repetitive(value: object) -> bool:
    return isinstance(value, list) and any(entry in value[:i] for i, entry in enumerate(value))


@mutant(
    "enrolls-each-once",
    sees="a class has nobody in it",
    mistake="takes the people of a class back when one of them is listed twice",
    cause="repeated-at-clever:teacher",
    breaks={"R9"},
    plays={"odd-values"},
)
class EnrollsEachOnce(DemoAdapter):
    """A class is filled in one transaction, which fails at the second row for the same student."""

    class reader(Reader):
        def teachers(self, section: Record) -> tuple[str, ...]:
            return once_each(section.get("teachers") or [])

        def students(self, section: Record) -> tuple[str, ...]:
            return once_each(section.get("students") or [])


def once_each(members: list[str]) -> tuple[str, ...]:
    """The members, or nobody if the table refuses one of their rows."""
    return () if is_repetitive(members) else tuple(members)


@mutant(
    "second-link-undoes-the-first",
    sees="a mother does not see one of her children",
    mistake="takes a child away from a contact for whom it is listed a second time",
    cause="repeated-at-clever:student",
    breaks={"G4"},
    plays={"odd-values"},
)
class SecondLinkUndoesTheFirst(DemoAdapter):
    """Whatever we have already is not new, and what is not new is no longer wanted."""

    class reader(Reader):
        def relationships(self, contact: Record) -> tuple[Relationship, ...]:
            links = super().relationships(contact)
            return tuple(link for link in links if links.count(link) == 1)


@mutant(
    "opens-schools-with-students",
    sees="the principal of a new school sees no school",
    mistake="leaves out schools that no student belongs to",
    cause="odd-value:students",
    breaks={"R2"},
    blocks={"G2"},
    plays={"odd-values"},
)
class OpensSchoolsWithStudents(DemoAdapter):
    """A school without students has nothing to read."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            roles = [role for person in roster.people for role in person.roles]
            attended = {s for role in roles if role.name == "student" for s in role.schools}
            schools = tuple(one for one in roster.schools if one.clever_id in attended)
            return replace(roster, schools=schools)


@mutant(
    "school-by-its-majority",
    sees="the principal of a new school belongs to no school",
    mistake="leaves out a school of a user at which nobody else is",
    cause="alone-at-school",
    breaks={"G2"},
    plays={"odd-values"},
)
class SchoolByItsMajority(DemoAdapter):
    """A school with one person is a slip of the pen in the district's file."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            at = Counter(school for person in roster.people for school in schools_of(person))
            return replace(roster, people=tuple(without(person, at) for person in roster.people))


def schools_of(person: Person) -> set[str]:
    return {school for role in person.roles for school in role.schools}


def without(person: Person, at: Mapping[str, int]) -> Person:
    """The person without the schools at which nobody else is."""
    roles = tuple(
        replace(role, schools=tuple(school for school in role.schools if at[school] > 1))
        for role in person.roles
    )
    return replace(person, roles=roles)


@mutant(
    "cuts-long-addresses",
    sees="mail to people with a very long address comes back",
    mistake="keeps the first sixty-four characters of an e-mail address",
    cause="cut-short",
    breaks={"R2"},
    plays={"odd-values"},
)
class CutsLongAddresses(DemoAdapter):
    """Room for sixty-four characters: so many may stand before the @."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            return replace(person, email=person.email and person.email[:64])
