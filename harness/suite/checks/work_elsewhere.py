"""Work elsewhere: lessons that show in a district in which nobody finished them."""

from __future__ import annotations

from collections.abc import Mapping

from harness.assess.findings import OTHER_DISTRICT, FindingKind
from harness.assess.recording_index import RecordingIndex, RecordRef
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.recording.recording import LessonFinished
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.sentences import short


def in_other_districts(index: RecordingIndex) -> Observation:
    """No lesson shows in another district than that of whoever finished it; each is told once.

    It has to be with somebody of that other district: whole accounts in a wrong one are G6's.
    """
    observation = Observation()
    acts = {act.lesson: act for act in index.lessons if act.lesson}
    told: set[tuple[str, str]] = set()
    for taken in index.snapshots_taken:
        owners: Mapping[str, str] = {}
        for work in taken.snapshot.progress:
            act = acts.get(work.lesson)
            if act is None or act.district == taken.district:
                continue
            owners = owners or {row.app_id: row.clever_id for row in taken.snapshot.users}
            place = (work.lesson, taken.district)
            whose = owners.get(work.account, "")
            if place not in told and whose in _people(index, taken.district):
                told.add(place)
                observation.findings.append(
                    about(
                        RecordRef(index.name(whose), Kind.USERS, whose),
                        taken.district,
                        taken.day,
                        FindingKind.WORK_MOVED,
                        _words(index, act, taken.district, taken.day, whose),
                        field=OTHER_DISTRICT,
                        expected=f"in the {act.district} district alone",
                        found=f"in the {taken.district} district",
                    )
                )
    return observation


def _people(index: RecordingIndex, district: str) -> frozenset[str]:
    """The Clever IDs of all users whom a district shares on any day."""

    def shared() -> frozenset[str]:
        return frozenset().union(
            *(index.roster(district, day).users for day in index.days_of(district))
        )

    return index.cached(("people", district), shared)


def _words(index: RecordingIndex, act: LessonFinished, district: str, day: str, whose: str) -> str:
    return (
        f"The lesson {short(act.person, 24)} finished {on(act.day)} in the {act.district} district "
        f"shows with {short(index.name(whose), 24)} in the {district} district {on(day)}."
    )
