"""Mistakes about what changed since the sync before, and about nothing else."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from heapq import merge

from variants.following import EventClient, Following, FullSync, ReadsEvents

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.registry import mutant
from harness.demo.roster import Person, Role, Roster
from harness.demo.rows import user_row
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


class Remembering(Store):
    """Can tell what a row was before it is written."""

    def before(self, table: str, known: int) -> Row:
        row = self.db.execute(f"SELECT * FROM {table} WHERE id = ?", (known,)).fetchone()
        return dict(row)


@mutant(
    "archives-on-a-new-address",
    sees="whoever has a new e-mail address can not sign in that day",
    mistake="archives a user whose e-mail address has changed, and restores them a sync later",
    cause="archives-what-is-shared",
    breaks={"R6", "R7"},
    blocks={"R1", "R5", "G2", "T6"},
)
class ArchivesOnANewAddress(DemoAdapter):
    """An address that is gone is a person who is gone."""

    class store(Remembering):
        def update(self, table: str, known: int, row: Row) -> None:
            former = self.before(table, known)
            super().update(table, known, row)
            if table == "users" and former["clever_id"] and former["email"] != row["email"]:
                self.archive(table, [known])


@mutant(
    "archives-with-the-first-role",
    sees="a teacher who is no administrator any more has no account that day",
    mistake="archives a user who has lost one of several roles, and restores them a sync later",
    cause="archives-what-is-shared",
    breaks={"R6"},
    blocks={"G3"},
)
class ArchivesWithTheFirstRole(DemoAdapter):
    """Each role has a job of its own, which archives whoever is not in its list any more."""

    class store(Store):
        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            roles = tuple(roles)
            query = "SELECT DISTINCT role FROM roles WHERE user_id = ?"
            former = {row["role"] for row in self.db.execute(query, (user,))}
            super().set_roles(user, roles, schools)
            if former - {role.name for role in roles}:
                self.archive("users", [user])


@mutant(
    "takes-nothing-for-the-same",
    sees="an address that is new or gone never arrives, while others do",
    mistake="compares values with `<>`, by which nothing differs from NULL",
    cause="never-updates",
    breaks={"R5"},
)
class TakesNothingForTheSame(DemoAdapter):
    """UPDATE ... WHERE value <> ?"""

    class store(Remembering):
        def update(self, table: str, known: int, row: Row) -> None:
            former = self.before(table, known)
            kept = {
                column: value
                for column, value in row.items()
                if not former["clever_id"] or (value is not None and former[column] is not None)
            }
            super().update(table, known, kept)


@mutant(
    "keeps-classes-of-closed-schools",
    sees="the classes of a school that is closed are still there",
    mistake="archives sections school by school, for the schools that Clever shares",
    cause="keeps-active",
    breaks={"R6"},
)
class KeepsClassesOfClosedSchools(DemoAdapter):
    """Each school has a job, which compares its classes with Clever's."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            gone = super().gone(table, district, ids, roster)
            if table != "sections":
                return gone
            open_ = {school.clever_id for school in roster.schools}
            query = (
                "SELECT sections.id, schools.clever_id FROM sections"
                " JOIN schools ON schools.id = school_id WHERE sections.district_id = ?"
            )
            rows = self.store.db.execute(query, (district,)).fetchall()
            return gone & {row["id"] for row in rows if row["clever_id"] in open_}


@mutant(
    "wants-one-address-in-the-world",
    sees="people have no account, since somebody of another district has their address",
    mistake="creates no account whose e-mail address an account of another district has",
    cause="needs-unique:email",
    breaks={"R2"},
    plays={"odd-values"},
)
class WantsOneAddressInTheWorld(DemoAdapter):
    """The column is unique, and somebody forgot the district in the index."""

    class district_sync(DistrictSync):
        def read(self) -> Roster:
            roster = super().read()
            here = self.store.district(roster.district)
            people = (person for person in roster.people if self.is_free(person, here))
            return replace(roster, people=tuple(people))

        def is_free(self, person: Person, here: int | None) -> bool:
            query = (
                "SELECT id FROM users WHERE email = ? AND clever_id IS NOT NULL"
                " AND district_id IS NOT ?"
            )
            known = self.store.find("users", user_row(person)) is not None
            return known or not person.email or not self.store.value(query, person.email, here)


@mutant(
    "drops-namesakes-of-the-archived",
    sees="a student is in no class, since an archived account has the same address",
    mistake="leaves users out of sections whose e-mail address an archived account has",
    cause="looked-up-by:email",
    breaks={"R9"},
    blocks={"R5"},
)
class DropsNamesakesOfTheArchived(DemoAdapter):
    """Members are looked up by their address, and an archived account comes first."""

    class district_sync(DistrictSync):
        def known(self, people: Iterable[str], users: Ids) -> list[int]:
            query = (
                "SELECT 1 FROM users AS one JOIN users AS other ON one.email = other.email"
                " AND one.district_id = other.district_id AND one.id <> other.id"
                " WHERE one.id = ? AND other.archived AND other.clever_id IS NOT NULL"
            )
            known = super().known(people, users)
            return [user for user in known if not self.store.value(query, user)]


@mutant(
    "follows-events-school-by-school",
    sees="a new course or contact never arrives, though the events are read",
    mistake="asks for the events of one school after the other, which leaves out those of none",
    cause="ignores-events",
    breaks={"E1", "R5", "R6", "G4"},
    blocks={"R8", "R9", "G2"},
)
class FollowsEventsSchoolBySchool(ReadsEvents):
    """A customer can choose schools, so each school has a feed."""

    class client(EventClient):
        schools: Iterable[str] = ()

        def batches(self, cursor: str) -> Iterator[list[Record]]:
            after = f"&starting_after={cursor}" if cursor else ""
            feeds = []
            for school in self.schools:
                url = self.events(f"?limit={self.limit}&school={school}{after}")
                feeds.append([i["data"] for page in self.pages(url) for i in self.items(page, url)])
            known: dict[str, Record] = {
                event["id"]: event for event in merge(*feeds, key=lambda event: str(event["id"]))
            }
            yield list(known.values())

    class following(Following):
        def catch_up(self, cursor: str) -> None:
            copy = self.store.copy(self.district)
            client = self.reader.client
            assert isinstance(client, FollowsEventsSchoolBySchool.client)
            client.schools = list(copy["schools"])
            super().catch_up(cursor)


class AsTheyCome(FullSync):
    """Writes a section that is new or has changed with those of its members who were there."""

    def read(self) -> Roster:
        self.former = self.store.copy(self.district).get("sections", {})
        query = "SELECT clever_id FROM users WHERE clever_id IS NOT NULL"
        self.there = {row["clever_id"] for row in self.store.db.execute(query)}
        return super().read()

    def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
        now, users = self.reader.copy["sections"], saved["users"]
        there = {clever_id: row for clever_id, row in users.items() if clever_id in self.there}
        for person in roster.people:
            user = users[person.clever_id]
            self.store.set_roles(user, person.roles, saved["schools"])
            self.store.set_relationships(user, person.relationships, users)
        for section in roster.sections:
            row = saved["sections"][section.clever_id]
            if self.former.get(section.clever_id) != now[section.clever_id]:
                self.store.set_members(row, "teacher", self.known(section.teachers, there))
                self.store.set_members(row, "student", self.known(section.students, there))


@mutant(
    "fills-classes-as-they-come",
    sees="all classes are empty until something about them changes",
    mistake="sets the members of a section when its event comes, among the users it has by then",
    cause="members-a-sync-late",
    breaks={"R9", "E1"},
    blocks={"R1", "R5", "R8", "D1"},
)
class FillsClassesAsTheyCome(ReadsEvents):
    """A class is written with those of its members who are there."""

    district_sync = AsTheyCome

    class following(AsTheyCome, Following):
        pass
