"""Own: whether syncs leave alone the users and groups that Clever knows nothing of."""

from __future__ import annotations

from collections.abc import Iterator

from harness.assess.findings import Finding, FindingKind
from harness.assess.matching import MatchState, match_result
from harness.assess.recording_index import RecordingIndex
from harness.contract.edit import EditKind, EditPersistence
from harness.contract.snapshot import LocalRecord
from harness.plan.day_names import on
from harness.recording.recording import SnapshotTaken
from harness.suite.checks.group_members import left_groups
from harness.suite.checks.observation import Observation
from harness.suite.checks.sentences import sentence, short


def left_alone(index: RecordingIndex) -> Observation:
    """Whatever of its own an app shows once, it shows in every later look, groups with members."""
    observation = Observation()
    known: dict[tuple[str, str], dict[str, LocalRecord]] = {}
    from_clever: dict[tuple[str, str], set[str]] = {}
    earlier: dict[str, SnapshotTaken] = {}
    excused = {"user": _matched(index), "group": set[str]()}
    for look in index.snapshots_taken:
        if not look.snapshot.complete:
            continue
        for what, rows in _own(index, look):
            before = known.get((look.district, what), {})
            now = {row.app_id: row for row in rows}
            managed = _managed(look, what)
            adopted = managed - from_clever.get((look.district, what), set())
            from_clever[look.district, what] = managed
            for app_id in sorted(before.keys() - now.keys() - adopted - excused[what]):
                observation.findings.append(_missing(look, what, before[app_id]))
            observation.findings += left_groups(
                index, earlier.get(look.district), look, before, now
            )
            observation.examined += len(before)
            known[look.district, what] = now
        earlier[look.district] = look
    if not known or not any(known.values()):
        observation.not_applicable = "The app shows no users and groups of its own."
    return observation


def _managed(look: SnapshotTaken, what: str) -> set[str]:
    """The app's ids of the users, or of the classes, that come from Clever.

    A local record can become one of them. Users, groups and classes can be numbered apart: a class
    that has been there before is not the group of the same number.
    """
    rows = look.snapshot.users if what == "user" else look.snapshot.sections
    return {row.app_id for row in rows}


def _own(
    index: RecordingIndex, look: SnapshotTaken
) -> Iterator[tuple[str, tuple[LocalRecord, ...]]]:
    """What is the app's own in a look, without what the vendor says its syncs overwrite."""
    overwritten = {
        key
        for key, declared in index.profile.declares.items()
        if EditPersistence.OVERWRITTEN in declared
    }
    if EditKind.CREATE_USER not in overwritten:
        yield "user", look.snapshot.local_users
    if not {EditKind.CREATE_GROUP, EditKind.SPLIT_SECTION} & overwritten:
        yield "group", look.snapshot.local_groups


def _matched(index: RecordingIndex) -> set[str]:
    """Accounts from before Clever that are a matter of matching (R4).

    They are somebody's now, or somebody else's; or whoever they belong to has lost them.
    """
    results = [
        match_result(index, act)
        for act in index.accounts
        if act.app_id and index.days_of(act.district)
    ]
    return {
        result.act.app_id
        for result in results
        if result.state in (MatchState.MATCHED, MatchState.TAKEN)
        or (result.own and result.state is MatchState.GONE)
    }


def _missing(look: SnapshotTaken, what: str, row: LocalRecord) -> Finding:
    name = row.name or f"the {what} {row.app_id}"
    when = "before the sync" if look.after == "publish" else "after the sync"
    return Finding(
        check="",
        day=look.day,
        district=look.district,
        finding_kind=FindingKind.LOCAL_RECORD_LOST,
        kind="",
        clever_id="",
        name=name,
        sentence=sentence(
            f"Your app's own {what} “{short(name)}” is gone {when} {on(look.day)}; Clever knows "
            "nothing of it."
        ),
        field=f"own:{row.app_id}",
        expected="left alone",
        found="gone",
    )
