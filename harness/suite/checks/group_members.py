"""Group members: whether people who come back are in the groups that were made in the app."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from harness.assess.findings import Finding, FindingKind
from harness.assess.holdings import Holdings
from harness.assess.recording_index import NotReachedError, RecordingIndex, RecordRef
from harness.assess.scope import kinds_of
from harness.contract.adapter import Capability
from harness.contract.snapshot import LocalRecord, Status
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.recording.recording import EditMade, SnapshotTaken
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.sentences import short

MEMBER = "member of a group"
"""`field` of a finding about somebody who is in a group made in the app no more."""
NOT_SHOWN = "The app shows no group with its members that people made and that is still there."


def back_in_groups(
    index: RecordingIndex, edge_case: str, since: str, day: str, people: Iterable[RecordRef]
) -> Observation:
    """Each of these is on a day in every group of a day before in which the app showed them.

    A group that is gone, or that nobody is in any more, is a matter of what is declared and of
    local records.
    """
    observation = Observation()
    if Capability.EDITS not in index.capabilities:
        observation.not_applicable = "The adapter makes no edits, so nobody made a group."
        return observation
    people = list(people)
    acts = [act for act in index.edits if (act.edge_case, act.day) == (edge_case, since)]
    for act in acts:
        then, now = (
            _groups(index.holdings(act.district, since, "acts"), act),
            _groups(index.holdings(act.district, day), act),
        )
        stayed = _members(now)
        for person in people:
            if _has(then, person) and stayed & (_members(then) - {person.clever_id}):
                observation.saw(kinds_of(index, act.district, person.kind, person.clever_id))
                observation.findings += _missing(act, day, person, now)
    if not observation.examined:
        observation.not_applicable = NOT_SHOWN
    return observation


def _groups(held: Holdings, act: EditMade) -> list[LocalRecord]:
    """The groups with the name that an edit gave."""
    name = act.name.casefold()
    return [row for row in held.snapshot.local_groups if name and name in row.name.casefold()]


def _members(groups: Iterable[LocalRecord]) -> set[str]:
    return {member for group in groups for member in group.members}


def _has(groups: Iterable[LocalRecord], person: RecordRef) -> bool:
    return any(person.clever_id in group.members for group in groups)


def _missing(
    act: EditMade, day: str, person: RecordRef, now: list[LocalRecord]
) -> Iterator[Finding]:
    if not _has(now, person):
        yield about(
            person,
            act.district,
            day,
            FindingKind.GROUP_MEMBER_LOST,
            f"{short(person.name)} is back {on(day)}, and not in your app's group "
            f"“{short(now[0].name)}” of the day `{act.day}` again.",
            expected="a member",
            found="no member",
            field=act.kind.value,
        )


def left_groups(
    index: RecordingIndex,
    earlier: SnapshotTaken | None,
    look: SnapshotTaken,
    before: Mapping[str, LocalRecord],
    now: Mapping[str, LocalRecord],
) -> Iterator[Finding]:
    """Whoever was in a group that is still there, is in use as before, and is in it no more.

    Whom a class has lost may have left its subgroup with it.
    """
    for app_id in before.keys() & now.keys() if earlier else ():
        for member in sorted({*before[app_id].members} - {*now[app_id].members}):
            if earlier and _goes_on(index, earlier, look, member):
                yield about(
                    index.record_of(Kind.USERS, member),
                    look.district,
                    look.day,
                    FindingKind.LOCAL_RECORD_LOST,
                    f"{short(index.name(member))} is not in your app's own group "
                    f"“{short(now[app_id].name)}” any more {on(look.day)}.",
                    expected="left alone",
                    found="no member",
                    field=MEMBER,
                )


def _goes_on(
    index: RecordingIndex, earlier: SnapshotTaken, look: SnapshotTaken, member: str
) -> bool:
    """Whether somebody is in use in both looks, and in every class of before."""
    try:
        then, now = (_classes(index, each, member) for each in (earlier, look))
    except NotReachedError:
        return False
    in_use = all(
        any(row.clever_id == member and row.status is Status.ACTIVE for row in each.snapshot.users)
        for each in (earlier, look)
    )
    return in_use and then <= now


def _classes(index: RecordingIndex, look: SnapshotTaken, member: str) -> set[str]:
    sections = index.roster(look.district, look.day).sections.values()
    return {section["id"] for section in sections if member in section["students"]}
