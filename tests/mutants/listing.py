"""Mistakes in which lists of Clever's are read, and how far."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from variants.views import StudentsOnly

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record, Stopped
from harness.demo.profile import PROFILE
from harness.demo.reader import Reader, text
from harness.demo.registry import mutant
from harness.demo.roster import Roster, Section


class FirstPages(Client):
    """Reads the first page of a list."""

    def next_url(self, page: Record) -> str | None:
        return None


@mutant(
    "reads-people-of-its-classes",
    sees="people are missing, scattered over all schools",
    mistake="reads the first page of every list, and whoever the classes on it name",
    breaks={"R2"},
    blocks={
        "D1",
        "G2",
        "G20",
        "G3",
        "G4",
        "G7",
        "G8",
        "R1",
        "R4",
        "R5",
        "R6",
        "R7",
        "R8",
        "R9",
        "T6",
        "T5",
    },
    cause="first-page-only",
    size="full",
)
class ReadsPeopleOfItsClasses(DemoAdapter):
    """Pages are for later; the people of a class are looked up one by one."""

    class client(FirstPages):
        def record(self, path: str) -> Record:
            url = f"{self.connection.api}/{self.version}/{path}"
            response = self.get(url, {"Authorization": f"Bearer {self.token()}"}, None)
            if response.status_code == 404:
                raise Stopped(f"{url} was not found", 404)
            found = self.content(response)
            assert isinstance(found, dict)
            record: Record = found["data"]
            return record

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            known = {person.clever_id for person in roster.people}
            named = {id for one in roster.sections for id in (*one.teachers, *one.students)}
            looked_up = (self.look_up(id) for id in sorted(named - known))
            people = (self.person(record) for record in looked_up if record)
            return replace(roster, people=(*roster.people, *people))

        def look_up(self, id: str) -> Record | None:
            client = self.client
            assert isinstance(client, ReadsPeopleOfItsClasses.client)
            try:
                return client.record(f"users/{id}")
            except Stopped as stop:
                if stop.status == 404:
                    return None
                raise


@mutant(
    "one-page-of-students",
    sees="most students have no account",
    mistake="holds students only, and reads the first page of them",
    breaks={"R2"},
    blocks={"D1", "G2", "G20", "G7", "R1", "R4", "R5", "R6", "R7", "R8", "R9", "T6"},
    cause="first-page-only",
    size="full",
)
class OnePageOfStudents(StudentsOnly):
    """A hundred students are plenty to begin with."""

    class client(FirstPages):
        def pages(self, url: str | None) -> Iterator[Record]:
            of_users = url is not None and "/users?" in url
            return super().pages(f"{url}&role=student" if of_users else url)


@mutant(
    "lists-of-version-1",
    sees="nobody has an account",
    mistake="asks for /students, /teachers and /contacts, which version 3 does not have",
    breaks={"R3"},
    blocks={
        "D1",
        "G2",
        "G20",
        "G3",
        "G4",
        "G7",
        "G8",
        "R1",
        "R2",
        "R4",
        "R5",
        "R6",
        "R7",
        "R8",
        "R9",
        "T6",
        "T2",
    },
    cause="unknown-path",
)
class ListsOfVersion1(DemoAdapter):
    """The version was raised, the paths were not."""

    class client(Client):
        def records(self, path: str) -> list[Record]:
            if path != "users":
                return super().records(path)
            lists = ("students", "teachers", "school_admins", "district_admins", "contacts")
            return [record for one in lists for record in self.listed(one)]

        def listed(self, path: str) -> list[Record]:
            try:
                return super().records(path)
            except Stopped as stop:
                if stop.status == 404:
                    return []
                raise


@mutant(
    "joins-links-twice",
    sees="whoever is not on the first page is missing",
    mistake="adds the `next` link to an address that has the version already",
    breaks={"R3"},
    blocks={
        "D1",
        "G2",
        "G20",
        "G3",
        "G4",
        "G7",
        "G8",
        "R1",
        "R2",
        "R4",
        "R5",
        "R6",
        "R7",
        "R8",
        "R9",
        "T6",
    },
    cause="links-joined-wrongly",
    size="full",
)
class JoinsLinksTwice(DemoAdapter):
    """The base address ends in the version, and links are added to it."""

    class client(Client):
        def next_url(self, page: Record) -> str | None:
            for link in page.get("links") or ():
                if link.get("rel") == "next":
                    return f"{self.connection.api}/{self.version}{link['uri']}"
            return None

        def pages(self, url: str | None) -> Iterator[Record]:
            try:
                yield from super().pages(url)
            except Stopped as stop:
                if stop.status != 404:
                    raise


@mutant(
    "asks-for-two-roles",
    sees="staff, administrators and contacts have no account",
    mistake="asks for users with role=student and with role=teacher",
    breaks={"R2"},
    blocks={"G2", "G3", "G4", "R1", "R5", "R6", "R9"},
    cause="list-narrowed",
)
class AsksForTwoRoles(DemoAdapter):
    """Reading is for students and teachers."""

    class client(Client):
        def records(self, path: str) -> list[Record]:
            if path != "users":
                return super().records(path)
            found: dict[str, Record] = {}
            for role in ("student", "teacher"):
                start = f"{self.connection.api}/{self.version}/users?limit={self.limit}&role={role}"
                for page in self.pages(start):
                    found |= {item["data"]["id"]: item["data"] for item in self.items(page, start)}
            return list(found.values())


@mutant(
    "never-asks-for-courses",
    sees="classes belong to no course",
    mistake="reads schools, terms, sections and users, and no courses",
    breaks={"R2"},
    blocks={"R1", "R5", "R6", "R7"},
    cause="list-never-asked-for",
)
class NeverAsksForCourses(DemoAdapter):
    """Nobody looks at courses."""

    class client(Client):
        def records(self, path: str) -> list[Record]:
            return [] if path == "courses" else super().records(path)


@mutant(
    "five-members-a-class",
    sees="large classes lack students",
    mistake="reads the members of a class from /sections/{id}/users, and the first page of them",
    breaks={"R9"},
    blocks={"R5"},
    cause="members-read-in-part",
)
class FiveMembersAClass(DemoAdapter):
    """The table of a class shows five people, so five are asked for."""

    profile = replace(
        PROFILE, not_held={"sections.primary_teacher": "It lists who teaches, by their IDs."}
    )

    class client(Client):
        members_a_page = 5

        def members(self, section: str, role: str) -> tuple[str, ...]:
            path, limit = f"sections/{section}/users", self.members_a_page
            url = f"{self.connection.api}/{self.version}/{path}?limit={limit}&role={role}"
            try:
                page = next(self.pages(url))
            except Stopped as stop:
                if stop.status == 404:  # gone since the class was read
                    return ()
                raise
            return tuple(item["data"]["id"] for item in self.items(page, url))

    class reader(Reader):
        def section(self, record: Record) -> Section:
            client = self.client
            assert isinstance(client, FiveMembersAClass.client)
            section = super().section(record)
            id = text(record, "id") or ""
            return replace(
                section,
                teachers=client.members(id, "teacher"),
                students=client.members(id, "student"),
            )


@mutant(
    "one-page-of-members",
    sees="the largest classes lack students",
    mistake="reads the members of a large class from /sections/{id}/users, and one page of them",
    breaks={"R9"},
    cause="members-read-in-part",
    size="full",
)
class OnePageOfMembers(FiveMembersAClass):
    """No class has more than a hundred members, which is what Clever lists at once."""

    class client(FiveMembersAClass.client):
        members_a_page = 100

    class reader(FiveMembersAClass.reader):
        def section(self, record: Record) -> Section:
            large = len(record["students"]) > 100
            return super().section(record) if large else Reader.section(self, record)
