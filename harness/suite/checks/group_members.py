"""Group members: whether people who come back are in the groups that were made in the app."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harness.assess.findings import Finding, FindingKind
from harness.assess.holdings import Holdings
from harness.assess.recording_index import RecordingIndex, RecordRef
from harness.assess.scope import kinds_of
from harness.contract.adapter import Capability
from harness.contract.snapshot import LocalRecord
from harness.recording.recording import EditMade
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.sentences import short

NOT_SHOWN = "The app shows no group with its members that people made and that is still there."


def back_in_groups(
    index: RecordingIndex, edge_case: str, since: str, day: str, people: Iterable[RecordRef]
) -> Observation:
    """Each of these is on a day in every group of a day before in which the app showed them.

    A group that is gone is a matter of what is declared and of local records.
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
        for person in people if now else ():
            if _has(then, person):
                observation.saw(kinds_of(index, act.district, person.kind, person.clever_id))
                observation.findings += _missing(act, day, person, now)
    if not observation.examined:
        observation.not_applicable = NOT_SHOWN
    return observation


def _groups(held: Holdings, act: EditMade) -> list[LocalRecord]:
    """The groups with the name that an edit gave."""
    name = act.name.casefold()
    return [row for row in held.snapshot.local_groups if name and name in row.name.casefold()]


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
            f"{short(person.name)} is back on {day}, and not in your app's group "
            f"“{short(now[0].name)}” of {act.day} again.",
            expected="a member",
            found="no member",
            field=act.kind.value,
        )
