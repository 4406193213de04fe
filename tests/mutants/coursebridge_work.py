"""Mistakes of a roster importer with work, and with groups that teachers made."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from dataclasses import replace

from variants.coursebridge import Coursebridge
from variants.coursebridge_import import Importer, Stage
from variants.coursebridge_site import Record, Row

from harness.contract.connection import Connection
from harness.demo.registry import mutant


@mutant(
    "lessons-are-not-saved",
    sees="a finished lesson is unfinished the next day",
    mistake="stores no finished lessons",
    cause="work-never-appears",
    breaks={"R8"},
    blocks={"R1", "R6"},
)
class LessonsAreNotSaved(Coursebridge):
    """The button was there before the table."""

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        self._site(connection).person(clever_id)


@mutant(
    "work-follows-the-address",
    sees="whoever gets somebody's address gets the lessons, too",
    mistake="stores work under the e-mail address, and shows it with whoever has it",
    cause="work-moves:email",
    breaks={"R8"},
)
class WorkFollowsTheAddress(Coursebridge):
    """Reports are sent by mail."""

    class importer(Importer):
        def write(self, stage: Stage) -> None:
            addresses = self.addresses()
            super().write(stage)
            owners = {address: account for account, address in self.addresses().items()}
            self.site.work = [
                one._replace(account=owners.get(addresses.get(one.account, ""), one.account))
                for one in self.site.work
            ]

        def addresses(self) -> dict[str, str]:
            """Account in use → its address."""
            rows = self.rows["users"].values()
            return {row.id: row.values["email"] for row in rows if row.live and row.values["email"]}


@mutant(
    "imports-empty-groups",
    sees="groups that teachers made have nobody in them the next morning",
    mistake="removes the members of all groups when it writes enrolments",
    cause="empties-local-groups",
    breaks={"D1", "D2"},
)
class ImportsEmptyGroups(Coursebridge):
    """Members are members."""

    class importer(Importer):
        def write(self, stage: Stage) -> None:
            super().write(stage)
            self.site.groups[:] = [replace(group, members=()) for group in self.site.groups]


@mutant(
    "folders-are-named-after-people",
    sees="who has another family name starts anew",
    mistake="keeps work in a folder with the name of the user, and makes a new one for a new name",
    cause="work-lost",
    breaks={"R8"},
    plays={"comings-and-goings"},
)
class FoldersAreNamedAfterPeople(Coursebridge):
    """The folder of a user is found by number and name."""

    class importer(Importer):
        def update(self, kind: str, row: Row, record: Record) -> None:
            former = self.folder(row)
            super().update(kind, row, record)
            if kind == "users" and row.clever_id in self.known and self.folder(row) != former:
                self.site.work = [one for one in self.site.work if one.account != row.id]

        def write(self, stage: Stage) -> None:
            self.known = set(self.rows["users"])
            super().write(stage)

        def folder(self, row: Row) -> tuple[object, ...]:
            return row.values.get("first_name"), row.values.get("last_name")


@mutant(
    "groups-of-those-who-can-sign-in",
    sees="a child who was off the list for a day is missing in the reading group from then on",
    mistake="takes whoever it suspends out of the groups that teachers made",
    cause="forgets-group-members",
    breaks={"D3"},
    plays={"comings-and-goings"},
)
class GroupsOfThoseWhoCanSignIn(Coursebridge):
    """A group can write to its members, and nobody reads what a suspended one gets."""

    class importer(Importer):
        def suspend(self, stage: Stage) -> None:
            super().suspend(stage)
            live = {row.clever_id for row in self.rows["users"].values() if row.live}
            self.site.groups[:] = [
                replace(group, members=tuple(one for one in group.members if one in live))
                for group in self.site.groups
            ]
