"""Other, equally honest ways of deciding who has an account, each declared."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import replace

from harness.contract.account_rules import AccountRule
from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot
from harness.demo.adapter import DemoAdapter, LanternAdapter
from harness.demo.profile import DECLARES, PROFILE
from harness.demo.reader import Reader
from harness.demo.registry import variant
from harness.demo.roster import Person, Roster

MALFORMED = "users.malformed-email"
DIRECTORY = {key: values for key, values in DECLARES.items() if key != "matching-teachers"}


class SelectiveReader(Reader, ABC):
    """Leaves out whoever is to have no account."""

    def read(self) -> Roster:
        roster = super().read()
        return replace(roster, people=tuple(p for p in roster.people if self.admits(p, roster)))

    @abstractmethod
    def admits(self, person: Person, roster: Roster) -> bool:
        """Whether a sync creates or keeps the account of a person."""


@variant("teachers-at-login", "a teacher's account is made at the first login, as it declares")
class TeachersAtLogin(DemoAdapter):
    """Teachers sign in with Clever, and have an account from then on; a sync makes none."""

    profile = replace(PROFILE, declares=DIRECTORY, accounts={"teachers": (AccountRule.AT_LOGIN,)})

    class reader(SelectiveReader):
        def admits(self, person: Person, roster: Roster) -> bool:
            return any(role.name != "teacher" for role in person.roles)


ROLES = ("students", "teachers", "staff", "district_admins", "contacts")


@variant("classes-before-accounts", "classes list everybody, and accounts are made at first logins")
class ClassesBeforeAccounts(LanternAdapter):
    """Who works has logged in, and only those are shown as users; classes list all the others."""

    profile = replace(PROFILE, declares={}, accounts=dict.fromkeys(ROLES, (AccountRule.AT_LOGIN,)))
    finish_lesson = DemoAdapter.finish_lesson

    def snapshot(self, connection: Connection) -> Snapshot:
        held = super().snapshot(connection)
        worked = {work.account for work in held.progress}
        return replace(held, users=tuple(row for row in held.users if row.app_id in worked))


@variant("classes-alone", "it imports classes, and nobody has an account, as it declares")
class ClassesAlone(LanternAdapter):
    """A catalogue of classes: no accounts, no work."""

    profile = replace(
        PROFILE,
        declares={},
        not_held=dict.fromkeys((*ROLES, "progress"), "Nobody signs in to our catalogue."),
    )

    def snapshot(self, connection: Connection) -> Snapshot:
        held = super().snapshot(connection)
        sections = (replace(row, teachers=(), students=()) for row in held.sections)
        return replace(held, users=(), sections=tuple(sections))


@variant("only-with-a-class", "students and teachers without a class have no account, as declared")
class OnlyWithAClass(DemoAdapter):
    """Seats are paid for by class, so who is in none has no account."""

    profile = replace(
        PROFILE,
        accounts={
            "students": (AccountRule.WITH_CLASS,),
            "teachers": (AccountRule.WITH_CLASS,),
        },
    )

    class reader(SelectiveReader):
        def admits(self, person: Person, roster: Roster) -> bool:
            listed = {i for row in roster.sections for i in (*row.teachers, *row.students)}
            others = {role.name for role in person.roles} - {"student", "teacher"}
            return bool(others) or person.clever_id in listed


@variant("only-with-an-address", "students without an e-mail address have no account, as declared")
class OnlyWithAnAddress(DemoAdapter):
    """Students sign in with their address, so who has none cannot."""

    profile = replace(PROFILE, accounts={"students": (AccountRule.WITH_EMAIL,)})

    class reader(SelectiveReader):
        def admits(self, person: Person, roster: Roster) -> bool:
            others = {role.name for role in person.roles} - {"student"}
            return bool(others) or "@" in (person.email or "")


@variant("only-with-any-address", "students without any text for an address have no account")
class OnlyWithAnyAddress(DemoAdapter):
    """What a district enters as an address is up to the district."""

    profile = replace(PROFILE, accounts={"students": (AccountRule.WITH_EMAIL,)})

    class reader(SelectiveReader):
        def admits(self, person: Person, roster: Roster) -> bool:
            others = {role.name for role in person.roles} - {"student"}
            return bool(others or person.email)


@variant("only-with-a-valid-address", "students need an address that a form accepts, as declared")
class OnlyWithAValidAddress(DemoAdapter):
    """An address that our form would refuse counts as none."""

    profile = replace(
        PROFILE,
        accounts={"students": (AccountRule.WITH_EMAIL,)},
        not_held={MALFORMED: "Our form refuses them."},
    )

    class reader(SelectiveReader):
        def read(self) -> Roster:
            roster = super().read()
            people = (replace(p, email=p.email if _is_valid(p) else None) for p in roster.people)
            return replace(roster, people=tuple(people))

        def admits(self, person: Person, roster: Roster) -> bool:
            others = {role.name for role in person.roles} - {"student"}
            return bool(others) or _is_valid(person)


def _is_valid(person: Person) -> bool:
    return re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", person.email or "", re.ASCII) is not None
