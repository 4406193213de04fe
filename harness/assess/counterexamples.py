"""Counterexamples: records that refute what a sentence of an answer claims, whatever checks say.

A check is about one kind of difference and leaves others to other requirements, but a sentence is
read as it stands: who lacks a role lacks its schools too. So before a clause says yes, what it
claims of everybody is looked up in what Clever shared and in what the app held. What people
changed manually is left out: whether it lasts is a question of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.assess import unexpected_states
from harness.assess.edited import edited_records
from harness.assess.expectations import ROLES
from harness.assess.holdings import Holdings
from harness.assess.recording_index import RecordingIndex
from harness.assess.shared_days import shared_days
from harness.contract.snapshot import HeldSection, HeldUser
from harness.district.data_model.records import Kind, RoleName, Section, User, roles_of
from harness.district.data_model.roster import Roster

WITHOUT_ADDRESS = "has an account without an address"
"""What is claimed of everybody without an e-mail address, whatever their role."""
_FAR_MORE = 3
"""As many times as large a part of those without an address has no account as of the others."""


@dataclass(frozen=True, slots=True)
class _AnsweredDay:
    """What Clever shared on a day and the day before, and what the app held after its sync."""

    roster: Roster
    former: Roster | None
    held: Holdings
    edited: frozenset[str]
    """Whom and what people may have changed manually."""

    def user(self, clever_id: str) -> HeldUser | None:
        row = self.held.active(Kind.USERS, clever_id)
        return row if isinstance(row, HeldUser) and clever_id not in self.edited else None

    def section(self, clever_id: str) -> HeldSection | None:
        row = self.held.active(Kind.SECTIONS, clever_id)
        return row if isinstance(row, HeldSection) and clever_id not in self.edited else None

    def sections(self) -> Iterator[HeldSection]:
        """The sections in use that Clever shares."""
        found = (self.section(clever_id) for clever_id in self.roster.sections)
        return (row for row in found if row)


class Counterexamples:
    """Looks for records against claims, on the days on which Clever answers well."""

    def __init__(self, index: RecordingIndex) -> None:
        self._index = index

    def against(self, claim: str, kind: str) -> str:
        """The Clever ID of the first record against a claim about a kind, or "".

        `claim` is one of `LOOKED_UP`, `kind` one of `HOLDABLE` for which users have a role; what is
        claimed of people without an address is about all roles.
        """
        if claim == WITHOUT_ADDRESS:
            return self._index.cached(("against", claim), self._without_address)
        if claim in unexpected_states.SEARCHES:
            return self._index.cached(
                ("against", claim, kind),
                lambda: unexpected_states.unexpected(self._index, claim, kind),
            )
        role = ROLES.get(kind)
        if role is None:
            return ""
        return self._index.cached(("against", claim, kind), lambda: self._first(claim, role))

    def _without_address(self) -> str:
        """Somebody without an e-mail address and an account, where most others have accounts.

        Most people in a role who have no address have none, so that it is no accident.
        """
        for day in self._days():
            absent = {i for role in ROLES.values() for i in self.absent(day, role)}
            users = day.roster.users
            without = {i for i, user in users.items() if not user.get("email")}
            lacking = without & absent
            others = len(absent - without) * len(without)
            more = len(lacking) * len(users.keys() - without) > _FAR_MORE * others
            if more and (whole := self._mostly_absent(day, without, lacking)):
                return whole
        return ""

    def _mostly_absent(self, day: _AnsweredDay, without: set[str], lacking: set[str]) -> str:
        """The first of a role in which most of those without an address lack an account, or ""."""
        for role in ROLES.values():
            of_role = dict(self._people(day, role)).keys() & without
            absent = of_role & lacking
            if len(absent) > 1 and 2 * len(absent) > len(of_role):
                return min(absent)
        return ""

    def lists_all(self, kind: str) -> bool:
        """Whether sections in use always listed whom Clever shares in a role, account or not."""
        role = ROLES[kind]
        days = self._days()
        listed = any(_held_members(row, role) for day in days for row in day.sections())
        return listed and not any(_lists_others(day, role) for day in days)

    def _first(self, claim: str, role: RoleName) -> str:
        refuting = _SEARCHES[claim]
        found = (i for day in self._days() for i in refuting(self, day, role))
        return next(found, "")

    def _days(self) -> Sequence[_AnsweredDay]:
        """The days that say something of what the app makes of what is shared."""
        return self._index.cached("answered days", lambda: list(self._answered_days()))

    def _answered_days(self) -> Iterator[_AnsweredDay]:
        for district in self._index.districts:
            edited = edited_records(self._index, district)
            for day in shared_days(self._index, district):
                if day.held:
                    yield _AnsweredDay(day.roster, day.former, day.held, edited)

    def _people(self, day: _AnsweredDay, role: RoleName) -> Mapping[str, User]:
        """Whoever Clever shares in a role, unless a declaration is about their account."""
        return self._index.expectations.with_account(role, day.roster)

    def absent(self, day: _AnsweredDay, role: RoleName) -> Iterator[str]:
        """People without an account in use."""
        held = day.held.active_ids[Kind.USERS]
        return (clever_id for clever_id in self._people(day, role) if clever_id not in held)

    def with_other_schools(self, day: _AnsweredDay, role: RoleName) -> Iterator[str]:
        """People in use who are not at exactly the schools of all their roles."""
        holds_role = self._index.expectations.holds_role
        for clever_id, user in self._people(day, role).items():
            row = day.user(clever_id)
            wanted = {
                school
                for name, of_role in roles_of(user).items()
                if holds_role(name)
                for school in of_role.get("schools") or ()
            }
            if row and wanted != _schools_of(row, holds_role):
                yield clever_id

    def left_behind(self, day: _AnsweredDay, role: RoleName) -> Iterator[str]:
        """People in use who have just gone to other schools and are not at all of these."""
        holds_role = self._index.expectations.holds_role
        before = day.former.users if day.former else {}
        for clever_id, user in self._people(day, role).items():
            was = roles_of(before[clever_id]).get(role) if clever_id in before else None
            schools = roles_of(user)[role].get("schools") or ()
            row = day.user(clever_id)
            moved = was and set(was.get("schools") or ()).isdisjoint(schools)
            if moved and row and not _schools_of(row, holds_role).issuperset(schools):
                yield clever_id

    def with_other_roles(self, day: _AnsweredDay, role: RoleName) -> Iterator[str]:
        """People in use who have several roles at Clever, and not exactly these."""
        holds_role = self._index.expectations.holds_role
        for clever_id, user in self._people(day, role).items():
            wanted = {name for name in roles_of(user) if holds_role(name)}
            row = day.user(clever_id)
            if row and len(wanted) > 1 and wanted != {*filter(holds_role, _roles_of(row))}:
                yield clever_id

    def sections_with_others(self, day: _AnsweredDay, role: RoleName) -> Iterator[str]:
        """Sections in use with other people in a role than Clever lists and shares."""
        people = self._people(day, role).keys()
        for row in day.sections():
            wanted = _members(day.roster.sections[row.clever_id], role)
            if people & {*wanted} != people & {*_held_members(row, role)}:
                yield row.clever_id

    def lacking_a_section(self, day: _AnsweredDay, role: RoleName) -> Iterator[str]:
        """People in use whom Clever lists in several sections, and the app not in each of them."""
        sections: Counter[str] = Counter()
        lacking: set[str] = set()
        for row in day.sections():
            members = _members(day.roster.sections[row.clever_id], role)
            sections.update(members)
            lacking.update({*members}.difference(_held_members(row, role)))
        for clever_id in self._people(day, role) if lacking else ():
            if clever_id in lacking and sections[clever_id] > 1 and day.user(clever_id):
                yield clever_id


def _lists_others(day: _AnsweredDay, role: RoleName) -> bool:
    """Whether a section in use lists others in a role than Clever shares."""
    shared = {i for i, user in day.roster.users.items() if role in roles_of(user)}
    return any(
        shared.intersection(_held_members(row, role))
        != shared.intersection(_members(section, role))
        for row in day.sections()
        for section in [day.roster.sections[row.clever_id]]
    )


def _schools_of(row: HeldUser, asked: Callable[[str], bool]) -> set[str]:
    """Of roles that have schools at Clever; for others they are an app's own idea.

    `asked` says of a role whether the app is asked to have it right.
    """
    roles = (held for held in row.roles if held.role in ("student", "teacher", "staff"))
    return {school for held in roles if asked(held.role) for school in held.schools}


def _roles_of(row: HeldUser) -> list[str]:
    return [held.role for held in row.roles]


def _members(section: Section, role: RoleName) -> Sequence[str]:
    return section["teachers"] if role == "teacher" else section["students"]


def _held_members(row: HeldSection, role: RoleName) -> Sequence[str]:
    return row.teachers if role == "teacher" else row.students


_SEARCHES: Mapping[str, Callable[[Counterexamples, _AnsweredDay, RoleName], Iterator[str]]] = {
    "has an account": Counterexamples.absent,
    "is at all schools": Counterexamples.with_other_schools,
    "is at the new school": Counterexamples.left_behind,
    "has all roles": Counterexamples.with_other_roles,
    "is in the sections": Counterexamples.sections_with_others,
    "is in each section": Counterexamples.lacking_a_section,
}
KNOWN = frozenset({*_SEARCHES, *unexpected_states.SEARCHES, WITHOUT_ADDRESS})
"""The claims that can be looked up; `LOOKED_UP` has the same for whoever writes a question."""
