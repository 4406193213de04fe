"""Claims: where an app's year on paper breaks the text of a requirement, one function each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from composed.held import Shared, by_clever_id, in_use, values_of
from composed.model import PaperDay
from composed.policies import Policies

from harness.contract.snapshot import Snapshot
from harness.plan.plan import COMMON, Day

UNREPORTED = (Day.HTML, Day.EMPTY_BODY, Day.NO_LIST, Day.SERVER_ERRORS)
"""Days on which a sync that could not read everything must say so."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One breach, or what could be taken for one."""

    day: PaperDay
    what: str
    open: bool = False
    """Whether the texts let another requirement own it."""

    def __str__(self) -> str:
        return f"{self.day.day.district} {self.day.day.day}: {self.what}"


Claims = Iterator[Claim]
Days = Sequence[PaperDay]


def calm(days: Days) -> Iterator[PaperDay]:
    """The days on which Clever answers well."""
    return (day for day in days if day.calm)


def all_is_read(policies: Policies, days: Days) -> Claims:
    """R2: what is shared and used was delivered."""
    for day in calm(days):
        missing = Shared.on(day, policies).records - day.read
        if missing:
            yield Claim(day, f"{len(missing)} records were never delivered")
        after, before = by_clever_id(day.after), by_clever_id(day.before)
        for record in _refused(policies, day):
            if record not in after:
                yield Claim(day, f"{record} was delivered and left out", open=record in before)


def _refused(policies: Policies, day: PaperDay) -> set[tuple[str, str]]:
    """Delivered users whom an app gives no account since no section names them."""
    shared = Shared.on(day, policies)
    if policies.accounts == "all":
        return set()
    sections = shared.roster.sections.values()
    named = {key for one in sections for key in (*one["students"], *one["teachers"])}
    users = {record for record in shared.records & day.read if record[0] == "users"}
    return {record for record in users if record[1] not in named}


def ids_are_keys(policies: Policies, days: Days) -> Claims:
    """R1: one row for a Clever ID, its own, and the same one as long as it is shared."""
    for day in calm(days):
        after, before = by_clever_id(day.after), by_clever_id(day.before)
        for record, held in after.items():
            if len(held) > 1 and not (policies.several_rows and _differ(policies, held)):
                yield Claim(day, f"{record} is held {len(held)} times")
        for record in (Shared.on(day, policies).records & day.read) - _refused(policies, day):
            if record not in after:
                yield Claim(day, f"{record} was delivered and has no row of its own")
            elif record in before and not _same_account(before[record], after[record]):
                yield Claim(day, f"{record} has another account", open=True)
        whose = {row.app_id: record for record, held in before.items() for row in held}
        for record, held in after.items():
            for row in held:
                if whose.get(row.app_id, record) != record:
                    yield Claim(day, f"the account of {whose[row.app_id]} went to {record}")


def _differ(policies: Policies, rows: Sequence[Any]) -> bool:
    """Whether no two of these rows in use are for the same role, or for the same school of it."""
    active = [row for row in rows if in_use((row,))]
    if policies.tenancy == "row-per-role":
        return len({tuple(one.role for one in row.roles) for row in active}) == len(active)
    return len({row.roles for row in active}) == len(active)


def _same_account(before: Sequence[Any], after: Sequence[Any]) -> bool:
    return not {row.app_id for row in before}.isdisjoint(row.app_id for row in after)


def values_are_current(policies: Policies, days: Days) -> Claims:
    """R5: what a sync read is applied to the records that were there."""
    for day in calm(days):
        after, before = by_clever_id(day.after), by_clever_id(day.before)
        shared = Shared.on(day, policies)
        for record in shared.records & day.read & after.keys():
            right = shared.values(record)
            for row in after[record]:
                alone = len(after[record]) == 1 or (policies.several_rows and in_use((row,)))
                if values_of(row) != right and alone:
                    same = row.app_id in {one.app_id for one in before.get(record, ())}
                    yield Claim(day, f"{record} is {values_of(row)}, not {right}", open=not same)


def leavers_are_archived(policies: Policies, days: Days) -> Claims:
    """R6: who is no longer shared is archived, and who is shared again is restored."""
    left: set[tuple[str, str]] = set()
    for day in calm(days):
        after, before = by_clever_id(day.after), by_clever_id(day.before)
        shared, refused = Shared.on(day, policies).records, _refused(policies, day)
        for record, held in before.items():
            if record in refused:
                if in_use(held) or not in_use(after.get(record, ())):
                    yield Claim(day, f"{record} has no class any more", open=True)
            elif record not in shared:
                left.add(record)
                if in_use(held) and in_use(after.get(record, ())):
                    yield Claim(day, f"{record} is still in use")
                elif in_use(held) and record not in after:
                    yield Claim(day, f"{record} is lost")
            elif record in day.read and not in_use(held):
                now = after.get(record, ())
                restored = in_use(now) and _same_account(held, now)
                if not restored:
                    yield Claim(day, f"{record} is not restored", open=record not in left)


def work_stays(_: Policies, days: Days) -> Claims:
    """R8: every lesson belongs to whoever did it, as long as the account exists."""
    done: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for day in days:
        district = day.day.district
        for when, held in (("before", day.before), ("after", day.after), ("acted", day.acted)):
            if when == "acted":
                done.setdefault((district, ""), set()).update(day.lessons)
            owners = {row.app_id: row.clever_id for row in held.users}
            shown = {(owners.get(work.account, ""), work.lesson) for work in held.progress}
            for who, lesson in done.get((district, ""), set()) - shown:
                kept = any(row.clever_id == who for row in held.users)
                moved = any(lesson == work.lesson for work in held.progress)
                same = kept and not moved and day.calm
                gone = _account_of(days, district, lesson) not in {row.app_id for row in held.users}
                yield Claim(day, f"{lesson} of {who} is gone", open=not same or gone)


def _account_of(days: Days, district: str, lesson: str) -> str:
    """The account that did a lesson."""
    shown = (
        work.account
        for day in days
        if day.day.district == district
        for work in day.acted.progress
        if work.lesson == lesson
    )
    return next(shown, "")


def members_are_current(policies: Policies, days: Days) -> Claims:
    """R9: a section has the teachers and students Clever names, as far as both are in use."""
    for day in calm(days):
        after = by_clever_id(day.after)
        shared = Shared.on(day, policies)
        people = {key for (kind, key), held in after.items() if kind == "users" and in_use(held)}
        for section in day.after.sections:
            record = ("sections", section.clever_id)
            if record in shared.records & day.read and in_use((section,)):
                for role, named in shared.members(section.clever_id).items():
                    right = [
                        key for key in named if key in people and ("users", key) in shared.records
                    ]
                    held = [
                        key for key in getattr(section, role) if ("users", key) in shared.records
                    ]
                    if role == "students":
                        right, held = sorted(right), sorted(held)
                    if held != right:
                        yield Claim(day, f"{role} of {section.clever_id} are {held}, not {right}")


def schools_are_complete(policies: Policies, days: Days) -> Claims:
    """G2: a user belongs to all schools of all roles."""
    for day, user, right, held in _roles(policies, days):
        if {s for at in right.values() for s in at} != {s for at in held.values() for s in at}:
            opened = right.keys() != held.keys() or _any_row_is_right(policies, day, user, right)
            opened |= _kept_archived(day, user, right)
            yield Claim(day, f"schools of {user}: {held}, not {right}", open=opened)


def roles_are_complete(policies: Policies, days: Days) -> Claims:
    """G3: a user has all roles and no others."""
    for day, user, right, held in _roles(policies, days):
        if right.keys() != held.keys():
            opened = _any_row_is_right(policies, day, user, right) or _kept_archived(
                day, user, right
            )
            yield Claim(day, f"roles of {user}: {list(held)}, not {list(right)}", open=opened)


def roles_have_their_schools(policies: Policies, days: Days) -> Claims:
    """G8: a role counts at its own schools."""
    for day, user, right, held in _roles(policies, days):
        several = sum(bool(at) for at in right.values()) > 1  # of one role it is G2's
        roles = right.keys() & held.keys()
        if several and any(set(right[role]) != set(held[role]) for role in roles):
            opened = _any_row_is_right(policies, day, user, right) or _kept_archived(
                day, user, right
            )
            yield Claim(day, f"schools of the roles of {user}: {held}, not {right}", open=opened)


Roles = Mapping[str, tuple[str, ...]]


def _any_row_is_right(policies: Policies, day: PaperDay, user: str, right: Roles) -> bool:
    """Whether a second row, which is R1's unless it is declared, is all that is wrong."""
    rows = by_clever_id(day.after).get(("users", user), [])
    shown = [{one.role: set(one.schools) for one in row.roles} for row in rows if in_use((row,))]
    wanted = {role: set(at) for role, at in right.items()}
    return len(shown) > 1 and not policies.several_rows and wanted in shown


def _kept_archived(day: PaperDay, user: str, right: Roles) -> bool:
    """Whether a row of this user is archived that should be in use: R6's, not what it lacks."""
    rows = by_clever_id(day.after).get(("users", user), [])
    wanted = {(role, school) for role, at in right.items() for school in at or ("",)}
    return any(
        (one.role, school) in wanted
        for row in rows
        if not in_use((row,))
        for one in row.roles
        for school in one.schools or ("",)
    )


def _roles(policies: Policies, days: Days) -> Iterator[tuple[PaperDay, str, Roles, Roles]]:
    """Every delivered user in use on a calm day: the roles with their schools, and those held."""
    for day in calm(days):
        shared = Shared.on(day, policies)
        for (kind, key), held in by_clever_id(day.after).items():
            if kind == "users" and (kind, key) in shared.records & day.read and in_use(held):
                roles: dict[str, tuple[str, ...]] = {}
                for row in held:
                    if in_use((row,)):
                        for one in row.roles:
                            roles[one.role] = roles.get(one.role, ()) + one.schools
                yield day, key, shared.roles(key), roles


def contacts_have_their_students(policies: Policies, days: Days) -> Claims:
    """G4: a contact's relationships are those Clever names."""
    for day in calm(days):
        shared = Shared.on(day, policies)
        for user in day.after.users:
            if ("users", user.clever_id) in shared.records & day.read and in_use((user,)):
                held = {
                    (one.student, one.relationship or None) for one in user.student_relationships
                }
                right = shared.relationships(user.clever_id)
                is_contact = any(one.role == "contact" for one in user.roles)
                if is_contact and held != right:
                    yield Claim(day, f"{user.clever_id} belongs to {held}, not {right}")


def quiet_days_change_nothing(_: Policies, days: Days) -> Claims:
    """G5: the quiet day of the common district leaves the app as it was."""
    for day in days:
        if (day.day.district, day.day.day) == (COMMON, Day.QUIET) and day.before != day.after:
            yield Claim(day, "the quiet sync changed something", open=_moved(day))


def _moved(day: PaperDay) -> bool:
    """Whether an account changed its Clever ID, which is another requirement's."""
    before = {row.app_id: row.clever_id for row in day.before.users}
    return any(before.get(row.app_id) != row.clever_id for row in day.after.users)


def failures_remove_nothing(policies: Policies, days: Days) -> Claims:
    """T1: what a failure kept from being read is in use as before."""
    for day in days:
        if day.calm or not day.incomplete:
            continue
        after, before = by_clever_id(day.after), by_clever_id(day.before)
        for record in Shared.on(day, policies).records & day.readable & before.keys():
            if in_use(before[record]) and not in_use(after.get(record, ())):
                yield Claim(day, f"{record} is not in use any more", open=day.single)


def failures_are_retried(policies: Policies, days: Days) -> Claims:
    """T2: a request that met a passing failure is sent again."""
    for day in days:
        if day.day.day == Day.SERVER_ERRORS and day.incomplete and policies.failure != "retry":
            yield Claim(day, "nothing was sent again")


def the_rest_is_synced(policies: Policies, days: Days) -> Claims:
    """T5: one record that is not found keeps nobody else out."""
    for day in days:
        if day.single:
            after, before = by_clever_id(day.after), by_clever_id(day.before)
            new = (Shared.on(day, policies).records & day.readable) - before.keys()
            for record in new:
                if not in_use(after.get(record, ())):
                    # Whoever was delivered, and went into somebody else's row, is R1's.
                    taken = policies.key != "clever-id" and record in day.read
                    yield Claim(day, f"{record} is new and not in use", open=taken)


def recovery_repairs(policies: Policies, days: Days) -> Claims:
    """T6: after recovery everything is as if nothing had failed; open where others own the rest."""
    held: Snapshot | None = None
    for day in days:
        if (day.day.district, day.day.day) == (COMMON, Day.RETURNS):
            held = day.acted
        if (day.day.district, day.day.day) == (COMMON, Day.RECOVERY) and held:
            after, before = by_clever_id(day.after), by_clever_id(held)
            for record in Shared.on(day, policies).records & day.read & before.keys():
                if in_use(before[record]) and not (
                    in_use(after.get(record, ())) and _same_account(before[record], after[record])
                ):
                    yield Claim(day, f"{record} is not as on returns", open=True)


def failures_are_reported(policies: Policies, days: Days) -> Claims:
    """T7: a sync that could not read everything does not say that it completed."""
    for day in days:
        if day.day.day in UNREPORTED and day.incomplete and policies.report == "completed":
            yield Claim(day, "reported as completed")


def never(_: Policies, __: Days) -> Claims:
    """Requirements that no policy breaks."""
    return iter(())


CLAIMS: Mapping[str, Callable[[Policies, Days], Claims]] = {
    "R1": ids_are_keys,
    "R2": all_is_read,
    "R3": never,
    "R5": values_are_current,
    "R6": leavers_are_archived,
    "R7": never,
    "R8": work_stays,
    "R9": members_are_current,
    "R10": never,
    "G1": never,
    "G2": schools_are_complete,
    "G3": roles_are_complete,
    "G4": contacts_have_their_students,
    "G5": quiet_days_change_nothing,
    "G6": never,
    "G7": never,
    "G8": roles_have_their_schools,
    "T1": failures_remove_nothing,
    "T2": failures_are_retried,
    "T3": never,
    "T4": never,
    "T5": the_rest_is_synced,
    "T6": recovery_repairs,
    "T7": failures_are_reported,
}
"""Requirement → where it is broken."""
