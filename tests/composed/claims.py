"""Claims: where an app's year on paper breaks the text of a requirement, one function each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from composed.claim import Claim, Claims, Days, calm
from composed.fault_claims import (
    failures_are_reported,
    failures_are_retried,
    failures_remove_nothing,
    recovery_repairs,
    the_rest_is_synced,
)
from composed.held import Shared, by_clever_id, in_use, same_account, values_of
from composed.model import PaperDay
from composed.policies import Policies
from composed.quiet_claims import quiet_days_change_nothing
from composed.refusals import incomplete, refused, unexpected
from composed.role_claims import (
    contacts_have_their_students,
    roles_are_complete,
    roles_have_their_schools,
    schools_are_complete,
)

from harness.contract.snapshot import Snapshot


def all_is_read(policies: Policies, days: Days) -> Claims:
    """R2: what is shared and used was delivered."""
    for day in calm(days):
        missing = Shared.on(day, policies).records - day.read - unexpected(policies, day)
        if missing:
            yield Claim(day, f"{len(missing)} records were never delivered")
        after, before = by_clever_id(day.after), by_clever_id(day.before)
        for record in refused(policies, day) - unexpected(policies, day):
            if record not in after:
                opened = record in before or record in incomplete(policies, day)
                yield Claim(day, f"{record} was delivered and left out", open=opened)


def values_may_be_missing(policies: Policies, days: Days) -> Claims:
    """R7: whoever lacks a value that Clever does not guarantee is in use all the same."""
    for day in calm(days):
        after = by_clever_id(day.after)
        for record in (incomplete(policies, day) & day.read) - unexpected(policies, day):
            if not in_use(after.get(record, ())):
                yield Claim(day, f"{record} has no address and is not in use")


def ids_are_keys(policies: Policies, days: Days) -> Claims:
    """R1: one row for a Clever ID, its own, and the same one as long as it is shared."""
    for day in calm(days):
        after, before = by_clever_id(day.after), by_clever_id(day.before)
        for record, held in after.items():
            if len(held) > 1 and not (policies.several_rows and _differ(policies, held)):
                hidden = policies.export == "active" and sum(in_use((row,)) for row in held) < 2
                hidden |= policies.several_rows and policies.holds == "no-schools"
                yield Claim(day, f"{record} is held {len(held)} times", open=hidden)
        for record in (Shared.on(day, policies).records & day.read) - refused(policies, day):
            if record not in after:
                yield Claim(day, f"{record} was delivered and has no row of its own")
            elif record in before and not _goes_on(before[record], after[record]):
                yield Claim(day, f"{record} has another account", open=True)
        whose = {row.app_id: record for record, held in before.items() for row in held}
        for record, held in after.items():
            for row in held:
                if whose.get(row.app_id, record) != record:
                    hidden = policies.export == "active"
                    words = f"the account of {whose[row.app_id]} went to {record}"
                    yield Claim(day, words, open=hidden)


def _goes_on(before: Sequence[Any], after: Sequence[Any]) -> bool:
    """Whether it is the same account, and also in use if both were."""
    was, now = ([row for row in rows if in_use((row,))] for rows in (before, after))
    return same_account(before, after) and (not (was and now) or same_account(was, now))


def _differ(policies: Policies, rows: Sequence[Any]) -> bool:
    """Whether no two of these rows in use are for the same role, or for the same school of it."""
    active = [row for row in rows if in_use((row,))]
    if policies.tenancy == "row-per-child":
        ties = [tie for row in active for tie in row.student_relationships or (None,)]
        return len(set(ties)) == len(ties)
    if policies.tenancy == "row-per-role":
        return len({tuple(one.role for one in row.roles) for row in active}) == len(active)
    return len({row.roles for row in active}) == len(active)


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
                    same = same and in_use((row,))
                    same = same and (len(after[record]) == 1 or _differ(policies, after[record]))
                    yield Claim(day, f"{record} is {values_of(row)}, not {right}", open=not same)


def leavers_are_archived(policies: Policies, days: Days) -> Claims:
    """R6: who is no longer shared is archived, and who is shared again is restored."""
    left: set[tuple[str, str]] = set()
    done: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for day in calm(days):
        after, before = by_clever_id(day.after), by_clever_id(day.before)
        shared, unwanted = Shared.on(day, policies).records, refused(policies, day)
        for record, held in before.items():
            if record in unexpected(policies, day):
                continue
            if record in unwanted:
                if in_use(held) or not in_use(after.get(record, ())):
                    yield Claim(day, f"{record} has no class any more", open=True)
            elif record not in shared:
                left.add(record)
                done[record] |= _work_of(day.before, held)
                if in_use(held) and in_use(after.get(record, ())):
                    yield Claim(day, f"{record} is still in use")
                elif in_use(held) and record not in after:
                    hidden = policies.export == "active" and not _comes_back(
                        policies, days, day, record
                    )
                    yield Claim(day, f"{record} is lost", open=hidden)
            elif record in day.read and not in_use(held):
                now = after.get(record, ())
                restored = in_use(now) and same_account(held, now)
                if restored:
                    left.discard(record)  # what a failure archives later is T1's, and T6's
                if not restored:
                    yield Claim(day, f"{record} is not restored", open=record not in left)
                elif policies.ids == "key" and not done[record] <= _work_of(day.after, now):
                    yield Claim(day, f"{record} is restored without its work", open=True)


def _comes_back(policies: Policies, days: Days, gone: PaperDay, record: tuple[str, str]) -> bool:
    """Whether a return shows that the account is not the one from before."""
    later = days[days.index(gone) :]
    return policies.ids != "key" and any(
        record in Shared.on(day, policies).records & day.read
        for day in calm(later)
        if day.day.district == gone.day.district
    )


def _work_of(snapshot: Snapshot, rows: Sequence[Any]) -> set[str]:
    """The lessons of these accounts."""
    accounts = {row.app_id for row in rows}
    return {work.lesson for work in snapshot.progress if work.account in accounts}


def work_stays(policies: Policies, days: Days) -> Claims:
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
                own = [row for row in held.users if row.clever_id == who]
                gone |= policies.export == "active" and not in_use(own)
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


def never(_: Policies, __: Days) -> Claims:
    """Requirements that no policy breaks."""
    return iter(())


CLAIMS: Mapping[str, Callable[[Policies, Days], Claims]] = {
    "R1": ids_are_keys,
    "R2": all_is_read,
    "R3": never,
    "R5": values_are_current,
    "R6": leavers_are_archived,
    "R7": values_may_be_missing,
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
