"""Mistakes with what is vacant or taken: a class nobody teaches, an address somebody else has."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.store import Row, Store


@mutant(
    "needs-a-teacher",
    sees="students miss a class",
    mistake="leaves out sections that nobody teaches",
    cause="odd-value:teacher",
    breaks={"R7"},
    blocks={"R9"},
)
class NeedsATeacher(DemoAdapter):
    """Every class has somebody who teaches it, and is shown under their name."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            return replace(
                roster, sections=tuple(section for section in roster.sections if section.teachers)
            )


@mutant(
    "empties-a-class-without-a-teacher",
    sees="a study hall has nobody in it",
    mistake="reads the students of a section only if somebody teaches it",
    cause="in-common:of:no-teacher",
    breaks={"R9"},
    blocks={"R5"},
)
class EmptiesAClassWithoutATeacher(DemoAdapter):
    """Who is in a class is asked of its teacher."""

    class reader(Reader):
        def students(self, section: Record) -> tuple[str, ...]:
            return super().students(section) if self.teachers(section) else ()


@mutant(
    "keeps-the-last-teacher",
    sees="a teacher who left a class still has it until somebody else takes over",
    mistake="writes the teachers of a section only if Clever names any",
    cause="keeps-the-last:teacher",
    breaks={"R9"},
    plays={"comings-and-goings"},
)
class KeepsTheLastTeacher(DemoAdapter):
    """A list that is empty was taken for one that is missing."""

    class store(Store):
        def clear_members(self, section: int, role: str) -> None:
            pass

        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            people = list(people)
            if people or role != "teacher":
                super().clear_members(section, role)
            super().set_members(section, role, people)


@mutant(
    "leaves-vacancies-open",
    sees="whoever takes over a class that nobody taught does not see it",
    mistake="exchanges the teachers of a section, and adds none to one that has none",
    cause="never-fills:teacher",
    breaks={"R9"},
    plays={"comings-and-goings"},
)
class LeavesVacanciesOpen(DemoAdapter):
    """Teachers are exchanged in their rows; a class that is not new and has none has no row."""

    class store(Store):
        def set_members(self, section: int, role: str, people: Iterable[int]) -> None:
            members = "SELECT count(*) FROM members WHERE section_id = ? AND role = ?"
            taught, attended = (
                self.value(members, section, each) for each in ("teacher", "student")
            )
            if role == "student" or taught or not attended:
                super().set_members(section, role, people)


@mutant(
    "keeps-closed-mailboxes",
    sees="mail goes to addresses that belong to nobody",
    mistake="writes the e-mail address of an account only if Clever shares one",
    cause="never-clears:email",
    breaks={"R5"},
    plays={"comings-and-goings"},
)
class KeepsClosedMailboxes(DemoAdapter):
    """An account without an address cannot be reached, so the last one stays."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            if table == "users" and not row["email"]:
                row = {name: value for name, value in row.items() if name != "email"}
            super().update(table, known, row)


@mutant(
    "restores-while-the-address-is-free",
    sees="who comes back is locked out because somebody else got the address",
    mistake="restores a user only if no active user has the same e-mail address",
    cause="never-restores",
    breaks={"R6"},
)
class RestoresWhileTheAddressIsFree(DemoAdapter):
    """An address opens one account, and whoever is active has it."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            if table == "users" and self.is_taken(known, row):
                return
            super().update(table, known, row)

        def is_taken(self, known: int, row: Row) -> bool:
            archived = self.value("SELECT archived FROM users WHERE id = ?", known)
            others = "SELECT count(*) FROM users WHERE email = ? AND id != ? AND NOT archived"
            return bool(archived and self.value(others, row["email"], known))


@mutant(
    "leaves-out-who-cannot-be-reached",
    sees="a parent without address and number is not in the list",
    mistake="leaves out contacts who have neither an e-mail address nor a phone number",
    cause="in-common:no-email+no-phone",
    breaks={"R2"},
    blocks={"G4", "R1"},
    size="full",
)
class LeavesOutWhoCannotBeReached(DemoAdapter):
    """A contact is somebody who can be called or written to."""

    class reader(Reader):
        def records(self, kind: str) -> list[Record]:
            return [record for record in super().records(kind) if self.is_reached(record)]

        def is_reached(self, record: Record) -> bool:
            contact = self.held(record.get("roles") or {}).get("contact")
            return contact is None or bool(record.get("email") or contact.get("phone"))
