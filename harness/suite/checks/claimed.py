"""Claimed: what the whole year shows of each thing a vendor can declare with yes or no.

An examination without a finding says yes, one with findings no, and one of nothing says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from harness.assess.world import KINDS, Person, World
from harness.contract.sync import Mode
from harness.district.records import Kind, schools_of
from harness.plan.plan import COMMON
from harness.suite.checks import archive, history, presence, traffic
from harness.suite.checks.examination import Examination
from harness.suite.checks.values import Mirror


def co_teachers(world: World) -> Examination:
    """Sections with several teachers have them all, on every day."""
    seen = Examination()
    for day in _synced_days(world):
        mirror = Mirror(world, COMMON, day)
        shared = mirror.roster.sections.items()
        seen.add(mirror.teachers(i for i, row in shared if len(row["teachers"]) > 1))
    return seen


def several_schools(world: World) -> Examination:
    """Users whom Clever names several schools of belong to them all, on every day."""
    seen = Examination()
    for day in _synced_days(world):
        mirror = Mirror(world, COMMON, day)
        shared = mirror.roster.users.items()
        seen.add(mirror.schools([i for i, user in shared if len(schools_of(user)) > 1]))
    return seen


def daily_sync(world: World) -> Examination:
    """What is new or changed on a day is in the app after that day's sync."""
    seen = Examination()
    days = _synced_days(world)
    if world.recording.header.mode is Mode.FULL:
        unread = traffic.on_demand(world, COMMON, days)
        seen.findings += unread.findings
    for before, day in pairwise(days):
        was, mirror = world.roster(COMMON, before), Mirror(world, COMMON, day)
        now = mirror.roster
        for kind in (Kind.SECTIONS, Kind.USERS):
            new = [i for i in world.sought(kind, now) if i not in was.of(kind)]
            seen.add(presence.presence(world, COMMON, day, kind, new))
        people = _changed(was.users, now.users, ("name", "email"))
        seen.add(mirror.names(people))
        seen.add(mirror.emails(people))
        sections = _changed(was.sections, now.sections, ("students", "teachers"))
        sections = [i for i in sections if i not in _by_hand(world)]
        seen.add(mirror.students(sections))
        seen.add(mirror.teachers(sections))
    return seen


def archives(world: World) -> Examination:
    """What Clever no longer shares is archived that day."""
    seen = Examination()
    for day in _synced_days(world):
        gone = archive.gone_records(world, COMMON, day)
        seen.add(archive.archived(world, COMMON, day, gone))
    return seen


def restores(world: World) -> Examination:
    """What Clever shares again is active again that day, if the app ever held it."""
    seen = Examination()
    for day in _synced_days(world):
        earlier = world.before(COMMON, day)
        if len(earlier) > 1:
            seen.add(archive.restored(world, COMMON, day, _back(world, day, earlier)))
    return seen


def keeps_progress(world: World) -> Examination:
    """Every lesson is with who finished it at the end of the year."""
    days = world.days_of(COMMON)
    acts = [act for act in world.acted if act.district == COMMON]
    return history.kept(world, acts, days[-1]) if days else Examination()


YES_OR_NO: Mapping[str, Callable[[World], Examination]] = {
    "daily-sync": daily_sync,
    "archives": archives,
    "restores": restores,
    "co-teachers": co_teachers,
    "several-schools": several_schools,
    "keeps-progress": keeps_progress,
}
"""Claim → what answers it."""


def _synced_days(world: World) -> tuple[str, ...]:
    """The days on which the sync of the common district completed."""
    return tuple(
        day
        for day in world.days_of(COMMON)
        if world.synced(COMMON, day).final.state in traffic.DONE
    )


def _changed(
    was: Mapping[str, Mapping[str, object]],
    now: Mapping[str, Mapping[str, object]],
    keys: Iterable[str],
) -> list[str]:
    keys = tuple(keys)
    return [
        i
        for i, row in now.items()
        if i in was and any(row.get(key) != was[i].get(key) for key in keys)
    ]


def _by_hand(world: World) -> set[str]:
    """Sections that people changed by hand: what lasts of that is another question."""
    return {
        world.cast(act.district, act.day, act.edge_case, act.section).clever_id
        for act in world.edits
        if act.section
    }


def _back(world: World, day: str, earlier: tuple[str, ...]) -> list[Person]:
    last, now = world.roster(COMMON, earlier[-1]), world.roster(COMMON, day)
    held = [world.holdings(COMMON, each).active_ids for each in earlier]
    return [
        world.record_of(kind, i)
        for kind in KINDS
        for i in now.of(kind)
        if i not in last.of(kind) and any(i in ids[kind] for ids in held)
    ]
