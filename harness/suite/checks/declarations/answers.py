"""Answers: what the whole year shows of each thing a vendor can declare with yes or no.

An observation without a finding says yes, one with findings no, and one of nothing says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from harness.assess.findings import Finding
from harness.assess.recording_index import KINDS, RecordingIndex, RecordRef
from harness.contract.snapshot import HeldSection
from harness.contract.sync import APPLIED, Mode
from harness.district.data_model.records import Kind, schools_of
from harness.plan.faults import faults_of_day
from harness.plan.plan import COMMON
from harness.suite.checks import (
    archive,
    history,
    name_values,
    presence,
    restore,
    section_values,
    syncs,
    traffic,
    user_values,
)
from harness.suite.checks.events_read import events_read
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.observation import Observation


def co_teachers(index: RecordingIndex) -> Observation:
    """Sections with several teachers have them all, on every day; one left over is R9's.

    What has them all after the next sync is late, and what has no teacher at all, beside sections
    that have all of theirs, lacks more than a co-teacher: both are R9's, too.
    """
    observation = Observation()
    days = _synced_days(index)
    whole: dict[str, set[str]] = {}
    for day in days:
        mirror = Mirror(index, COMMON, day)
        several = [i for i, row in mirror.roster.sections.items() if len(row["teachers"]) > 1]
        of_day = section_values.missing_teachers(mirror, several)
        wrong = {finding.clever_id for finding in of_day.findings}
        held = mirror.holdings.active_ids[Kind.SECTIONS]
        whole[day] = {i for i in several if i in held and i not in wrong}
        observation.add(of_day)
    following = dict(pairwise(days))
    observation.findings = [
        finding
        for finding in observation.findings
        if finding.clever_id not in whole.get(following.get(finding.day, ""), ())
        and not (whole[finding.day] and _has_no_teacher(index, finding))
    ]
    return observation


def _has_no_teacher(index: RecordingIndex, finding: Finding) -> bool:
    row = index.holdings(COMMON, finding.day).active(Kind.SECTIONS, finding.clever_id)
    return isinstance(row, HeldSection) and not row.teachers


def several_schools(index: RecordingIndex) -> Observation:
    """Users whom Clever names several schools of belong to them all; one left over is G2's."""
    observation = Observation()
    for day in _synced_days(index):
        mirror = Mirror(index, COMMON, day)
        shared = mirror.roster.users.items()
        observation.add(
            user_values.missing_schools(
                mirror, [i for i, user in shared if len(schools_of(user)) > 1]
            )
        )
    return observation


def daily_sync(index: RecordingIndex) -> Observation:
    """What is new or changed on a day is in the app after that day's sync.

    Whoever is left over in a section is a matter of R9.
    """
    observation = Observation()
    days = _synced_days(index)
    if index.recording.header.mode is Mode.FULL:
        unread = traffic.on_demand(index, COMMON, days)
        observation.findings += unread.findings
    for before, day in pairwise(days):
        was, mirror = index.roster(COMMON, before), Mirror(index, COMMON, day)
        now = mirror.roster
        for kind in (Kind.SECTIONS, Kind.USERS):
            new = [i for i in index.expectations.expected_ids(kind, now) if i not in was.of(kind)]
            observation.add(presence.presence(index, COMMON, day, kind, new))
        people = _changed(was.users, now.users, ("name", "email"))
        observation.add(name_values.names(mirror, people))
        observation.add(name_values.emails(mirror, people))
        sections = _changed(was.sections, now.sections, ("students", "teachers"))
        sections = [i for i in sections if i not in _by_hand(index)]
        observation.add(section_values.missing_students(mirror, sections))
        observation.add(section_values.missing_teachers(mirror, sections))
    return observation


def archives(index: RecordingIndex) -> Observation:
    """What Clever no longer shares is archived that day."""
    observation = Observation()
    for day in _synced_days(index):
        gone = archive.gone_records(index, COMMON, day)
        observation.add(archive.archived(index, COMMON, day, gone))
        for declared in () if gone else archive.declared_of_gone(index, COMMON, day):
            observation.leave_out(declared)
    return observation


def restores(index: RecordingIndex) -> Observation:
    """What Clever shares again is active again that day, if the app ever held it."""
    observation = Observation()
    for day in _synced_days(index):
        earlier = index.before(COMMON, day)
        if len(earlier) > 1:
            observation.add(restore.restored(index, COMMON, day, _back(index, day, earlier)))
            for declared in _declared_of_back(index, day, earlier):
                observation.leave_out(declared)
    return observation


def keeps_progress(index: RecordingIndex) -> Observation:
    """Every lesson is with who finished it at the end of the year."""
    days = index.days_of(COMMON)
    acts = [act for act in index.lessons if act.district == COMMON]
    return history.kept(index, acts, days[-1]) if days else Observation()


YES_OR_NO: Mapping[str, Callable[[RecordingIndex], Observation]] = {
    "daily-sync": daily_sync,
    "archives": archives,
    "restores": restores,
    "co-teachers": co_teachers,
    "several-schools": several_schools,
    "keeps-progress": keeps_progress,
}
"""Declaration → what answers it."""


def _synced_days(index: RecordingIndex) -> tuple[str, ...]:
    """The days on which Clever answered well and the sync did its work, whatever it said.

    What a failed read costs is a matter of T1 and T6, and no declaration speaks of it; nor of what
    a sync leaves unread of the events (E1).
    """
    return tuple(
        day
        for day in index.days_of(COMMON)
        if not faults_of_day(COMMON, day)
        and _did_its_work(index, day)
        and not events_read(index, COMMON, (day,)).findings
    )


def _did_its_work(index: RecordingIndex, day: str) -> bool:
    return index.synced(COMMON, day).final.state in APPLIED or syncs.did_its_work(
        index, COMMON, day
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


def _by_hand(index: RecordingIndex) -> set[str]:
    """Sections that people changed by hand: what lasts of that is another question."""
    return {
        index.cast(act.district, act.day, act.edge_case, act.section).clever_id
        for act in index.edits
        if act.section
    }


def _back(index: RecordingIndex, day: str, earlier: tuple[str, ...]) -> list[RecordRef]:
    held = [index.holdings(COMMON, each).active_ids for each in earlier]
    return [
        index.record_of(kind, i)
        for kind, i in _added(index, day, earlier)
        if any(i in ids[kind] for ids in held)
    ]


def _declared_of_back(index: RecordingIndex, day: str, earlier: tuple[str, ...]) -> list[str]:
    """Why the app holds nothing of what Clever shares again, if all of it is declared."""
    rosters = [index.roster(COMMON, each) for each in earlier]
    again = [
        (kind, i)
        for kind, i in _added(index, day, earlier)
        if any(i in roster.of(kind) for roster in rosters)
    ]
    return index.expectations.all_left_out(again, index.roster(COMMON, day))


def _added(index: RecordingIndex, day: str, earlier: tuple[str, ...]) -> list[tuple[Kind, str]]:
    """What Clever shares on a day and did not on the day before."""
    last, now = index.roster(COMMON, earlier[-1]), index.roster(COMMON, day)
    return [(kind, i) for kind in KINDS for i in now.of(kind) if i not in last.of(kind)]
