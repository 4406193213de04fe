"""Mistakes of a roster importer with work, and with groups that teachers made."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from dataclasses import replace

from variants.coursebridge import Coursebridge
from variants.coursebridge_import import Importer, Stage

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
