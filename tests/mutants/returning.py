"""Mistakes with those who come, leave and come back."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from harness.demo.adapter import DemoAdapter
from harness.demo.registry import mutant
from harness.demo.roster import Person, Role, Roster, Section
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


@mutant(
    "ended-memberships-stay-ended",
    sees="a student who comes back to a class does not see it",
    mistake="keeps a list of former members of a section and never adds them again",
    cause="membership-stays-ended:student",
    breaks={"R9"},
    plays={"comings-and-goings"},
)
class EndedMembershipsStayEnded(DemoAdapter):
    """Who left a class has left it; the list of former members says so."""

    class store(Store):
        schema = SCHEMA + (
            "CREATE TABLE IF NOT EXISTS former ("
            " section_id INTEGER, user_id INTEGER, UNIQUE (section_id, user_id));"
        )

        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            query = "SELECT user_id FROM {} WHERE section_id = ?"
            rows = self.db.execute(f"{query.format('members')} AND role = ?", (section, role))
            before = {row["user_id"] for row in rows}
            former = {row["user_id"] for row in self.db.execute(query.format("former"), (section,))}
            people = [one for one in people if one not in former]
            super().set_members(section, role, people)
            self.each(
                "INSERT INTO former (section_id, user_id) VALUES (?, ?)",
                ((section, one) for one in before - set(people)),
            )


@mutant(
    "restores-as-it-was",
    sees="who comes back has the old name until the next night",
    mistake="takes over no value when it restores a record",
    cause="never-updates",
    breaks={"R5"},
)
class RestoresAsItWas(DemoAdapter):
    """Who comes back finds everything as it was."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            archived = self.value(f"SELECT archived FROM {table} WHERE id = ?", known)
            super().update(table, known, {} if archived else row)


@mutant(
    "restores-old-schools",
    sees="who comes back to another school is shown at the old one",
    mistake="takes over no roles and schools when it restores a user",
    cause="restores-without:school",
    breaks={"G2", "G3"},
    plays={"comings-and-goings"},
)
class RestoresOldSchools(DemoAdapter):
    """Who comes back comes back to the old school; changes arrive with the next night."""

    class store(Store):
        reopened: frozenset[int] = frozenset()

        def update(self, table: str, known: int, row: Row) -> None:
            query = "SELECT archived FROM users WHERE id = ?"
            if table == "users" and self.value(query, known):
                self.reopened |= {known}
            super().update(table, known, row)

        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            if user not in self.reopened:
                super().set_roles(user, roles, schools)


@mutant(
    "restores-staff-without-schools",
    sees="administrators who come back see no school",
    mistake="gives restored staff no `schools`",
    cause="restores-without:school",
    breaks={"G2"},
)
class RestoresStaffWithoutSchools(DemoAdapter):
    """An administrator's schools are taken away on leaving, and given by hand on coming back."""

    class store(RestoresOldSchools.store):
        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            if user in self.reopened:
                roles = [replace(one, schools=()) if one.name == "staff" else one for one in roles]
            Store.set_roles(self, user, roles, schools)


@mutant(
    "restores-students-and-teachers-only",
    sees="administrators and contacts who come back stay locked out",
    mistake="leaves users archived who are neither student nor teacher",
    cause="never-restores",
    breaks={"R6"},
    blocks={"G2", "G4"},
)
class RestoresStudentsAndTeachersOnly(DemoAdapter):
    """Restoring was asked for by schools, and for those who are in a class."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            query = (
                "SELECT count(*) FROM roles WHERE user_id = ? AND role IN ('student', 'teacher')"
            )
            if table == "users" and not self.value(query, known):
                self.write(table, known, row)
            else:
                super().update(table, known, row)


@mutant(
    "newcomers-are-never-archived",
    sees="who came in the year and left can still sign in",
    mistake="archives only users of the first sync",
    cause="keeps-active",
    breaks={"R6"},
)
class NewcomersAreNeverArchived(DemoAdapter):
    """The list of who is looked after was made when the district came to us."""

    class store(Store):
        schema = SCHEMA + (
            "CREATE TABLE IF NOT EXISTS looked_after (user_id INTEGER, district_id INTEGER);"
        )

        def active(self, table: str, district: int) -> set[int]:
            rows = super().active(table, district)
            if table != "users":
                return rows
            query = "SELECT user_id FROM looked_after WHERE district_id = ?"
            listed = {row["user_id"] for row in self.db.execute(query, (district,))}
            if not listed:
                self.each(
                    "INSERT INTO looked_after (user_id, district_id) VALUES (?, ?)",
                    ((row, district) for row in rows),
                )
            return rows & listed if listed else rows


@mutant(
    "restores-who-was-there-at-first",
    sees="who came in the year, left and is back cannot sign in",
    mistake="restores only users of the first sync",
    cause="never-restores",
    breaks={"R6"},
)
class RestoresWhoWasThereAtFirst(DemoAdapter):
    """The list of who may come back was made when the district came to us."""

    class store(NewcomersAreNeverArchived.store):
        def active(self, table: str, district: int) -> set[int]:
            super().active(table, district)  # which makes the list
            return Store.active(self, table, district)

        def update(self, table: str, known: int, row: Row) -> None:
            listed = self.value("SELECT 1 FROM looked_after WHERE user_id = ?", known)
            if table == "users" and not listed:
                self.write(table, known, row)
            else:
                super().update(table, known, row)


@mutant(
    "accounts-for-the-new-year-only",
    sees="who comes in the year has no account",
    mistake="creates users in the first sync and when most sections are new",
    cause="newcomers-left-out",
    breaks={"R5"},
    blocks={"G4", "R1", "R4", "R6", "R8", "R9", "T2", "T6"},
)
class AccountsForTheNewYearOnly(DemoAdapter):
    """Accounts are made in summer. Who comes in the year shares a friend's until then."""

    class district_sync(DistrictSync):
        def read(self) -> Roster:
            roster = super().read()
            known = {one.clever_id for one in roster.sections if self.knows("sections", one)}
            if 2 * len(known) <= len(roster.sections):
                return roster
            people = (one for one in roster.people if self.knows("users", one))
            return replace(roster, people=tuple(people))

        def knows(self, table: str, one: Section | Person) -> bool:
            return self.store.find(table, {"clever_id": one.clever_id}) is not None


@mutant(
    "reopens-accounts-for-the-new-year",
    sees="who left last year can sign in again after the summer",
    mistake="restores all archived users when most sections are new",
    cause="keeps-active",
    breaks={"R6"},
)
class ReopensAccountsForTheNewYear(DemoAdapter):
    """A new school year is a new start for everybody."""

    class district_sync(DistrictSync):
        archived = (
            "SELECT id FROM users WHERE archived AND district_id ="
            " (SELECT id FROM districts WHERE clever_id = ?)"
        )

        def apply(self, roster: Roster) -> None:
            known = [one for one in roster.sections if self.knows(one)]
            rows = self.store.db.execute(self.archived, (roster.district,)).fetchall()
            super().apply(roster)
            if 2 * len(known) < len(roster.sections):
                with self.store.transaction():
                    self.store.each(
                        "UPDATE users SET archived = 0 WHERE id = ?", ((row["id"],) for row in rows)
                    )

        def knows(self, section: Section) -> bool:
            return self.store.find("sections", {"clever_id": section.clever_id}) is not None


@mutant(
    "closes-classes-with-their-teacher",
    sees="a class cannot be opened after its teacher has left",
    mistake="archives the sections of a primary teacher who is no longer shared",
    cause="archives-what-is-shared",
    breaks={"R6"},
    blocks={"R9"},
)
class ClosesClassesWithTheirTeacher(DemoAdapter):
    """A class is its teacher's, and goes with the teacher."""

    class district_sync(DistrictSync):
        primary = (
            "SELECT section_id, clever_id, min(members.rowid) FROM members"
            " JOIN users ON users.id = user_id WHERE members.role = 'teacher' GROUP BY section_id"
        )

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            rows = self.store.db.execute(self.primary).fetchall()
            self.primary_of = {row["section_id"]: row["clever_id"] for row in rows}
            return super().save(district, roster)

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            if table != "sections":
                return absent
            people = {person.clever_id for person in roster.people}
            taught = {row for row in ids.values() if self.primary_of.get(row, "") in people}
            return absent | ({*ids.values()} & self.primary_of.keys()) - taught


@mutant(
    "deletes-graduates",
    sees="the work of those who finished school is gone",
    mistake="deletes users of grade 12 who are no longer shared",
    cause="deletes-instead-of-archiving",
    breaks={"R6", "R8"},
)
class DeletesGraduates(DemoAdapter):
    """Who has finished school is not coming back, and data is kept no longer than needed."""

    class store(Store):
        def archive(self, table: str, rows: Collection[int]) -> None:
            query = "SELECT id FROM users WHERE grade = '12'"
            graduates = {row["id"] for row in self.db.execute(query)} & set(rows)
            if table == "users":
                for statement in (
                    "DELETE FROM progress WHERE user_id = ?",
                    "DELETE FROM users WHERE id = ?",
                ):
                    self.each(statement, ((row,) for row in graduates))
            super().archive(table, rows)


@mutant(
    "reopens-classes-with-empty-desks",
    sees="what was done in a class before it was cancelled is gone when it is held again",
    mistake="deletes the progress of the members of a section that comes back",
    cause="work-tied-to-class",
    breaks={"R8"},
)
class ReopensClassesWithEmptyDesks(DemoAdapter):
    """A class that is held again begins from the start."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            if table == "sections" and self.value(
                "SELECT archived FROM sections WHERE id = ?", known
            ):
                members = self.db.execute(
                    "SELECT user_id FROM members WHERE section_id = ?", (known,)
                )
                users = [(member["user_id"],) for member in members]
                self.each("DELETE FROM progress WHERE user_id = ?", users)
            super().update(table, known, row)
