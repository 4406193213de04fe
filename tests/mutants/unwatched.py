"""Mistakes with ordinary people and classes, in no edge case, on ordinary days; and with lists."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import ClassVar

from variants.stamps import StampStore, WritesWhatIsNewer

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.export import Export
from harness.demo.registry import mutant
from harness.demo.roster import Relationship, Role, Roster
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


@mutant(
    "archives-every-thirtieth-class",
    sees="a few classes are gone from the second day on, and nobody finds a pattern",
    mistake="archives every thirtieth section when it updates it",
    cause="archives-what-is-shared",
    breaks={"G5", "R6"},
)
class ArchivesEveryThirtiethClass(DemoAdapter):
    """Updates are done in batches of thirty, and the last of a batch is taken for its end."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            super().update(table, known, row)
            if table == "sections" and known % 30 == 0:
                self.archive(table, {known})


@mutant(
    "keeps-the-first-primary-teacher",
    sees="the report of a class is signed by who was its first teacher before",
    mistake="adds teachers to a section and removes them, and leaves the others in their order",
    cause="order-kept:teacher",
    breaks={"R9"},
)
class KeepsTheFirstPrimaryTeacher(DemoAdapter):
    """Who teaches a class already keeps the place."""

    class store(Store):
        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            people = list(people)
            query = "SELECT user_id FROM members WHERE section_id = ? AND role = ? ORDER BY rowid"
            before = [row["user_id"] for row in self.db.execute(query, (section, role))]
            staying = [one for one in before if one in people]
            newcomers = [one for one in people if one not in before]
            super().set_members(section, role, staying + newcomers)


@mutant(
    "lists-the-primary-teacher-twice",
    sees="the first teacher of a class gets every message to its teachers twice",
    mistake="takes the teachers of a section from `teacher` and `teachers` together",
    cause="listed-twice:teacher",
    breaks={"R9"},
)
class ListsThePrimaryTeacherTwice(DemoAdapter):
    """A class has a teacher, and it has teachers."""

    class export(Export):
        def sections(self):  # type: ignore[no-untyped-def]
            return tuple(
                replace(row, teachers=(*row.teachers[:1], *row.teachers))
                for row in super().sections()
            )


@mutant(
    "links-families-again",
    sees="a mother is listed as often as she has been read",
    mistake="adds a contact's `student_relationships` in every sync, and removes those that ended",
    cause="listed-twice:student",
    breaks={"G4"},
)
class LinksFamiliesAgain(DemoAdapter):
    """Links are added; whatever is no longer shared is taken away."""

    class store(Store):
        schema = SCHEMA.replace(",\n    UNIQUE (contact_id, student_id, kind)", "")

        def set_relationships(
            self, contact: int, relationships: Iterable[Relationship], users: Mapping[str, int]
        ) -> None:
            links = [
                (contact, users[link.student], link.kind)
                for link in relationships
                if link.student in users
            ]
            query = "SELECT student_id, kind FROM relationships WHERE contact_id = ?"
            ended = {
                (contact, row["student_id"], row["kind"])
                for row in self.db.execute(query, (contact,))
            } - set(links)
            self.each(
                "DELETE FROM relationships WHERE contact_id = ? AND student_id = ? AND kind IS ?",
                ended,
            )
            self.each(
                "INSERT INTO relationships (contact_id, student_id, kind) VALUES (?, ?, ?)", links
            )


@mutant(
    "doubles-work-at-a-return",
    sees="who comes back finds every finished lesson twice",
    mistake="copies the progress of an archived user whom it restores",
    cause="listed-twice:work",
    breaks={"R8"},
)
class DoublesWorkAtAReturn(DemoAdapter):
    """Work is brought back from the archive, where it had never been taken to."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            archived = self.value(f"SELECT archived FROM {table} WHERE id = ?", known)
            super().update(table, known, row)
            if table == "users" and archived:
                self.db.execute(
                    "INSERT INTO progress (user_id, lesson)"
                    " SELECT user_id, lesson FROM progress WHERE user_id = ?",
                    (known,),
                )


@mutant(
    "skips-unchanged-records",
    sees="who comes back as they were is not let in",
    mistake="skips a record that is as it was when it was last read, also when it is archived",
    cause="never-restores",
    breaks={"R6"},
    blocks={"G2", "G4", "R5", "R8", "R9"},
)
class SkipsUnchangedRecords(DemoAdapter):
    """What has not changed need not be written."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            columns = ", ".join(row)
            held = self.db.execute(f"SELECT {columns} FROM {table} WHERE id = ?", (known,))
            if dict(held.fetchone()) != dict(row):
                super().update(table, known, row)


@mutant(
    "skips-what-is-not-newer",
    sees="after a mistake in sharing nobody can sign in any more",
    mistake="skips a record whose `last_modified` is the one it has, also when it is archived",
    cause="never-restores",
    breaks={"R6"},
    blocks={"G2", "G4", "R5", "R8", "R9"},
)
class SkipsWhatIsNotNewer(WritesWhatIsNewer):
    """What Clever has not changed since need not be written."""

    class store(StampStore):
        def is_archived(self, table: str, known: int) -> bool:
            return False


@mutant(
    "one-school-after-the-first-night",
    sees="who works at two schools loses one of them on the second day",
    mistake="keeps the first school of each role when it updates a user",
    cause="fixed-number:school",
    breaks={"G2"},
)
class OneSchoolAfterTheFirstNight(DemoAdapter):
    """An update writes the main place of work."""

    class store(Store):
        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            if self.value("SELECT count(*) FROM roles WHERE user_id = ?", user):
                roles = [replace(role, schools=role.schools[:1]) for role in roles]
            super().set_roles(user, roles, schools)


@mutant(
    "one-role-after-the-first-night",
    sees="who teaches and runs a school can only teach from the second day on",
    mistake="keeps the first role when it updates a user",
    cause="fixed-number:role",
    breaks={"G3"},
)
class OneRoleAfterTheFirstNight(DemoAdapter):
    """An update writes the main role."""

    class store(Store):
        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            if self.value("SELECT count(*) FROM roles WHERE user_id = ?", user):
                roles = list(roles)[:1]
            super().set_roles(user, roles, schools)


@mutant(
    "shares-out-schools-after-the-first-night",
    sees="who teaches at one school and runs another runs both from the second day on",
    mistake="gives each role the schools of all when it updates a user",
    cause="schools-of-all-roles",
    breaks={"G8"},
)
class SharesOutSchoolsAfterTheFirstNight(DemoAdapter):
    """An update gathers the places of work."""

    class store(Store):
        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            roles = list(roles)
            if self.value("SELECT count(*) FROM roles WHERE user_id = ?", user):
                places = tuple(dict.fromkeys(place for role in roles for place in role.schools))
                roles = [replace(role, schools=places) if role.schools else role for role in roles]
            super().set_roles(user, roles, schools)


@mutant(
    "keeps-a-student-for-show",
    sees="every district has a student whom no school knows",
    mistake="creates a user with a Clever ID of its own making in every district",
    cause="invents-accounts",
    breaks={"G7"},
)
class KeepsAStudentForShow(DemoAdapter):
    """Support needs an account to look at the app as a student sees it."""

    class district_sync(DistrictSync):
        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            saved = super().save(district, roster)
            row = {"clever_id": f"show-{district}", "first_name": "Demo", "last_name": "Student"}
            known = self.store.save("users", district, row)
            return {**saved, "users": {**saved["users"], row["clever_id"]: known}}


@mutant(
    "recovers-without-addresses",
    sees="nobody can log in by address the morning after Clever had a bad night",
    mistake="leaves out e-mail addresses in the first sync after one that failed",
    cause="drops-field:email",
    breaks={"T6"},
)
class RecoversWithoutAddresses(DemoAdapter):
    """After a failure only what is needed is written."""

    failed: ClassVar[set[str]] = set()

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        ended = super().sync(connection, mode)
        with self.store.open(self.database) as store, store.transaction():
            district = store.district(connection.district)
            mark = f"{self.database}:{connection.district}"
            if ended.state is not SyncState.COMPLETED:
                self.failed.add(mark)
            elif mark in self.failed:
                self.failed.discard(mark)
                store.db.execute("UPDATE users SET email = NULL WHERE district_id = ?", (district,))
        return ended
